"""Squares of the map: where incidents happen, where units are sent, and where they arrived in time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.form import Form
from benchmarks.missions_pandas.keys import ALL, Key, word_key
from benchmarks.missions_pandas.positions import to_degrees
from benchmarks.missions_pandas.times import MISSION_INTERVALS

SIZE_M, EAST_OF_ALL_M = 1_000, 2_000_000
MINUTES = (10, 15, 20)
YEAR_DAYS = 365.0
WIDE = 1 << 20


def squares_of(rows: pd.DataFrame) -> Any:
    """The square of every row as one number, east before north; -1 without a position."""
    east = np.floor((rows["x"].to_numpy() + EAST_OF_ALL_M) / SIZE_M)
    north = np.floor(rows["y"].to_numpy() / SIZE_M)
    known = np.isfinite(east) & np.isfinite(north)
    return np.where(known, np.where(known, east, 0) * WIDE + np.where(known, north, 0), -1).astype(np.int64)


def placed(table: pd.DataFrame) -> pd.DataFrame:
    """South-west corners in metres and middles in degrees instead of the number of a square."""
    different, place = np.unique(table["square"].to_numpy(), return_inverse=True)
    east_m = (different // WIDE * SIZE_M - EAST_OF_ALL_M).astype(float)
    north_m = (different % WIDE * SIZE_M).astype(float)
    lon, lat = to_degrees(east_m + SIZE_M / 2, north_m + SIZE_M / 2)
    return table.drop(columns="square").assign(
        east_m=east_m[place], north_m=north_m[place], lat=lat[place], lon=lon[place]
    )


def density(incidents: pd.DataFrame, missions: pd.DataFrame, days: int, form: Form) -> pd.DataFrame:
    """The table `density` of one period: incidents by urgency and missions by kind of unit, of every square.

    Args:
        incidents: of the period.
        missions: to them that were not cancelled.
        days: of the period.
        form: in which they are counted.
    """
    parts = []
    for counting, rows, part in (("incident", incidents, "urgency"), ("mission", missions, "unit_kind")):
        square, place = np.unique(squares_of(rows), return_inverse=True)
        counts = form.counted_by({"square": Key(place, square), "part": word_key(rows[part])}, ["square", "part"])
        counts = counts[counts["square"] >= 0]
        whole = counts.groupby("square", as_index=False)["n"].sum().assign(part=ALL)
        parts.append(pd.concat([counts, whole]).assign(counting=counting))
    table = placed(pd.concat(parts, ignore_index=True).rename(columns={"n": "now"}))
    nothing = dict.fromkeys(("then", "then_per_year", "difference", "ratio", "low", "high", "change"), np.nan)
    return table.assign(now_per_year=table["now"] * (YEAR_DAYS / days), **nothing, suppressed=False)


def reach(missions: pd.DataFrame, home: Any, going_first: Any, form: Form) -> dict[str, pd.DataFrame]:
    """The tables `reach_squares` and `reach_zones`: where units of each station came, and how soon.

    Args:
        missions: to calls of the period.
        home: the station of each unit, by its number in the category.
        going_first: whether the unit can go first, by the same number.
        form: in which durations are worked out.
    """
    unit = missions["unit"].cat.codes.to_numpy()
    acute = (missions["urgency"] == "A") & missions["scene_t"].notna() & missions["lat"].notna()
    rows = missions[acute.to_numpy() & going_first[unit]]
    arrivals = pd.DataFrame(
        {
            "station": home.names[home.number[rows["unit"].cat.codes.to_numpy()]],
            "square": squares_of(rows),
            "zone": rows["municipality"].to_numpy(),
            **{name: _seconds(rows, name, form) for name in ("response", "travel")},
        }
    ).astype({"station": "category", "zone": "category"})
    squares, zones = [], []
    for interval in ("response", "travel"):
        squares.append(_summed(arrivals, interval, "square").assign(interval=interval))
        zones.append(_summed(arrivals, interval, "zone").assign(interval=interval))
    square = pd.concat(squares, ignore_index=True)
    limits = [square["median_s"] <= one * 60 for one in MINUTES]
    square["within"] = np.select(limits, MINUTES, np.nan)
    zone = pd.concat(zones, ignore_index=True).melt(
        ["interval", "station", "zone", "arrivals", "median_s"],
        [f"within_{one}" for one in MINUTES],
        var_name="minutes",
        value_name="share",
    )
    minutes = zone["minutes"].str.removeprefix("within_").astype(int)
    columns = ["interval", "station", "square", "arrivals", "median_s", "within"]
    return {
        "reach_squares": placed(square[columns]),
        "reach_zones": zone.assign(minutes=minutes, share=zone["share"] / zone["arrivals"], suppressed=False),
    }


def _seconds(rows: pd.DataFrame, interval: str, form: Form) -> Any:
    ms = form.durations_ms(rows, MISSION_INTERVALS[interval])
    return np.where(ms >= 0, ms / 1_000, np.nan)


def _summed(arrivals: pd.DataFrame, interval: str, key: str) -> pd.DataFrame:
    """Arrivals, median and how many keep each limit, by station and key."""
    known = arrivals.loc[arrivals[interval].notna(), ["station", key, interval]]
    limits: Mapping[str, Any] = {f"within_{one}": known[interval] <= one * 60 for one in MINUTES}
    grouped = known.assign(**limits).groupby(["station", key], observed=True)
    found: Any = grouped[interval].agg(arrivals="size", median_s="median")
    summed: pd.DataFrame = found.join(grouped[list(limits)].sum()).reset_index().astype({"station": object})
    return summed
