"""A log cleaned in pandas: by the rules of Beredt that such a log calls for, whole columns at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.clocks import carry_past_midnight, later, local_of, make_utc, settle_clocks
from benchmarks.missions_pandas.notes import Notes
from benchmarks.missions_pandas.positions import find_positions
from benchmarks.missions_pandas.read import CHAIN, STAMPS

URGENCY = {"A": "A", "H": "H", "V1": "V", "V2": "V"}
KINDS = {
    "Ambulanse": "ambulance",
    "Akuttbil": "single_responder",
    "Legebil": "doctor",
    "Syketransport": "patient_transport",
}
PRIMARY = "ambulance"
SCENE = ("scene_t", "leave_t", "dest_t")
FINISHED = ("alerted_t", "rolling_t", "scene_t", "free_t")
AT_ONCE = pd.Timedelta(minutes=1)
LIMITS_H = {"alerted_t": 24, "rolling_t": 24, "scene_t": 6, "leave_t": 12, "dest_t": 12, "free_t": 12}


def clean(rows: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Clocks, codes, positions, stamps, duplicates and overlaps.

    `call` and, on the clock of the wall, `local` are the call as it is told, and `carried` whether a delivery is told;
    in `call_t` and `dest_t` stands only what is believed.
    """
    twice = make_utc(rows, notes)
    carry_past_midnight(rows, notes)
    settle_clocks(rows, twice)
    for column, rule, codes in (("urgency", "unknown_urgency", URGENCY), ("unit_kind", "unknown_unit_kind", KINDS)):
        known = rows[column].map(codes)
        notes.correct(rule, column, rows.loc[known.isna() & rows[column].notna(), column])
        rows[column] = known.astype(pd.CategoricalDtype(sorted(set(codes.values())), ordered=True))
    find_positions(rows, notes)
    scene = rows[list(SCENE)].notna().any(axis=1)
    broken = ~scene & rows["free_t"].notna() & (rows["alerted_t"].notna() | rows["rolling_t"].notna())
    notes.find("broken_off", "scene_t", broken)
    for stamp in FINISHED:
        notes.find("missing_stamp", stamp, rows[stamp].isna() & ~broken)
    rows["cancelled"] = False  # the log has no word of it
    rows["call"], rows["local"], rows["carried"] = rows["call_t"], local_of(rows["call_t"]), rows["dest_t"].notna()
    duplicates(rows, notes)
    doubt_order(rows, notes)
    doubt_long_steps(rows, notes)
    overlaps(rows, notes)
    return rows


def doubt_order(rows: pd.DataFrame, notes: Notes) -> None:
    """Drop the stamps that are not in every longest chain of stamps in order."""
    latest, wrong = rows[CHAIN[0]], np.zeros(len(rows), bool)
    for stamp in CHAIN[1:]:
        wrong |= (rows[stamp] < latest).to_numpy()
        latest = later(latest, rows[stamp])
    at = rows.index[wrong]
    times = rows.loc[at, CHAIN].to_numpy("datetime64[ms]").T
    present = ~np.isnat(times)
    number = np.where(present, times.astype(np.int64), 0)
    up, down = _longest(number, present), _longest(-number[::-1], present[::-1])[::-1]
    in_some = present & (up + down - 1 == up.max(axis=0, initial=0))
    rivals = np.stack([(in_some & (up == length)).sum(axis=0) for length in up])
    for stamp, doubted in zip(CHAIN, present & ~(in_some & (rivals == 1)), strict=True):
        rows.loc[at[doubted], stamp] = pd.NaT
        notes.find("stamp_order", stamp, doubted)


def _longest(times: Any, present: Any) -> Any:
    length = present.astype(np.int64)
    for k in range(1, len(times)):
        for j in range(k):
            follows = present[j] & present[k] & (times[j] <= times[k])
            length[k] = np.where(follows, np.maximum(length[k], length[j] + 1), length[k])
    return length


def doubt_long_steps(rows: pd.DataFrame, notes: Notes) -> None:
    """Drop a stamp that comes far too long after the latest before it."""
    latest = rows[CHAIN[0]]
    for stamp, hours in LIMITS_H.items():
        wrong = rows[stamp] - latest > pd.Timedelta(hours=hours)
        notes.find("long_interval", stamp, wrong)
        rows.loc[wrong, stamp] = pd.NaT
        latest = later(latest, rows[stamp])


def duplicates(rows: pd.DataFrame, notes: Notes) -> None:
    """Mark rows that say all again, and all but the fullest of a unit alerted twice to an incident at once: `again`."""
    several = rows.loc[rows.duplicated(["incident", "unit"], keep=False), ["incident", "unit", *STAMPS]]
    exact = several.duplicated()
    told = several[~exact].assign(stamps=several[STAMPS].notna().sum(axis=1))
    told = told.sort_values(["incident", "unit", "alerted_t"], kind="stable", na_position="first")
    other = (told["incident"] != told["incident"].shift()) | (told["unit"] != told["unit"].shift())
    cluster = (other | (told["alerted_t"] - told["alerted_t"].shift() > AT_ONCE)).cumsum()
    told = told.assign(cluster=cluster).sort_index()
    fullest = told.sort_values(["cluster", "stamps"], ascending=[True, False], kind="stable")
    near = fullest.index[fullest["cluster"].duplicated()]
    notes.find("duplicate", "", exact)
    notes.find("near_duplicate", "", np.ones(len(near)))
    rows["again"] = np.isin(rows.index, near.union(several.index[exact]))


def overlaps(rows: pd.DataFrame, notes: Notes) -> None:
    """Mark a unit that rolls before it is free from any mission on which it rolled before."""
    own = rows.loc[rows["rolling_t"].notna() & rows["free_t"].notna() & ~rows["again"], ["unit", "rolling_t", "free_t"]]
    unit = own["unit"].cat.codes.to_numpy()
    rolling, free = (own[name].to_numpy("datetime64[ms]").astype(np.int64) for name in ("rolling_t", "free_t"))
    order = np.lexsort((rolling, unit))
    # Units one after the other on one long axis: the latest end so far is then that of the same unit.
    apart = unit[order].astype(np.int64) * (free.max() - rolling.min() + 1)
    until = np.maximum.accumulate(free[order] + apart)
    overlap = (rolling[order] + apart)[1:] < until[:-1]
    rows["overlap"] = np.isin(rows.index, own.index[order[1:][overlap]])
    notes.find("overlapping_missions", "rolling_t", overlap)


def group(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per incident, with its first stamps and how many units it had."""
    counted = rows[~rows["again"]]
    by = counted.groupby("incident", sort=False)
    first = counted.loc[~counted["incident"].duplicated(), ["incident", "municipality"]].set_index("incident")
    incidents = by[["call", "local", "alerted_t", "rolling_t"]].min()
    names = {"call": "call_t", "alerted_t": "first_alerted_t", "rolling_t": "first_rolling_t"}
    incidents = incidents.rename(columns=names)
    incidents[["x", "y", "lat", "lon"]] = by[["x", "y", "lat", "lon"]].first()
    incidents["municipality"] = first["municipality"]
    known = counted["urgency"].notna()
    urgency: Any = (
        counted["urgency"].cat.codes.where(known, len(URGENCY)).groupby(counted["incident"], sort=False).min()
    )
    kinds: Any = counted["urgency"].dtype
    incidents["urgency"] = pd.Categorical.from_codes(urgency.where(urgency < len(URGENCY), -1), dtype=kinds)
    units = counted[~counted.duplicated(["incident", "unit"])].groupby("incident", sort=False).size()
    incidents["units"] = units
    ambulances = counted[counted["unit_kind"] == PRIMARY].groupby("incident", sort=False)
    incidents["first_scene_t"] = ambulances["scene_t"].min()
    return incidents
