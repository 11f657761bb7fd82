"""What an uploaded file may be, told by its first bytes and never by its name alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LOOKED_AT_BYTES = 512
"""How much of a file is looked at."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: a `name` for messages, and what its first bytes are; no `starts` for text."""

    name: str
    starts: tuple[bytes, ...]

    def fits(self, first: bytes) -> bool:
        """Whether a file that begins like this can be of this kind."""
        if self.starts:
            return first.startswith(self.starts)
        return is_text(first)


TEXT = Kind("text (CSV, TOML, GeoJSON)", ())
ZIPPED = Kind("Excel workbook or other zipped file", (b"PK\x03\x04",))
OLD_SHEET = Kind("old Excel workbook", (b"\xd0\xcf\x11\xe0",))
PARQUET = Kind("Parquet", (b"PAR1",))
GZIP = Kind("gzip", (b"\x1f\x8b",))

TABLES = (TEXT, ZIPPED, OLD_SHEET, PARQUET, GZIP)
"""What a mission log or a table of a study comes as."""


def is_text(first: bytes) -> bool:
    r"""Whether bytes can be text of any of the encodings that logs come in: no control character but tab and line ends.

    UTF-16 has zero bytes and is known by its mark. An escape (``\x1b``) is in no export of a table.
    """
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 0x20 and byte not in (0x09, 0x0A, 0x0C, 0x0D) for byte in first)


def find_fault(kinds: Sequence[Kind], first: bytes) -> str | None:
    """What a file should have been, if it is none of the kinds; None if it is one of them or no kind is asked for."""
    if not kinds or any(kind.fits(first) for kind in kinds):
        return None
    return ", ".join(kind.name for kind in kinds)
