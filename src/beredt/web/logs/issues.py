"""What cleaning found in a log: every rule with its count and its examples, and every marked row as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from beredt.missions.store import Store

EXAMPLES = 8
"""Of a rule on the page; the CSV file holds all."""

MOST_ROWS = 1_000_000
"""Rows of a CSV file: as many as a spreadsheet opens."""

NO_UNIT = "no_unit"


@dataclass(frozen=True, slots=True)
class RuleFound:
    """A rule by name, how many rows it found, how many `kinds` of finding, and the first of them."""

    rule: str
    count: int
    kinds: int
    examples: tuple[Mapping[str, Any], ...]


def list_found(store: Store) -> tuple[RuleFound, ...]:
    """Every rule, also those that found nothing, in order of their numbers."""
    import polars as pl

    from beredt.missions.checks.rule import load_rules

    findings = store.findings.with_columns(file=_file_names(store))
    found = []
    for name in load_rules():
        own = findings.filter(pl.col("rule") == name).sort("count", "row", descending=[True, False])
        examples = tuple(own.head(EXAMPLES).iter_rows(named=True))
        found.append(RuleFound(name, int(store.info.rules.get(name, 0)), own.height, examples))
    return tuple(found)


def write_findings(store: Store, path: Path) -> None:
    """All findings as CSV: one line for each rule, file, column and, where values matter, value."""
    from beredt.indicators.review.export import safe_cells

    table = store.findings.select("rule", _file_names(store), *_WHERE, "count", "remedy")
    safe_cells(table).write_csv(path, include_bom=True)


def write_marked(store: Store, rule: str, path: Path) -> None:
    """Every row that a rule has marked, as CSV: where it stands in the file, and what a correction changed.

    `rows` counts how many rows of the file a line is about: those that name no unit are told together, by their
    incident. Raises UnknownIdError.
    """
    import polars as pl

    from beredt.indicators.review.export import safe_cells
    from beredt.missions.checks.rule import get_rule

    mask = get_rule(rule).mask
    marked = (pl.col("marks") & mask) != 0
    changes = store.corrections.filter(pl.col("rule").cast(pl.String) == rule).select(
        "row_id", pl.col("field").cast(pl.String), "before", "after"
    )
    place = ("incident", "call_t", "lat", "lon")
    rows = (
        store.missions()
        .filter(marked)
        .select("row_id", _file_names(store), "row", pl.col("unit").cast(pl.String), *place, rows=pl.lit(1))
        .join(changes, on="row_id", how="left", maintain_order="left")
        .drop("row_id")
    )
    # The marks of an incident are those of all its rows: only where no unit was sent are they of these rows alone.
    without_unit = pl.col("rows_without_unit") > 0 if rule == NO_UNIT else pl.col("units") == 0
    alone = store.incidents().filter(marked & without_unit).select(*place, rows=pl.col("rows_without_unit"))
    table = pl.concat([rows, alone], how="diagonal_relaxed").head(MOST_ROWS).collect(engine="streaming")
    times = table.with_columns(pl.col("call_t").dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    safe_cells(times).write_csv(path, include_bom=True)


_WHERE = ("row", "field", "value", "lat", "lon")


def _file_names(store: Store) -> pl.Expr:
    """The name of the file that a row comes from."""
    import polars as pl

    names = {number: source.name for number, source in enumerate(store.info.sources)}
    return pl.col("source").replace_strict(names, default="", return_dtype=pl.String).alias("file")
