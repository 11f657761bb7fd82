"""Results on disk: one Parquet file per table, and results.json, which tells what they are and can prove it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from beredt.model.dictionary import load_fields

FACTS = "results.json"


def write_results(
    folder: Path,
    tables: Mapping[str, pl.DataFrame],
    facts: Mapping[str, Any],
    dictionary: pl.DataFrame | None = None,
) -> None:
    """Write tables and facts; equal results become equal bytes.

    Tables that an earlier run wrote there are removed first, so that none is left from another study. Other files in
    the folder are left alone, and readers look only at those that `results.json` names.

    Args:
        folder: made if need be.
        tables: by name; rows already in a fixed order.
        facts: what `results.json` says beside the checksums of the files. Neither the time nor the machine is in it.
        dictionary: what the columns hold [default: as the dictionary of results says].
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in _written_before(folder):
        old.unlink()
    (folder / FACTS).unlink(missing_ok=True)
    checksums = {}
    described = data_dictionary(tables) if dictionary is None else dictionary
    for name, table in sorted({**tables, "data_dictionary": described}.items()):
        path = folder / f"{name}.parquet"
        table.write_parquet(path, compression="zstd", statistics=True)
        checksums[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    text = json.dumps({**facts, "files": checksums}, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    (folder / FACTS).write_text(text + "\n", encoding="utf-8")


def _written_before(folder: Path) -> list[Path]:
    """Tables in the folder that an earlier run says it wrote; none when nothing can be read there."""
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    files = facts.get("files", {}) if isinstance(facts, dict) else {}
    return [path for path in folder.glob("*.parquet") if path.name in files]


def data_dictionary(tables: Mapping[str, pl.DataFrame], folder: str = "results") -> pl.DataFrame:
    """What every column of these tables holds: table, field, type, unit, key, and its meaning in en and nb.

    Args:
        tables: by name.
        folder: of the field dictionary, that describes them.
    """
    rows = [
        {
            "table": name,
            "field": field.name,
            "type": field.base_type,
            "unit": field.unit,
            "key": field.key,
            "description_en": field.description["en"],
            "description_nb": field.description["nb"],
        }
        for name in sorted(tables)
        for field in load_fields(f"{folder}/{name}")
        if field.name in tables[name].columns
    ]
    return pl.DataFrame(rows)
