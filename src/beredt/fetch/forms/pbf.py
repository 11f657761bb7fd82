"""OpenStreetMap's PBF: four bytes of length, then a header that names itself."""

from __future__ import annotations

import struct
from pathlib import Path

from beredt.fetch.forms.differs import DiffersError
from beredt.fetch.source import Source

LONGEST_HEADER = 64 * 1024
"""Bytes; the format's own limit for the header of a block."""


def check(path: Path, source: Source) -> None:
    """Look at the first block. Raises DiffersError.

    As described by the OpenStreetMap wiki, PBF Format.
    """
    del source
    with path.open("rb") as stream:
        start = stream.read(4)
        length = struct.unpack(">I", start)[0] if len(start) == len("PBF!") else 0
        header = stream.read(length) if 0 < length <= LONGEST_HEADER else b""
    if b"OSMHeader" not in header:
        raise DiffersError("it does not begin as OpenStreetMap's PBF does")
