"""What the chapters read off the tables of a major incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from beredt.decision.major_incident.measure_tables import SHARE_MEASURES
from beredt.report import form
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.form import Form
from beredt.report.page.blocks import Cell

UNKNOWN = float("nan")
TENTHS = Form("count", 1.0, 1)
MINUTES = Form("min", 1.0, 1)
"""Of minutes."""

MORE_IS_BETTER = ("delivered", "units", "free_change", *SHARE_MEASURES)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A figure of an alternative, and what it has more than today."""

    mean: Estimate
    median: float
    samples: int
    reached: int
    change: Estimate


def measures_of(ctx: ReportContext) -> Mapping[tuple[str, str], MeasureRow]:
    """Every figure by alternative and measure."""
    return {
        (row["alternative"], row["measure"]): MeasureRow(
            Estimate(_known(row["mean"]), _known(row["low"]), _known(row["high"])),
            _known(row["median"]),
            row["samples"],
            row["reached"],
            Estimate(_known(row["difference"]), _known(row["difference_low"]), _known(row["difference_high"])),
        )
        for row in ctx.results.tables["major_measures"].iter_rows(named=True)
    }


def alternatives_of(ctx: ReportContext) -> tuple[str, ...]:
    """Alternatives that were asked, today first."""
    return tuple(ctx.results.tables["major_mobilisation"]["alternative"].unique(maintain_order=True))


def form_of(measure: str) -> tuple[Form, Form]:
    """How a measure and a difference of it are written."""
    if measure.endswith("_min"):
        return MINUTES, MINUTES
    if measure in SHARE_MEASURES:
        return form.POINTS, form.POINTS
    return (form.SECONDS, form.SECONDS) if measure.endswith("_s") else (TENTHS, TENTHS)


def change_cell(ctx: ReportContext, measure: str, change: Estimate) -> Cell:
    """A difference with its interval, marked where it is clearly better or worse."""
    if not change.known:
        return Cell(ctx.words("number.none"), style="quiet")
    if change.is_exactly_zero:
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    style = "quiet"
    if not change.holds_zero:
        style = "good" if (change.value > 0.0) == (measure in MORE_IS_BETTER) else "bad"
    return Cell(ctx.numbers.estimate(change, form_of(measure)[1], signed=True), change.value, style)


def rows_of(ctx: ReportContext, table: str, alternative: str) -> pl.DataFrame:
    """The rows of one alternative."""
    return ctx.results.tables[table].filter(pl.col("alternative") == alternative)


def curve_of(ctx: ReportContext, alternative: str) -> pl.DataFrame:
    """The mobilisation curve of all units."""
    return rows_of(ctx, "major_mobilisation", alternative).filter(pl.col("needed").is_null())


def samples_of(ctx: ReportContext) -> int:
    """How many moments were tried."""
    return int(ctx.results.tables["major_samples"]["sample"].n_unique())


def incidents_of(ctx: ReportContext) -> list[dict[str, Any]]:
    """The incidents of the event."""
    return ctx.results.tables["major_incidents"].to_dicts()


def drawing_name(ctx: ReportContext, name: str) -> str:
    """The name of a drawing, its own in a report of several events."""
    return f"{name}-{ctx.results.tables['major_incidents']['event'][0]}"


def _known(value: float | None) -> float:
    return UNKNOWN if value is None else value
