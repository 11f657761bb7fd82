"""The file of a playback: JSON, compressed with gzip, the same bytes for the same playback."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path

from beredt.errors import ResultsError
from beredt.simulation.playback.file_form import FORMAT, FORMAT_VERSION, from_json, to_json
from beredt.simulation.playback.playback import Playback


def playback_bytes(playback: Playback) -> bytes:
    """The bytes of the file of a playback, which hold neither a time nor a name of the machine."""
    text = json.dumps(to_json(playback), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def write_playback(playback: Playback, path: Path) -> int:
    """Write a playback; its folder is made if need be.

    Args:
        playback: what is written.
        path: of the file, by habit with the ending `.json.gz`.

    Returns:
        The size of the file in bytes.
    """
    content = playback_bytes(playback)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return len(content)


def read_playback(path: Path) -> Playback:
    """Read a playback.

    Args:
        path: of the file.

    Raises:
        ResultsError: there is no such file, it is damaged, no playback, or of another version.
    """
    try:
        document = json.loads(gzip.decompress(path.read_bytes()))
    except OSError as error:  # also what gzip says of bytes that it never wrote
        raise ResultsError(f"{path} cannot be read: {error.strerror or error}. Record it again.") from error
    except (EOFError, zlib.error, ValueError) as error:
        raise ResultsError(f"{path} is damaged or no playback file ({error}). Record it again.") from error
    found = (document.get("format"), document.get("format_version")) if isinstance(document, dict) else (None, None)
    if found != (FORMAT, FORMAT_VERSION):
        raise ResultsError(
            f"{path} is {found[0]} of version {found[1]}, and this program reads {FORMAT} of version "
            f"{FORMAT_VERSION}. Record it again."
        )
    try:
        return from_json(document)
    except (KeyError, TypeError, ValueError) as error:
        raise ResultsError(f"{path} is not whole: {error!r}. Record it again.") from error
