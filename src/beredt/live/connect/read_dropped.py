"""A file that another system has dropped, as JSON's values: JSON, GeoJSON, lines of JSON, or CSV."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

ENDINGS = (".json", ".geojson", ".jsonl", ".ndjson", ".csv")
"""Files with other endings are left alone: they may still be written to."""

LARGEST_BYTES = 50_000_000


class DroppedFileError(Exception):
    """A file cannot be read: the message says why."""


def read_dropped(path: Path, ending: str) -> Any:
    """What is in a file. Rows of CSV are objects by the names in its head; `;` or `,` parts them.

    Raises DroppedFileError.
    """
    if path.stat().st_size > LARGEST_BYTES:
        raise DroppedFileError(f"it is larger than {LARGEST_BYTES // 1_000_000} MB")
    try:
        text = path.read_text(encoding="utf-8-sig")
        if ending == ".csv":
            return _rows(text)
        if ending in (".jsonl", ".ndjson"):
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        return json.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError, csv.Error) as error:
        raise DroppedFileError(f"it cannot be read as {ending}: {error}") from error


def _rows(text: str) -> list[dict[str, str]]:
    head = text.partition("\n")[0]
    rows = list(csv.DictReader(text.splitlines(), delimiter=";" if head.count(";") > head.count(",") else ","))
    if any(None in row or None in row.values() for row in rows):
        raise DroppedFileError("rows have more or fewer fields than the head of the file")
    return rows
