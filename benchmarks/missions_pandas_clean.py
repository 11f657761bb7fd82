"""A log read and cleaned in pandas: by the rules of Beredt that such a log calls for, whole columns at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

STAMPS = ["tidspunkt", "tiltak_opprettet", "varslet", "rykker_ut", "ank_hentested", "avg_hentested", "ank_levsted"]
STAMPS += ["ledig"]
WORDS = ("hastegrad", "ressurs_id", "stasjon", "tiltak_type", "kommune")
CHAIN = [stamp for stamp in STAMPS if stamp != "tiltak_opprettet"]
URGENCY = {"A": "A", "H": "H", "V1": "V", "V2": "V"}
KINDS = {
    "Ambulanse": "ambulance",
    "Akuttbil": "single_responder",
    "Legebil": "doctor",
    "Syketransport": "patient_transport",
}
LIMITS_H = {"varslet": 24, "rykker_ut": 24, "ank_hentested": 6, "avg_hentested": 12, "ank_levsted": 12, "ledig": 12}
DAY = pd.Timedelta(days=1)
SYSTEMS = ("EPSG:25832", "EPSG:25835")


class Notes:
    """What was changed, and how often each rule found something."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.corrections: list[pd.DataFrame] = []
        self.findings: dict[str, int] = {}

    def find(self, rule: str, wrong: Any) -> None:
        """Count what a rule has found."""
        self.findings[rule] = int(wrong.sum())

    def correct(self, rows: pd.DataFrame, column: str, wrong: Any, rule: str) -> None:
        """Keep what stood in the cells that are changed."""
        self.find(f"{rule} {column}", wrong)
        if wrong.any():
            before = rows.loc[wrong, column].astype(str)
            self.corrections.append(
                pd.DataFrame({"row": before.index, "column": column, "before": before, "rule": rule})
            )


def read(log: Path) -> pd.DataFrame:
    """The log as a frame, with times as times."""
    words = dict.fromkeys(WORDS, "category")
    rows = pd.read_csv(log, sep=";", encoding="windows-1252", decimal=",", index_col=0, dtype=words)
    for stamp in STAMPS:
        rows[stamp] = pd.to_datetime(rows[stamp], format="%d.%m.%Y %H:%M:%S", errors="coerce").astype("datetime64[ms]")
    return rows


def clean(rows: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Codes, clocks, stamps, positions, duplicates and overlaps."""
    for column, name, codes in (("hastegrad", "urgency", URGENCY), ("tiltak_type", "kind", KINDS)):
        known = rows[column].map(codes)
        notes.correct(rows, column, known.isna() & rows[column].notna(), "unknown code")
        rows[name] = known.astype(pd.CategoricalDtype(sorted(set(codes.values())), ordered=True))
    carry_past_midnight(rows, notes)
    for stamp in STAMPS:
        summer = np.ones(len(rows), bool)  # of two equal times the earlier
        here = rows[stamp].dt.tz_localize("Europe/Oslo", ambiguous=summer, nonexistent=pd.Timedelta(hours=1))
        rows[stamp] = here.dt.tz_convert("UTC")
    rows["call"] = rows["tidspunkt"]
    scene = rows[["ank_hentested", "avg_hentested", "ank_levsted"]].notna().any(axis=1)
    rows["diverted"] = rows["ank_hentested"].isna() & ~scene & rows["ledig"].notna()
    notes.find("broken off", rows["diverted"])
    for stamp in ("varslet", "rykker_ut", "ank_hentested", "ledig"):
        notes.find(f"missing {stamp}", rows[stamp].isna())
    doubt_order(rows, notes)
    doubt_long_steps(rows, notes)
    find_positions(rows, notes)
    return overlaps(duplicates(rows, notes), notes)


def carry_past_midnight(rows: pd.DataFrame, notes: Notes) -> None:
    """To the next day what lies nearly a day before the latest stamp before it."""
    latest = rows[CHAIN[0]]
    for stamp in CHAIN[1:]:
        back = latest - rows[stamp]
        wrong = (back > DAY / 2) & (back <= DAY)
        notes.correct(rows, stamp, wrong, "midnight")
        rows[stamp] = rows[stamp].where(~wrong, rows[stamp] + DAY)
        latest = _later(latest, rows[stamp])


def _later(latest: Any, stamp: Any) -> Any:
    """The later of two columns of moments, the first where there is no second."""
    return latest.where(~(stamp > latest) & latest.notna(), stamp)


def doubt_order(rows: pd.DataFrame, notes: Notes) -> None:
    """Drop the stamps that are not in every longest chain of stamps in order."""
    latest, wrong = rows[CHAIN[0]], pd.Series(data=False, index=rows.index)
    for stamp in CHAIN[1:]:
        wrong |= rows[stamp] < latest
        latest = _later(latest, rows[stamp])
    at = rows.index[wrong]
    times = rows.loc[at, CHAIN].to_numpy("datetime64[ms]").T
    present = ~np.isnat(times)
    number = np.where(present, times.astype(np.int64), 0)
    up, down = _longest(number, present), _longest(-number[::-1], present[::-1])[::-1]
    in_some = present & (up + down - 1 == up.max(axis=0, initial=0))
    rivals = np.stack([(in_some & (up == length)).sum(axis=0) for length in up])
    for stamp, doubted in zip(CHAIN, present & ~(in_some & (rivals == 1)), strict=True):
        rows.loc[at[doubted], stamp] = pd.NaT
        notes.find(f"order {stamp}", doubted)


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
        notes.find(f"long {stamp}", wrong)
        rows[stamp] = rows[stamp].where(~wrong)
        latest = _later(latest, rows[stamp])


def find_positions(rows: pd.DataFrame, notes: Notes) -> None:
    """Degrees; what lies outside the region with its axes changed, or in another zone."""
    import pyproj

    def degrees(east: Any, north: Any, system: str) -> tuple[Any, Any]:
        lon, lat = pyproj.Transformer.from_crs(system, "EPSG:4326", always_xy=True).transform(east, north)
        return lat, lon

    east, north = rows["xcoor"].to_numpy(), rows["ycoor"].to_numpy()
    lat, lon = degrees(east, north, "EPSG:25833")
    out = np.flatnonzero(~_inside(lat, lon) & ~(np.isnan(east) & np.isnan(north)))
    tries = [(north, east, "EPSG:25833"), *((east, north, system) for system in SYSTEMS)]
    for x, y, system in tries:
        other_lat, other_lon = degrees(x[out], y[out], system)
        fits = _inside(other_lat, other_lon)
        lat[out[fits]], lon[out[fits]] = other_lat[fits], other_lon[fits]
        notes.find(f"position {system}", fits)
        out = out[~fits]
    rows["lat"], rows["lon"] = lat, lon
    notes.findings["outside"] = len(out)


def _inside(lat: Any, lon: Any) -> Any:
    return (lat >= 57.5) & (lat <= 72) & (lon >= 4) & (lon <= 32)


def duplicates(rows: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Rows that say all again, and a unit alerted twice to an incident within a minute."""
    exact = rows.duplicated(["amis_nr", "ressurs_id", *STAMPS])
    rows = rows.assign(duplicate=exact).sort_values(["amis_nr", "ressurs_id", "varslet"], kind="stable")
    same = (rows["amis_nr"] == rows["amis_nr"].shift()) & (rows["ressurs_id"] == rows["ressurs_id"].shift())
    near = same & (rows["varslet"] - rows["varslet"].shift() <= pd.Timedelta(minutes=1)) & ~rows["duplicate"]
    notes.find("duplicate", exact)
    notes.find("near duplicate", near)
    return rows.assign(again=rows["duplicate"] | near)


def overlaps(rows: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """A unit that rolls before it is free from any mission before."""
    rows = rows.sort_values(["ressurs_id", "rykker_ut"], kind="stable")
    until = (
        rows.groupby("ressurs_id", observed=True)["ledig"].cummax().groupby(rows["ressurs_id"], observed=True).shift()
    )
    rows["overlap"] = rows["rykker_ut"] < until
    notes.find("overlap", rows["overlap"])
    return rows.sort_index()


def group(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per incident, with its first stamps."""
    counted = rows[~rows["again"]]
    incidents = counted.groupby("amis_nr", sort=False).agg(
        call=("call", "min"), urgency=("urgency", "min"), kommune=("kommune", "first"),
        lat=("lat", "first"), lon=("lon", "first"), xcoor=("xcoor", "first"), ycoor=("ycoor", "first"),
        missions=("ressurs_id", "size"), units=("ressurs_id", "nunique"),
        first_alerted=("varslet", "min"), first_rolling=("rykker_ut", "min"),
    )  # fmt: skip
    ambulances = counted[counted["kind"] == "ambulance"].groupby("amis_nr", sort=False)
    incidents["first_scene"] = ambulances["ank_hentested"].min()
    return incidents
