"""Files that are called text and are none: told by their first bytes, so that none is read as rows of nonsense."""

from __future__ import annotations

from pathlib import Path

from beredt.errors import LogError
from beredt.missions.read.text_stream import open_at
from beredt.model.issue import Issue

STARTS = {b"PK\x03\x04": ".xlsx", b"\xd0\xcf\x11\xe0": ".xls", b"PAR1": ".parquet"}
"""First bytes of what logs come as beside text, and the ending of a name that it is read under."""


def check_is_text(path: Path) -> None:
    """Look at the beginning of a file that is called text, unpacked where it is packed.

    Raises:
        LogError: It is a workbook or a Parquet file.
    """
    stream = open_at(path, "utf-8", 0)
    first = stream.read(max(map(len, STARTS)))
    stream.close()
    for start, ending in STARTS.items():
        if first.startswith(start):
            message = f"the file is called text, and holds what files called {ending} hold"
            raise LogError([Issue(path.name, None, None, None, 1, message, f"give its name the ending {ending}")])
