"""Control charts of an indicator: one for the whole and one for each key."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from beredt.indicators.catalogue.indicator import PER_DAY, Indicator
from beredt.indicators.catalogue.periods import Days, days_of, list_periods, period_name
from beredt.indicators.catalogue.sheet import by_and_key
from beredt.indicators.control_chart.chart import ControlChart, make_phases
from beredt.indicators.control_chart.individuals import xmr_chart
from beredt.indicators.control_chart.proportion import p_chart
from beredt.indicators.control_chart.rate import u_chart
from beredt.indicators.control_chart.signals import find_signals
from beredt.indicators.control_chart.table import CHART_SCHEMA, chart_table
from beredt.indicators.observed import F8


def list_charts(name: str, indicator: Indicator, sheet: pl.DataFrame, days: Days | None) -> Iterator[pl.DataFrame]:
    """One chart for the whole and one for each key, with every period from the first call to the last."""
    if indicator.chart_kind == "none" or days is None:
        return
    starts = list_periods(indicator.period, days)
    points = sheet.with_columns(by_and_key(sheet)).filter(pl.col("start").is_not_null())
    for (by, key), own in points.sort("by", "key").group_by("by", "key", maintain_order=True):
        full = (
            pl.DataFrame({"start": starts}, schema={"start": pl.Date}).join(own, on="start", how="left").sort("start")
        )
        chart = _chart(indicator, full, days)
        hidden = full["hidden"].fill_null(False).to_numpy()
        labels = [period_name(start, indicator.period) for start in starts]
        table = chart_table(labels, chart, find_signals(chart, indicator.rules), hidden)
        yield table.select(
            pl.lit(name).alias("indicator"), pl.lit(by).alias("by"), pl.lit(key).alias("key"), *CHART_SCHEMA
        )


def _chart(indicator: Indicator, points: pl.DataFrame, days: Days) -> ControlChart:
    phases = make_phases(points.height)

    def column(name: str) -> F8:
        return points[name].cast(pl.Float64).fill_null(0.0).to_numpy()

    kind = indicator.chart_kind
    if kind in {"p", "p_prime"}:
        return p_chart(column("true_cases"), column("true_size"), phases, widened=kind == "p_prime")
    if kind in {"u", "u_prime"}:
        exposure = column("true_exposure")
        if indicator.per == PER_DAY:
            exposure = np.array([days_of(start, indicator.period, days) for start in points["start"]], np.float64)
        return u_chart(column("true_cases"), exposure, phases, widened=kind == "u_prime")
    return xmr_chart(points["true_value"].cast(pl.Float64).fill_null(np.nan).to_numpy(), phases)
