"""Files that are worth compiling something for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

LARGE: Final = 16 << 20
"""Bytes of a file whose cells are read where they stand, by functions that are compiled once."""


def is_large(path: Path) -> bool:
    """Whether a path is that of a large file."""
    return path.is_file() and path.stat().st_size >= LARGE
