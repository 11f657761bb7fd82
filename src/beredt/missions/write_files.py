"""Files of a store: written under another name, flushed to the disk, and only then given their own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

ROW_GROUP = 262_144
"""Rows that are compressed together: a reader that wants one month or column skips the rest."""


def write_part(table: pl.DataFrame, path: Path) -> None:
    """Write a part of a large table: half as large again as `write_parquet` makes it, and read twice as fast."""
    write_whole(path, lambda half: table.write_parquet(half, compression="lz4", row_group_size=ROW_GROUP))


def write_parquet(table: pl.DataFrame, path: Path) -> None:
    """Write a table; whoever looks sees the whole file or none."""
    write_whole(
        path,
        lambda half: table.write_parquet(half, compression="zstd", compression_level=1, row_group_size=ROW_GROUP),
    )


def write_json(document: Mapping[str, Any], path: Path) -> None:
    """Write a document as JSON; whoever looks sees the whole file or none."""
    write_text(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n", path)


def write_text(text: str, path: Path) -> None:
    """Write text with line feeds; whoever looks sees the whole file or none."""
    write_whole(path, lambda half: half.write_text(text, encoding="utf-8", newline="\n"))


def write_dictionary(folder: Path) -> None:
    """Write the field dictionary of the store's tables, so that a store explains itself."""
    source = files("beredt.model").joinpath("fields", "missions")
    for entry in sorted(source.iterdir(), key=lambda one: one.name):
        write_text(entry.read_text(encoding="utf-8"), folder / entry.name)


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file beside `path`, and give it that name when it is safe on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.half")
    write(half)
    flush(half)
    half.replace(path)
    flush(path.parent)


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
