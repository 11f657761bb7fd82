"""A growth table as somebody printed it, held against its own rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from beredt.demand.population import AGE_BANDS
from beredt.demand.projection.growth import ALL, Growth, check_printed, growth_by_age
from beredt.errors import OptionError
from beredt.model.issue import Issue

COLUMNS = ("age_band", "before", "after")


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """What was printed: its rows with the sum of them as the last, printed totals and factors, and what is amiss."""

    file: str
    rows: tuple[Growth, ...]
    totals: tuple[float, float] | None
    factors: Mapping[str, float]
    issues: tuple[Issue, ...]


def read_printed(path: Path) -> PrintedTable:
    """Read a printed table: columns age_band, before, after and perhaps factor; a row `all` holds the printed totals.

    Printed totals and factors that are not what the rows come to become issues; the rows are used.

    Raises:
        OptionError: a column is missing, a number cannot be read, or an age band is none or stands twice.
    """
    try:
        table = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise OptionError("--printed", str(path), f"it cannot be read: {error}", "give a table as CSV") from error
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise OptionError("--printed", str(path), f"the columns {', '.join(missing)} are missing", "add them")
    before, after, factors = dict[str, float](), dict[str, float](), dict[str, float]()
    for number, row in enumerate(table.iter_rows(named=True), start=2):
        band = (row["age_band"] or "").strip().replace("–", "-")
        if band not in (*AGE_BANDS, ALL) or band in before:
            remedy = f"name each of {', '.join(AGE_BANDS)} and {ALL} once at most"
            raise OptionError("--printed", str(path), f"row {number} has the age band {band!r}", remedy)
        before[band], after[band] = (_number(path, number, name, row[name]) for name in COLUMNS[1:])
        if (row.get("factor") or "").strip():
            factors[band] = _number(path, number, "factor", row["factor"])
    totals = (before.pop(ALL), after.pop(ALL)) if ALL in before else None
    rows = growth_by_age(before, after)
    return PrintedTable(path.name, rows, totals, factors, check_printed(rows, totals, factors, path.name))


def _number(path: Path, row: int, column: str, text: str | None) -> float:
    try:
        return float((text or "").replace(" ", ""))
    except ValueError:
        message = f"row {row}, {column}: {text!r} is no number"
        raise OptionError("--printed", str(path), message, "write it with a decimal point and no other marks") from None
