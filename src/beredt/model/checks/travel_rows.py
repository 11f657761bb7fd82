"""What must hold inside the tables about patient travel and about income."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from beredt.model.issue import Issue
from beredt.model.reading.table import Table, Tables

ABOVE_ZERO = ("roam_km", "pool_patients", "pool_seats")
SHARES = ("away_share", "wheelchair_share", "stretcher_share", "companion_share")
MOST_POOLED = 4
DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
TOLERANCE = 1e-6


def check_travel_rows(tables: Tables) -> Iterator[Issue]:
    """Figures in order and to reckon with, shares and weights that sum to 1, dates, and bands of whole decades."""
    yield from _figures(tables)
    remedy = "correct them; a whole is one origin, or one component"
    yield from _sums(tables, "travel_destinations", "origin", "share", remedy)
    yield from _sums(tables, "income_weights", "component", "weight", remedy)
    fault = ~pl.col("day").str.contains(DATE) | pl.col("day").str.to_date("%Y-%m-%d", strict=False).is_null()
    yield from _where(tables, "patient_trips", fault, "day", "there is no such date", "write 2026-01-31")
    fault = (pl.col("age_from") % 10 != 0) | ((pl.col("age_to") + 1) % 10 != 0).fill_null(False)
    remedy = "begin at 0, 10, 20 … and end at 9, 19, 29 …"
    yield from _where(tables, "income_criteria", fault, "age_from", "ages are known by decades", remedy)
    fault = pl.col("taken") > pl.col("seats")
    yield from _where(tables, "bus_lines", fault, "taken", "more seats are taken than there are", "correct the seats")


def _figures(tables: Tables) -> Iterator[Issue]:
    name = "travel_figures"
    fault = ~((pl.col("low") <= pl.col("likely")) & (pl.col("likely") <= pl.col("high")))
    remedy = "give low, likely and high so that none is above the next; equal ones mean that nothing is uncertain"
    yield from _where(tables, name, fault, "likely", "the range is not in order", remedy)
    fault = pl.col("figure").is_in(ABOVE_ZERO) & (pl.col("low") <= 0)
    yield from _where(tables, name, fault, "low", "the figure must be above 0", "give a number above 0")
    fault = pl.col("figure").is_in(SHARES) & (pl.col("high") > 1)
    yield from _where(tables, name, fault, "high", "a share lies from 0 to 1", "write 5 % as 0.05")
    fault = (pl.col("figure") == "pool_patients") & (pl.col("high") > MOST_POOLED)
    message = f"more than {MOST_POOLED} patients in a shared taxi cannot be planned"
    yield from _where(tables, name, fault, "high", message, f"give at most {MOST_POOLED}")
    fault = (pl.col("age_band") != "all") & (pl.col("figure") != "trips_per_1000")
    yield from _where(tables, name, fault, "age_band", "this figure has no age bands", "write all")


def _sums(tables: Tables, name: str, whole: str, part: str, remedy: str) -> Iterator[Issue]:
    """One issue for all wholes whose parts do not sum to 1; wholes with a faulty cell are passed over."""
    if name not in tables:
        return
    table: Table = tables[name]
    rows = table.frame.with_row_index("at")
    sums = rows.group_by(whole, maintain_order=True).agg(
        pl.col(part).sum(), pl.col(part).null_count().alias("faulty"), pl.col("at").first()
    )
    wrong = sums.filter((pl.col("faulty") == 0) & ((pl.col(part) - 1).abs() > TOLERANCE))
    if not wrong.is_empty():
        first = wrong.row(0, named=True)
        message = f"what belongs to {first[whole]} sums to {first[part]:.6g}, not to 1"
        yield table.issue(wrong["at"].to_list(), part, message, remedy, value=f"{first[part]:.6g}")


def _where(tables: Tables, name: str, fault: pl.Expr, field: str, message: str, remedy: str) -> Iterator[Issue]:
    if name in tables:
        positions = tables[name].frame.select(fault.fill_null(False)).to_series().arg_true().to_list()
        if positions:
            yield tables[name].issue(positions, field, message, remedy)
