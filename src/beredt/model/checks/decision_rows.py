"""What must hold inside the tables that only the weighing of alternatives reads."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from beredt.model.issue import Issue
from beredt.model.reading.table import Tables

RANGED = ("staff_figures", "cost_figures", "one_off_costs", "climate_figures")

ABOVE_ZERO = {
    "staff_figures": ("net_hours", "call_s", "patience_s"),
    "cost_figures": ("overrun_p50", "overrun_p85"),
    "climate_figures": ("electric_range_km", "electric_kwh_per_km", "charge_kw"),
}
"""Figures that something is divided by, or that a logarithm is taken of."""

SHARES = ("answered_share", "turnover_share", "completion_share", "retiring_elsewhere_share")


def check_decision_rows(tables: Tables) -> Iterator[Issue]:
    """Ranges in order, figures to reckon with, desks with hours or with positions, ages that part the staff."""
    for name in RANGED:
        yield from _where(
            tables,
            name,
            ~((pl.col("low") <= pl.col("likely")) & (pl.col("likely") <= pl.col("high"))),
            "likely",
            "the range is not in order",
            "give low, likely and high so that none is above the next; equal ones mean that nothing is uncertain",
        )
    for name, figures in ABOVE_ZERO.items():
        fault = pl.col("figure").is_in(figures) & (pl.col("low") <= 0)
        yield from _where(tables, name, fault, "low", "the figure must be above 0", "give a number above 0")
    fault = pl.col("figure").is_in(SHARES) & ((pl.col("low") < 0) | (pl.col("high") > 1))
    yield from _where(tables, "staff_figures", fault, "high", "a share lies from 0 to 1", "write 5 % as 0.05")
    fault = (pl.col("figure") != "demand_growth_share") & (pl.col("low") < 0)
    yield from _where(tables, "staff_figures", fault, "low", "the figure is below 0", "give 0 or more")
    fault = pl.col("positions").is_null() == pl.col("fte").is_null()
    remedy = "give positions (with hours), or fte where the hours are not known"
    yield from _where(tables, "desks", fault, "positions", "the desk needs either positions or fte", remedy)
    yield from _ages(tables)
    yield from _major_incidents(tables)


def _major_incidents(tables: Tables) -> Iterator[Issue]:
    """Events with patients, one time of day, and an alarm that is the first."""
    name, event = "major_incidents", "event"
    nobody = (pl.col("red") + pl.col("yellow") + pl.col("green")) == 0
    yield from _where(tables, name, nobody, "red", "nobody is hurt", "give red, yellow or green patients")
    for field in ("weekday", "clock"):
        several = pl.col(field).fill_null(-1 if field == "clock" else "any").n_unique().over(event) > 1
        message, remedy = "the event happens at two times", "give all rows of an event the same, and use after_min"
        yield from _where(tables, name, several, field, message, remedy)
    late = pl.col("after_min").min().over(event) > 0
    yield from _where(tables, name, late, "after_min", "no row of the event is the first", "let one row have 0")
    yield from _major_needed(tables)


def _major_needed(tables: Tables) -> Iterator[Issue]:
    """What events need, each at a place that there is."""
    if "major_needed" not in tables:
        return
    known = tables["major_incidents"].frame if "major_incidents" in tables else pl.DataFrame({"event": [], "id": []})
    events, places = set(known["event"].to_list()), set(known.select("event", "id").iter_rows())
    table = tables["major_needed"]
    rows = list(table.frame.select("event", "incident").iter_rows())
    strange = [row for row, (event, _) in enumerate(rows) if event not in events]
    nowhere = [
        row for row, (event, place) in enumerate(rows) if event in events and place and (event, place) not in places
    ]
    if strange:
        yield table.issue(strange, "event", "no such event", "write an event of the table major_incidents")
    if nowhere:
        yield table.issue(
            nowhere, "incident", "the event has no such place", "write the id of one of its rows, or leave it empty"
        )


def _ages(tables: Tables) -> Iterator[Issue]:
    yield from _where(
        tables, "staff_ages", pl.col("age_to") < pl.col("age_from"), "age_to", "the band ends before it begins",
        "give the oldest age of the band",
    )  # fmt: skip
    before = pl.col("age_to").shift(1).over("organisation", order_by="age_from")
    yield from _where(
        tables, "staff_ages", pl.col("age_from") <= before, "age_from", "the band overlaps the one before it",
        "let each age stand in one band of an organisation",
    )  # fmt: skip


def _where(tables: Tables, name: str, fault: pl.Expr, field: str, message: str, remedy: str) -> Iterator[Issue]:
    if name in tables:
        positions = tables[name].frame.select(fault.fill_null(False)).to_series().arg_true().to_list()
        if positions:
            yield tables[name].issue(positions, field, message, remedy)
