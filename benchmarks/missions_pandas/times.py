"""The table `intervals`: how long everything took, by place and by clock, with how sure each figure is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.estimates import hall, wilson
from benchmarks.missions_pandas.form import LIMITS_S, Form
from benchmarks.missions_pandas.keys import ALL, Key

MISSION_INTERVALS = {
    "handling": ("call_t", "alerted_t"),
    "mobilisation": ("alerted_t", "rolling_t"),
    "travel": ("rolling_t", "scene_t"),
    "response": ("call_t", "scene_t"),
    "on_scene": ("scene_t", "leave_t"),
    "transport": ("leave_t", "dest_t"),
    "handover": ("dest_t", "free_t"),
    "mission": ("alerted_t", "free_t"),
}
INCIDENT_INTERVALS = {
    "handling": ("call_t", "first_alerted_t"),
    "to_rolling": ("call_t", "first_rolling_t"),
    "response": ("call_t", "first_scene_t"),
}
BREAKDOWNS = (
    (),
    ("municipality",),
    ("station",),
    ("unit_kind",),
    ("hour",),
    ("weekday",),
    ("month",),
    ("municipality", "month"),
)
FEWEST, FEWEST_FOR_P90, FEW = 5, 10, 30
QUANTILES = {"median": 0.5, "p90": 0.9}
FEWEST_FOR = {"median": 1, "p90": FEWEST_FOR_P90}


def interval_table(
    rows: pd.DataFrame,
    keys: Mapping[str, Key],
    intervals: Mapping[str, tuple[str, str]],
    counting: str,
    form: Form,
) -> pd.DataFrame:
    """Every interval by every breakdown, by urgency and for all together."""
    parts = []
    breakdowns = [[*by, *urgency] for by in BREAKDOWNS if set(by) <= set(keys) for urgency in (["urgency"], [])]
    for name, stamps in intervals.items():
        ms = form.durations_ms(rows, stamps)
        known = np.flatnonzero(ms >= 0)
        own = {key: keys[key]._replace(number=keys[key].number[known]) for key in keys}
        groups = form.summed_up(ms[known], own, breakdowns, QUANTILES)
        parts += [_figures(one, by).assign(interval=name) for one, by in zip(groups, breakdowns, strict=True)]
    table = pd.concat(parts, ignore_index=True).assign(counting=counting, suppressed="no")
    response = table["interval"] == "response"
    shares = [column for column in table.columns if column.startswith("share_")]
    table[shares] = table[shares].where(response)
    return table.assign(**dict.fromkeys(("share_target", "share_target_low", "share_target_high"), np.nan))


def _figures(groups: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Number, mean, median, 90th percentile and shares in time of each group, where it has enough for them."""
    n = groups["n"].to_numpy()
    found = {"n": n, "mean_s": groups["mean_s"], "few": n < FEW}
    ends = hall(n, groups["squares"].to_numpy(), groups["cubes"].to_numpy())
    for end, away in zip(("low", "high"), ends, strict=True):
        found[f"mean_{end}_s"] = np.where(n >= FEWEST, groups["mean_s"] + away, np.nan)
    for name, least in FEWEST_FOR.items():
        for end in ("", "_low", "_high"):
            found[f"{name}{end}_s"] = np.where(n >= least, groups[f"{name}{end}"], np.nan)
    for name in LIMITS_S:
        share = f"share_{name}"
        found[share], found[f"{share}_low"], found[f"{share}_high"] = wilson(groups[f"within_{name}"].to_numpy(), n)
    return pd.DataFrame({**_named(groups, names), **found})


def _named(groups: pd.DataFrame, names: list[str]) -> dict[str, Any]:
    """Columns that say what each row is of."""
    columns: dict[str, Any] = {"urgency": ALL, "by": ALL, "key": ALL, "by2": ALL, "key2": ALL}
    by = [name for name in names if name != "urgency"]
    for (kind, key), name in zip((("by", "key"), ("by2", "key2")), by, strict=False):
        columns[kind], columns[key] = name, groups[name]
    if "urgency" in names:
        columns["urgency"] = groups["urgency"]
    return columns
