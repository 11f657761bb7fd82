"""The figures that a manager looks at first, of the whole service or one municipality, this year and last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl

from beredt.indicators.log.national import LIMIT_S, NATIONAL
from beredt.report import form
from beredt.report.form import Form
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import left_out, source
from beredt.report.page.blocks import Cell, Column, Row, Table

ALL = ""
SECONDS = Form("s")
WHOLE_DAY = -1


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of one month: None where it is not known, or where it was left out."""

    value: float | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A line: its name, how it is written, whether as a duration, and its value now and a year before."""

    name: str
    how: Form
    duration: bool
    now: Value
    before: Value


def key_figures(now: LogContext, before: LogContext | None, municipality: str) -> list[KeyFigure]:
    """All lines that are known in either month; `municipality` is "" for the whole service."""
    lines: list[tuple[str, Form, bool, Callable[[LogContext], Value]]] = [
        ("incidents", form.COUNT, False, lambda ctx: _incidents(ctx, municipality, ALL)),
        ("acute", form.COUNT, False, lambda ctx: _incidents(ctx, municipality, "A")),
        ("missions", form.COUNT, False, lambda ctx: _missions(ctx, municipality)),
        ("median", form.COUNT, True, lambda ctx: _response(ctx, municipality, "median_s")),
        ("p90", form.COUNT, True, lambda ctx: _response(ctx, municipality, "p90_s")),
        ("target", form.PERCENT, False, lambda ctx: _response(ctx, municipality, "share_target")),
        *(
            (f"national_{where}", form.PERCENT, False, partial(_national, municipality=municipality, where=where))
            for where in LIMIT_S
        ),
        ("left_out", form.PERCENT, False, partial(_national, municipality=municipality, column="left_out_share")),
        ("none_free", form.COUNT, False, lambda ctx: _free(ctx, municipality, "hours_none_free")),
        ("one_free", form.COUNT, False, lambda ctx: _free(ctx, municipality, "hours_one_free")),
        ("conflict", form.COUNT, False, lambda ctx: _free(ctx, municipality, "hours_conflict")),
    ]
    if not municipality:
        lines += [
            (key, form.HOURS, False, partial(_roster, column=key))
            for key in ("planned_h", "staffed_h", "not_staffed_h")
        ]
    found = []
    for key, how, duration, look in lines:
        one, other = look(now), look(before) if before else Value()
        if one.value is not None or one.hidden or other.value is not None:
            found.append(KeyFigure(now.words(f"log.month.figure.{key}"), how, duration, one, other))
    return found


def key_table(now: LogContext, before: LogContext | None, municipality: str, caption: str) -> Table:
    """The lines as a table: this month, the same month last year, and the change."""
    columns = (
        Column(now.words("table.measure"), figures=False),
        *(Column(now.words(f"log.month.column.{key}")) for key in ("now", "before", "change")),
    )
    rows = [
        Row((Cell(line.name), _cell(now, line, line.now), _cell(now, line, line.before), _change(now, line)))
        for line in key_figures(now, before, municipality)
    ]
    tables = ("incident_counts", "intervals", "national_indicator", "service_months")
    return Table(columns, tuple(rows), caption, source(now, *tables), sortable=False)


def _cell(ctx: LogContext, line: KeyFigure, one: Value) -> Cell:
    if one.value is None:
        return left_out(ctx) if one.hidden else Cell(ctx.words("number.none"), style="quiet")
    text = ctx.numbers.duration(one.value) if line.duration else ctx.numbers.text(one.value, line.how)
    return Cell(text, one.value)


def _change(ctx: LogContext, line: KeyFigure) -> Cell:
    if line.now.value is None or line.before.value is None:
        return Cell(ctx.words("number.none"), style="quiet")
    change = line.now.value - line.before.value
    if line.duration:
        return Cell(ctx.numbers.text(change, SECONDS, signed=True), change)
    how = form.POINTS if line.how is form.PERCENT else line.how
    return Cell(ctx.numbers.text(change, how, signed=True), change)


def _row(table: pl.DataFrame | None, **keys: Any) -> dict[str, Any] | None:
    """The one row with these keys."""
    if table is None:
        return None
    own = table.filter(*(pl.col(name) == value for name, value in keys.items()))
    return own.row(0, named=True) if own.height else None


def _incidents(ctx: LogContext, municipality: str, urgency: str) -> Value:
    row = _row(
        ctx.table("incident_counts"), by=MUNICIPALITY if municipality else ALL, key=municipality, urgency=urgency
    )
    return Value() if row is None else Value(row["n"], row["n"] is None)


MUNICIPALITY = "municipality"


def _missions(ctx: LogContext, municipality: str) -> Value:
    table = ctx.table("missions_by_station")
    if table is None:
        return Value()
    own = table.filter(
        (pl.col("municipality") == municipality) & (pl.col("station") == ALL) & (pl.col("urgency") == ALL)
    )
    if own.height != 1:
        return Value(None, own.height > 1)
    return Value(own["missions"][0], own["missions"][0] is None)


def _response(ctx: LogContext, municipality: str, column: str) -> Value:
    row = _row(
        ctx.table("intervals"), counting="incident", interval="response", urgency="A",
        by=MUNICIPALITY if municipality else ALL, key=municipality, by2=ALL,
    )  # fmt: skip
    return Value() if row is None else Value(row[column], row["suppressed"] != "no")


def _national(ctx: LogContext, municipality: str, where: str = ALL, column: str = "share") -> Value:
    row = _row(ctx.table("national_indicator"), variant=NATIONAL, year=ALL, municipality=municipality, where=where)
    if row is not None and row[column] is not None:
        return Value(row[column])
    if column == "share" and not municipality:
        # The catalogue is not parted by municipality, and leaves out less.
        other = _row(ctx.table("catalogue"), indicator=f"response_{where}", by=ALL, key=ALL, period=ALL)
        if other is not None and other["value"] is not None and other["among"] != 0:
            return Value(other["value"])
    return Value() if row is None else Value(None, row["incidents"] is None or row["counted"] is None)


def _free(ctx: LogContext, municipality: str, column: str) -> Value:
    fleet = municipality or ctx.fact("local_group") or "all"
    row = _row(ctx.table("service_hours"), fleet=fleet, hour=WHOLE_DAY)
    return Value() if row is None else Value(row[column])


def _roster(ctx: LogContext, column: str) -> Value:
    row = _row(ctx.table("roster_hours"), month=ALL, station=ALL)
    return Value() if row is None else Value(row[column])
