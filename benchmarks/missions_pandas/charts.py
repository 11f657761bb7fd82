"""Control charts of months: p′ of shares, u′ of rates, XmR of times, with the rules of Western Electric."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.keys import ALL

RANGE, SPREAD = 2 / np.sqrt(np.pi), np.sqrt(2 - 4 / np.pi)
WEAK = 5 - 1e-9
RULES = {
    "beyond": (1, 1, 3.0),
    "two_of_three": (2, 3, 2.0),
    "four_of_five": (4, 5, 1.0),
    "run_of_eight": (8, 8, 0.0),
}


def chart_of(name: str, kind: str, values: pd.DataFrame) -> pd.DataFrame:
    """One chart, a point for every month."""
    points = values[values["period"] != ALL].sort_values("period")
    value = points["value"].to_numpy()
    steps = np.diff(value, prepend=np.nan)
    nothing = np.full(len(value), np.nan)
    if kind in {"share", "rate"}:
        size = points["size" if kind == "share" else "exposure"].to_numpy(float)
        centre = points["cases"].sum() / size.sum()
        part = 1 - centre if kind == "share" else 1.0
        with np.errstate(divide="ignore", invalid="ignore"):
            sigma = np.sqrt(centre * part / size)
            score = np.diff((value - centre) / sigma)
        wider = np.abs(score[np.isfinite(score)]).mean() / RANGE if np.isfinite(score).any() else 1.0
        sigma = sigma * wider
        low, high = np.maximum(centre - 3 * sigma, 0), centre + 3 * sigma
        high = np.minimum(high, 1) if kind == "share" else high
        weak = size * (min(centre, 1 - centre) if kind == "share" else centre) < WEAK
        moving, limit = nothing, nothing
    else:
        centre, moving = value.mean(), np.abs(steps)
        sigma = np.full(len(value), np.abs(steps[1:]).mean() / RANGE if len(value) > 1 else np.nan)
        low, high, limit = centre - 3 * sigma, centre + 3 * sigma, (RANGE + 3 * SPREAD) * sigma
        weak = np.zeros(len(value), bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.where((value == centre) & (sigma == 0), 0.0, (value - centre) / sigma)
    return pd.DataFrame(
        {
            "indicator": name,
            "by": ALL,
            "key": ALL,
            "point": points["period"].to_numpy(),
            "chart": {"share": "p_prime", "rate": "u_prime"}.get(kind, "xmr"),
            "phase": 0,
            "value": value,
            "centre": centre,
            "lower_limit": low,
            "upper_limit": high,
            "moving_range": moving,
            "range_limit": limit,
            "signals": _signals(scores),
            "weak": weak,
            "left_out": False,
        }
    )


def _signals(scores: Any) -> Any:
    """The names of the rules whose pattern is complete at each point, parted by +."""
    found = {rule: _several(scores, *how) for rule, how in RULES.items()}
    return ["+".join(rule for rule, marks in found.items() if marks[at]) for at in range(len(scores))]


def _several(scores: Any, number: int, window: int, beyond: float) -> Any:
    """Whether so many of the last points lie so far off on the same side."""
    marks = pd.DataFrame({"above": scores > beyond, "below": scores < -beyond}).astype(int)
    return (marks.rolling(window, min_periods=1).sum() >= number).any(axis=1).to_numpy()
