"""The table `intervals`: how long everything took, by place and by clock, with how sure each figure is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.estimates import hall, quantile_of, wilson
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
LIMITS_S = {"12": 720, "25": 1_500}
WIDE = 1 << 22
"""More seconds than any interval has that is believed."""

NO_MS = np.iinfo(np.int64).min


def durations_ms(rows: pd.DataFrame, interval: tuple[str, str]) -> Any:
    """From one stamp to another; below 0 where one is missing."""
    begin, end = (rows[name].to_numpy("datetime64[ms]").astype(np.int64) for name in interval)
    return np.where((begin == NO_MS) | (end == NO_MS), -1, end - begin)


def interval_table(
    rows: pd.DataFrame, keys: Mapping[str, Key], intervals: Mapping[str, tuple[str, str]], counting: str
) -> pd.DataFrame:
    """Every interval by every breakdown, by urgency and for all together."""
    parts = []
    breakdowns = [by for by in BREAKDOWNS if set(by) <= set(keys)]
    for name, stamps in intervals.items():
        ms = durations_ms(rows, stamps)
        known = np.flatnonzero(ms >= 0)
        ms = ms[known]
        own = {key: keys[key]._replace(number=keys[key].number[known]) for key in keys}
        parts += [
            _figures(ms, own, [*by, *urgency]).assign(interval=name)
            for by in breakdowns
            for urgency in (["urgency"], [])
        ]
    table = pd.concat(parts, ignore_index=True).assign(counting=counting, suppressed="no")
    response = table["interval"] == "response"
    shares = [column for column in table.columns if column.startswith("share_")]
    table[shares] = table[shares].where(response)
    return table.assign(**dict.fromkeys(("share_target", "share_target_low", "share_target_high"), np.nan))


def _figures(ms: Any, keys: Mapping[str, Key], names: list[str]) -> pd.DataFrame:
    """Number, mean, median, 90th percentile and shares in time of each group that there is."""
    sizes = [len(keys[name].names) for name in names] or [1]
    number = np.zeros(len(ms), np.int64)
    for name, size in zip(names, sizes, strict=False):
        number = number * size + keys[name].number
    counts = np.bincount(number, minlength=int(np.prod(sizes)))
    there = np.flatnonzero(counts)
    n = counts[there]
    mean = np.bincount(number, ms)[there] / 1_000 / n
    # Whole seconds behind the number of the group: one sort puts every group in order.
    packed = number * WIDE + (ms + 999) // 1_000
    packed.sort()
    second = packed % WIDE
    first, group = np.cumsum(n) - n, np.repeat(np.arange(len(n)), n)
    away = second - (np.add.reduceat(second, first) / n)[group]
    square = away * away
    low, high = hall(n, np.bincount(group, square), np.bincount(group, square * away))
    enough = n >= FEWEST
    found = {"n": n, "mean_s": mean, "few": n < FEW}
    found["mean_low_s"], found["mean_high_s"] = (np.where(enough, mean + end, np.nan) for end in (low, high))
    for name, quantile, least in (("median", 0.5, 1), ("p90", 0.9, FEWEST_FOR_P90)):
        told = (np.where(n >= least, end, np.nan) for end in quantile_of(second, first, n, quantile))
        found[f"{name}_s"], found[f"{name}_low_s"], found[f"{name}_high_s"] = told
    for name, limit_s in LIMITS_S.items():
        share = f"share_{name}"
        within = np.bincount(group, second <= limit_s)
        found[share], found[f"{share}_low"], found[f"{share}_high"] = wilson(within, n)
    places = np.unravel_index(there, sizes)
    told_by = [keys[name].names[place] for name, place in zip(names, places, strict=False)]
    return pd.DataFrame({**_named(names, told_by), **found})


def _named(names: list[str], told_by: list[Any]) -> dict[str, Any]:
    """Columns that say what each row is of."""
    columns: dict[str, Any] = {"urgency": ALL, "by": ALL, "key": ALL, "by2": ALL, "key2": ALL}
    by = [name for name in names if name != "urgency"]
    for (kind, key), name in zip((("by", "key"), ("by2", "key2")), by, strict=False):
        columns[kind], columns[key] = name, told_by[names.index(name)]
    if "urgency" in names:
        columns["urgency"] = told_by[names.index("urgency")]
    return columns
