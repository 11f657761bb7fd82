"""The results of a run, as they lie on disk: tables, and what is known of the run itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from beredt.errors import ResultsError

FACTS_FILE = "results.json"


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """Everything that a report reads. `facts` is `results.json`, `tables` are the Parquet files by name."""

    facts: Mapping[str, Any]
    tables: Mapping[str, pl.DataFrame]

    def find_table(self, name: str) -> pl.DataFrame | None:
        """The table, or None when the run wrote none or wrote it empty: not every study asks for every table."""
        table = self.tables.get(name)
        return None if table is None or table.is_empty() else table

    def fact(self, key: str, default: Any = None) -> Any:
        """What `results.json` says under a key, or the default."""
        return self.facts.get(key, default)


def read_results(folder: Path) -> Results:
    """Read the results that `beredt study run` left: the folder of the tables, or the folder above it.

    `results.json` lies in either. Raises ResultsError when there are no tables or no such file.
    """
    tables = folder / "results" if (folder / "results").is_dir() else folder
    found = sorted(tables.glob("*.parquet"))
    if not found:
        raise ResultsError(f"there are no results in {folder}: run `beredt study run` with --out on its folder first")
    facts = _read_facts(tables)
    # A folder may hold tables of somebody else's beside those of the run.
    written = facts.get("files", {path.name for path in found})
    paths = [path for path in found if path.name in written]
    return Results(
        facts=facts,
        tables=MappingProxyType({path.stem: pl.read_parquet(path) for path in paths}),
    )


def _read_facts(tables: Path) -> Mapping[str, Any]:
    for path in (tables / FACTS_FILE, tables.parent / FACTS_FILE):
        if path.is_file():
            try:
                facts = json.loads(path.read_text(encoding="utf-8"))
            except ValueError as error:
                raise ResultsError(f"{path} cannot be read: {error}; run the study again") from error
            if isinstance(facts, dict):
                return MappingProxyType(facts)
    raise ResultsError(f"there is no {FACTS_FILE} beside the tables in {tables}: the run did not finish; run it again")
