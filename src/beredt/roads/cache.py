"""Networks kept on disk, so that the same roads are worked out once."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from beredt.roads.network import Network

ARRAYS = ("lat", "lon", "seconds", "hop", "km", "leg_s")
CONTENTS = "contents.json"


def say_on_stderr(message: str) -> None:
    """How a person at a terminal hears about the cache when nobody else listens."""
    sys.stderr.write(f"{message}\n")


def default_cache_dir() -> Path:
    """`BEREDT_CACHE_DIR`, or the user's cache folder of this machine; networks lie in `networks` below it."""
    named = os.environ.get("BEREDT_CACHE_DIR")
    return (Path(named) if named else user_cache_path("beredt", appauthor=False)) / "networks"


def cached_network(
    key: str,
    make: Callable[[], Network],
    folder: Path,
    say: Callable[[str], None] = say_on_stderr,
) -> Network:
    """The network kept under `key` in `folder`, made and kept if it is not there or is damaged.

    `key`: checksum of all inputs. A folder that cannot be written costs time, never the answer. Writing is atomic:
    another process sees a whole network or none.
    """
    place = folder / key
    if place.exists():
        try:
            return _read(place)
        except (OSError, ValueError, KeyError, TypeError, EOFError) as fault:
            say(f"the kept network {place} is damaged ({fault}) and is made anew")
            shutil.rmtree(place, ignore_errors=True)
    network = make()
    try:
        _write(network, place)
    except OSError as fault:
        say(f"the network could not be kept in {folder} ({fault}); it will be made again next time")
    return network


def _read(place: Path) -> Network:
    contents = json.loads((place / CONTENTS).read_text(encoding="utf-8"))
    arrays: dict[str, NDArray[np.generic]] = {}
    for name in ARRAYS:
        array = np.load(place / f"{name}.npy", allow_pickle=False)
        if _checksum(array) != contents["checksums"][name]:
            raise ValueError(f"the checksum of {name} differs")
        arrays[name] = array
    return Network(
        node_ids=tuple(contents["node_ids"]),
        remnants=tuple(contents["remnants"]),
        **arrays,  # type: ignore[arg-type]  # checked against what was written, name by name
    )


def _write(network: Network, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".making-") as made:
        draft = Path(made) / "network"
        draft.mkdir()
        for name in ARRAYS:
            np.save(draft / f"{name}.npy", getattr(network, name), allow_pickle=False)
        contents = {
            "node_ids": network.node_ids,
            "remnants": network.remnants,
            "checksums": {name: _checksum(getattr(network, name)) for name in ARRAYS},
        }
        (draft / CONTENTS).write_text(json.dumps(contents, ensure_ascii=False), encoding="utf-8")
        try:
            draft.rename(place)
        except OSError:
            if not (place / CONTENTS).is_file():  # not because another process was quicker
                raise


def _checksum(array: NDArray[np.generic]) -> int:
    """CRC-32 of the array's bytes, shape and type: finds damage, not malice."""
    heading = f"{array.dtype.str}{array.shape}".encode()
    content = np.ascontiguousarray(array).reshape(-1).view(np.uint8)  # the same memory: nothing is copied
    return zlib.crc32(content.data, zlib.crc32(heading))
