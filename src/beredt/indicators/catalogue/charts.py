"""Control charts of an indicator: one for the whole and one for each key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

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
from beredt.indicators.observed import F8, I8


def list_charts(name: str, indicator: Indicator, sheet: pl.DataFrame, days: Days | None) -> Iterator[pl.DataFrame]:
    """One chart for the whole and one for each key, with every period from the first call to the last."""
    if indicator.chart_kind == "none" or days is None:
        return
    starts = list_periods(indicator.period, days)
    labels = [period_name(start, indicator.period) for start in starts]
    place = {start: at for at, start in enumerate(starts)}
    points = sheet.select(*by_and_key(sheet), "start", "hidden", *TRUE).drop_nulls("start").sort("by", "key", "start")
    for (by, key), own in points.group_by("by", "key", maintain_order=True):
        at = np.array([place[start] for start in own["start"]])

        def spread(column: str, empty: float, own: pl.DataFrame = own, at: I8 = at) -> F8:
            values = np.full(len(starts), empty)
            values[at] = own[column].cast(pl.Float64).fill_null(empty).to_numpy()
            return values

        chart = _chart(indicator, {name: spread(name, empty) for name, empty in TRUE.items()}, starts, days)
        hidden = spread("hidden", 0.0) > 0
        table = chart_table(labels, chart, find_signals(chart, indicator.rules), hidden)
        yield table.select(
            pl.lit(name).alias("indicator"), pl.lit(by).alias("by"), pl.lit(key).alias("key"), *CHART_SCHEMA
        )


TRUE = {"true_cases": 0.0, "true_size": 0.0, "true_exposure": 0.0, "true_value": np.nan}
"""What charts are drawn from, and what stands for a period in which there was nothing."""


def _chart(indicator: Indicator, true: Mapping[str, F8], starts: Sequence[date], days: Days) -> ControlChart:
    phases = make_phases(len(starts))
    cases, size, exposure, value = (true[name] for name in TRUE)
    kind = indicator.chart_kind
    if kind in {"p", "p_prime"}:
        return p_chart(cases, size, phases, widened=kind == "p_prime")
    if kind in {"u", "u_prime"}:
        if indicator.per == PER_DAY:
            exposure = np.array([days_of(start, indicator.period, days) for start in starts], np.float64)
        return u_chart(cases, exposure, phases, widened=kind == "u_prime")
    return xmr_chart(value, phases)
