"""Results on disk: one Parquet file per table, and results.json, which tells what they are and can prove it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from beredt.model.data_dictionary import data_dictionary

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
