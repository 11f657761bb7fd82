"""A call trace can be replayed: in order, inside the simulated time, every patient's way told."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from beredt.model.issue import Issue
from beredt.model.reading.table import Table, Tables

DAY_S = 86_400.0


def check_trace(tables: Tables, start_s: float | None, days: int | None) -> Iterator[Issue]:
    """Calls out of order or outside the simulated time, and incidents that may lie in any of several areas.

    `start_s` is when the trace begins, `days` how many days are simulated from the beginning of the trace;
    None where it could not be read.
    """
    if "trace" not in tables:
        return
    table = tables["trace"]
    call_s = pl.col("call_s")
    yield from _where(
        table,
        call_s < call_s.shift(1),
        "call_s",
        "the call came before the one in the row above",
        "sort the rows by call_s",
    )
    if start_s is not None:
        yield from _where(
            table,
            call_s < start_s,
            "call_s",
            f"the call came before the trace begins ({start_s:g} s)",
            "lower demand.start_s, or remove the row",
        )
    if days is not None:
        yield from _where(
            table,
            call_s >= days * DAY_S,
            "call_s",
            f"the call came after the {days} simulated days",
            "raise simulation.days, or remove the row",
        )
    if "areas" in tables and tables["areas"].frame.height > 1 and "area" in table.cells.columns:
        yield from _where(
            table,
            _empty(table, "area"),
            "area",
            "the study has several areas, and the incident has none",
            "name the area of the incident",
        )
    elif "areas" in tables and tables["areas"].frame.height > 1:
        message = "the study has several areas, and the trace does not tell them apart"
        yield table.whole_issue("area", message, "add the column area")


def has_patients(tables: Tables) -> bool:
    """Whether a call trace has anybody taken to hospital."""
    return "trace" in tables and bool(tables["trace"].frame["transported"].any())


def _where(table: Table, fault: pl.Expr | pl.Series, field: str, message: str, remedy: str) -> Iterator[Issue]:
    marked = fault if isinstance(fault, pl.Series) else table.frame.select(fault).to_series()
    positions = marked.fill_null(False).arg_true().to_list()
    if positions:
        yield table.issue(positions, field, message, remedy)


def _empty(table: Table, column: str) -> pl.Series:
    """Where a cell of text was left empty: a cell at fault is null too, and was told of."""
    cells = table.cells[column]
    return cells.is_null() | (cells.cast(pl.String) == "")
