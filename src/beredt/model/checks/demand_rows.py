"""What must hold inside the tables of how demand varies."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from beredt.model.issue import Issue
from beredt.model.reading.table import Table, Tables
from beredt.model.recurring_day import RecurringDay, parse_day

HOUR_S = 3600
TOLERANCE = 1e-6


def check_demand_rows(tables: Tables) -> Iterator[Issue]:
    """Days that are none, commuters that go nowhere, shares that do not add up."""
    if "day_factors" in tables:
        yield from _spans(tables["day_factors"])
    if "big_events" in tables:
        yield from _bad_days(tables["big_events"], "date", pl.lit(True))
        yield from _not_whole_hours(tables["big_events"], pl.col("start"))
    if "commuters" in tables:
        yield from _commuters(tables["commuters"])
    if "incident_kinds" in tables:
        yield from _shares(tables["incident_kinds"])


def _spans(table: Table) -> Iterator[Issue]:
    span = pl.col("days") == "span"
    yield from _where(
        table,
        span & (pl.col("first").is_null() | pl.col("last").is_null()),
        "first",
        "a span needs its first and its last day",
        "give both as MM-DD or YYYY-MM-DD",
    )
    for name in ("first", "last"):
        yield from _bad_days(table, name, span & pl.col(name).is_not_null())
    yield from _where_rows(
        table, "last", _is_turned_round, "the span's ends do not go together", "give both ends with or without years"
    )


def _is_turned_round(row: dict[str, object]) -> bool:
    first, last = _day(row["first"]), _day(row["last"])
    if row["days"] != "span" or first is None or last is None:
        return False
    if (first.year is None) != (last.year is None):
        return True
    return first.year is not None and tuple(first) > tuple(last)


def _day(text: object) -> RecurringDay | None:
    try:
        return parse_day(str(text))
    except ValueError:
        return None


def _bad_days(table: Table, name: str, asked: pl.Expr) -> Iterator[Issue]:
    marked = table.frame.with_columns(asked=asked & pl.col(name).is_not_null())
    positions = [
        number for number, (text, on) in enumerate(marked.select(name, "asked").rows()) if on and _day(text) is None
    ]
    if positions:
        remedy = "write MM-DD for every year, or YYYY-MM-DD for one"
        yield table.issue(positions, name, "no such day", remedy)


def _commuters(table: Table) -> Iterator[Issue]:
    start, end = pl.col("start"), pl.col("end")
    yield from _where(
        table,
        pl.col("from_area").is_null() & pl.col("to_area").is_null(),
        "to_area",
        "the people come from nowhere and go nowhere",
        "name at least one area of the study",
    )
    yield from _where(
        table,
        pl.col("from_area") == pl.col("to_area"),
        "to_area",
        "the people stay where they live",
        "remove the row, or name another area",
    )
    yield from _where(table, start == end, "end", "no hour at all", "a whole day is 00:00 to 24:00")
    yield from _not_whole_hours(table, start, end)


def _not_whole_hours(table: Table, *times: pl.Expr) -> Iterator[Issue]:
    broken = pl.any_horizontal(*(time % HOUR_S != 0 for time in times))
    yield from _where(table, broken, "start", "not a whole hour", "write hours such as 07:00")


def _shares(table: Table) -> Iterator[Issue]:
    whole = pl.col("share").sum().over("urgency")
    yield from _where(
        table,
        (whole - 1.0).abs() > TOLERANCE,
        "share",
        "the shares of this urgency do not add up to 1",
        "correct them, or add a kind for the rest",
    )


def _where(table: Table, at: pl.Expr, field: str, message: str, remedy: str) -> Iterator[Issue]:
    positions = table.frame.select(at.fill_null(False).alias("at"))["at"].arg_true().to_list()
    if positions:
        yield table.issue(positions, field, message, remedy)


def _where_rows(
    table: Table, field: str, wrong: Callable[[dict[str, object]], bool], message: str, remedy: str
) -> Iterator[Issue]:
    positions = [number for number, row in enumerate(table.frame.iter_rows(named=True)) if wrong(row)]
    if positions:
        yield table.issue(positions, field, message, remedy)
