"""A control chart as a table: one row per point, with the names of its signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from beredt.indicators.control_chart.chart import ControlChart
from beredt.indicators.observed import F8, B

CHART_SCHEMA = pl.Schema(
    {
        "point": pl.String(),
        "chart": pl.String(),
        "phase": pl.Int64(),
        "value": pl.Float64(),
        "centre": pl.Float64(),
        "lower_limit": pl.Float64(),
        "upper_limit": pl.Float64(),
        "moving_range": pl.Float64(),
        "range_limit": pl.Float64(),
        "signals": pl.String(),
        "weak": pl.Boolean(),
        "left_out": pl.Boolean(),
    }
)


def chart_table(
    points: Sequence[str], chart: ControlChart, signals: Mapping[str, B], left_out: B | None = None
) -> pl.DataFrame:
    """One row per point.

    Args:
        points: [T] names, such as months.
        chart: Of T points.
        signals: Rule → [T], as from `find_signals`.
        left_out: [T] points whose value may not be shown, since it tells a small count. Limits tell the size and
            ranges the value, so nothing of them is left, nor the range of the point after.

    Returns:
        The columns of CHART_SCHEMA; `signals` are the rules that mark the point, parted by +.
    """
    hidden = np.zeros(len(points), np.bool_) if left_out is None else left_out
    after_hidden = hidden | np.concatenate([[False], hidden[:-1]])

    def shown(values: F8, without: B = hidden) -> list[float | None]:
        return [
            None if out or not np.isfinite(value) else float(value) for value, out in zip(values, without, strict=True)
        ]

    named = [
        "" if hidden[at] else "+".join(rule for rule, marks in signals.items() if marks[at])
        for at in range(len(points))
    ]
    return pl.DataFrame(
        {
            "point": list(points),
            "chart": [chart.kind] * len(points),
            "phase": chart.phase,
            "value": shown(chart.value),
            "centre": shown(chart.centre, np.zeros_like(hidden)),
            "lower_limit": shown(chart.low),
            "upper_limit": shown(chart.high),
            "moving_range": shown(chart.moving_range, after_hidden),
            "range_limit": shown(chart.range_high, np.zeros_like(hidden)),
            "signals": named,
            "weak": chart.weak & ~hidden,
            "left_out": hidden,
        },
        schema=CHART_SCHEMA,
    )
