"""Results on disk: one Parquet file per table, and results.json, which tells what they are and can prove it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

FACTS = "results.json"


def write_results(folder: Path, tables: Mapping[str, pl.DataFrame], facts: Mapping[str, Any]) -> None:
    """Write tables and facts; equal results become equal bytes.

    Files of an earlier run are removed first, so that no table is left from another study.

    Args:
        folder: made if need be.
        tables: by name; rows already in a fixed order.
        facts: what `results.json` says beside the checksums of the files. Neither the time nor the machine is in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.parquet"), folder / FACTS):
        old.unlink(missing_ok=True)
    checksums = {}
    for name, table in sorted(tables.items()):
        path = folder / f"{name}.parquet"
        table.write_parquet(path, compression="zstd", statistics=True)
        checksums[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    text = json.dumps({**facts, "files": checksums}, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    (folder / FACTS).write_text(text + "\n", encoding="utf-8")
