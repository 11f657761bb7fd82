"""Lines of columns with names at the top."""

from __future__ import annotations

import csv
from pathlib import Path

from beredt.fetch.forms.differs import DiffersError
from beredt.fetch.source import Source


def columns(path: Path, source: Source) -> frozenset[str]:
    """The names in the first line. Raises DiffersError for what is no text in the source's encoding."""
    try:
        with path.open(encoding=source.encoding, newline="") as stream:
            first = next(csv.reader(stream, delimiter=source.delimiter), [])
    except UnicodeDecodeError as error:
        raise DiffersError(f"it is no text in {source.encoding}: {error.reason}") from error
    return frozenset(name.strip().removeprefix("\ufeff") for name in first)
