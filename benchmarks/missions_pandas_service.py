"""The service of a log in pandas: what units do, how many are free in every hour, and who serves whom.

Every unit is taken to be on duty around the clock.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.missions_pandas_tables import with_margins

WORK_STAMPS = ["varslet", "rykker_ut", "ank_hentested", "avg_hentested", "ank_levsted", "ledig"]
DAY, HOUR = pd.Timedelta(days=1), pd.Timedelta(hours=1)
PRIMARY = "ambulance"


def work_of(rows: pd.DataFrame) -> pd.DataFrame:
    """When each unit was at work on the wall's clock as it stood at the call, no time of a unit counted twice."""
    local = rows["call"].dt.tz_convert("Europe/Oslo").dt.tz_localize(None)
    shift = local - rows["call"].dt.tz_localize(None)
    stamps = rows[WORK_STAMPS].apply(lambda stamp: stamp.dt.tz_localize(None) + shift)
    last = stamps[WORK_STAMPS[:-1]].max(axis=1)
    free = stamps["ledig"].where(~(stamps["ledig"] - last > DAY), last).fillna(last)
    work = rows[["ressurs_id", "stasjon", "kind", "kommune", "urgency", "diverted"]].assign(
        call=local, begin=stamps.bfill(axis=1)[WORK_STAMPS[0]], end=np.maximum(free, last.fillna(free))
    )
    work = work.sort_values(["ressurs_id", "begin"], kind="stable")
    busy = work.groupby("ressurs_id", observed=True)["end"].cummax().groupby(work["ressurs_id"], observed=True).shift()
    begin = np.maximum(work["begin"], busy.fillna(work["begin"]))
    return work.assign(begin=begin, end=np.maximum(work["end"], begin))


def homes(rows: pd.DataFrame, word: str) -> pd.Series:
    """What most missions of each unit say."""
    counts = rows.groupby(["ressurs_id", word], observed=True).size().rename("n").reset_index()
    ranked = counts.sort_values(["n", word], ascending=[False, True]).drop_duplicates("ressurs_id")
    return ranked.set_index("ressurs_id")[word]


def unit_table(work: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Hours at work, missions and utilisation of every unit, of every station, and of all."""
    active = _within(work["end"], start, end) - _within(work["begin"], start, end)
    counted = ~work["diverted"] & (work["call"] >= start) & (work["call"] < end)
    units = (
        work.assign(active_h=active / HOUR, missions=counted)
        .groupby("ressurs_id", observed=True)
        .agg(stasjon=("home", "first"), active_h=("active_h", "sum"), missions=("missions", "sum"))
        .assign(duty_h=(end - start) / HOUR)
        .reset_index()
    )
    table = with_margins(units, ["ressurs_id"], ["active_h", "missions", "duty_h"])
    whole = units[["active_h", "missions", "duty_h"]].sum().to_frame().T.assign(ressurs_id="all", stasjon="all")
    table = pd.concat([table, whole], ignore_index=True)
    return table.assign(utilisation=table["active_h"] / table["duty_h"])


def free_units(work: pd.DataFrame, fleets: pd.Series, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """The least number of free units of each fleet in every hour.

    Args:
        work: of units that count, with the `fleet` of each.
        fleets: how many units each fleet has.
        start: of the first hour.
        end: of the last.
    """
    real = work[(work["end"] > work["begin"]) & (work["begin"] < end) & (work["end"] > start)]
    hours = pd.date_range(start, end, freq="h", inclusive="left")
    marks = pd.MultiIndex.from_product([fleets.index, hours], names=["fleet", "t"]).to_frame(index=False)
    changes = pd.concat(
        [
            real[["fleet", "begin"]].rename(columns={"begin": "t"}).assign(change=1),
            real[["fleet", "end"]].rename(columns={"end": "t"}).assign(change=-1),
            marks.assign(change=0),
        ]
    )
    changes["t"] = _within(changes["t"], start, end)
    # What changes at one moment changes at once: only the number after it lasts.
    moments = changes.groupby(["fleet", "t"], observed=True)["change"].sum()
    busy = moments.groupby(level="fleet", observed=True).cumsum().reset_index(name="busy")
    busy = busy[busy["t"] < end]
    most = busy.groupby(["fleet", busy["t"].dt.floor("h")], observed=True)["busy"].max().reset_index()
    most["free"] = most["fleet"].map(fleets) - most.pop("busy")
    return most


def _within(moments: Any, start: pd.Timestamp, end: pd.Timestamp) -> Any:
    return moments.clip(start, end)


def hour_table(free: pd.DataFrame) -> pd.DataFrame:
    """How often each fleet has none or one unit free, by hour of the day."""
    found = free.assign(hour=free["t"].dt.hour, none=free["free"] == 0, one=free["free"] == 1)
    return found.groupby(["fleet", "hour"], observed=True).agg(
        hours=("free", "size"), none=("none", "sum"), one=("one", "sum"), mean=("free", "mean")
    )


def flow_table(work: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Missions from stations to municipalities by urgency, with all margins."""
    counted = work[~work["diverted"] & (work["call"] >= start) & (work["call"] < end)]
    counts = counted.groupby(["home", "kommune", "urgency"], observed=True).size().rename("missions").reset_index()
    return with_margins(counts, ["home", "kommune", "urgency"], ["missions"])
