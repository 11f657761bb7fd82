"""Arrays in one file: a line in JSON that tells what lies where, then the arrays as they lie in memory.

Read by mapping the file into memory, so that a region is there in milliseconds, with a checksum over all of it. In the
byte order of little-endian machines, which all are that Beredt runs on.
"""

from __future__ import annotations

import json
import mmap
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

KIND = "beredt road map 1"
ALIGN = 64


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays to a file. Raises OSError."""
    plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    offset = 0
    table: dict[str, tuple[str, list[int], int]] = {}
    for name, array in plain.items():
        table[name] = (array.dtype.str, list(array.shape), offset)
        offset += -(-array.nbytes // ALIGN) * ALIGN
    body = bytearray(offset)
    for name, array in plain.items():
        begin = table[name][2]
        body[begin : begin + array.nbytes] = array.tobytes()
    head = json.dumps({"kind": KIND, "arrays": table, "bytes": offset, "crc32": zlib.crc32(body)}).encode() + b"\n"
    path.write_bytes(head + b" " * (-len(head) % ALIGN) + body)


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Read them. Raises OSError, or ValueError where the file is cut short, altered or of another kind."""
    with path.open("rb") as file:
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    end = whole.find(b"\n")
    try:
        head = json.loads(whole[: end if end >= 0 else 0].decode())
        kind, table, size, checksum = head["kind"], head["arrays"], head["bytes"], head["crc32"]
    except (ValueError, KeyError, TypeError) as fault:
        raise ValueError("it is no road map") from fault
    if kind != KIND:
        raise ValueError(f"it is of the kind {kind!r}, not {KIND!r}")
    begin = -(-(end + 1) // ALIGN) * ALIGN
    body = memoryview(whole)[begin:]
    if len(body) != size or zlib.crc32(body) != checksum:
        raise ValueError("it was cut short or altered")
    return {
        name: np.frombuffer(body, dtype=np.dtype(kind), count=int(np.prod(shape)), offset=offset).reshape(shape)
        for name, (kind, shape, offset) in table.items()
    }
