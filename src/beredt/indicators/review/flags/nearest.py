"""Flags of acute incidents for which a nearer ambulance seems to have stood free at its station.

A log does not say who was on duty, nor where a unit was between two missions. So the rule asks only for what it can
know:

- a unit is **on duty** when it ended a mission not long before, and begins one not long after (`seen_within_s`);
- it is **at its station** when it has been free for `at_station_after_s` at least;
- it is **nearer** when the drive from there, estimated, is shorter than the drive of the unit that was sent, as driven,
  by `nearer_by_s` and to less than `nearer_ratio` of it.

Units that were sent to the same incident, then or later, are never named.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.indicators.observed import I8, B
from beredt.indicators.review.looked_at import FLAGS, LookedAt
from beredt.indicators.review.station_times import StationTimes

NEVER = np.iinfo(np.int64).max


def flag_nearest_not_sent(seen: LookedAt) -> pl.DataFrame:
    """The incidents; none when nobody knows where stations are. The value is the estimated gain in seconds."""
    times = seen.station_times
    asked = _first_ambulances(seen.missions)
    if times is None or asked.is_empty():
        return pl.DataFrame(schema=FLAGS)
    drive_s = times.drive_s(asked["lat"].to_numpy(), asked["lon"].to_numpy())
    driven_s, alerted = asked["travel_s"].to_numpy(), asked["alerted_t"].dt.epoch("ms").to_numpy()
    best_s = np.full(asked.height, np.inf)
    best = np.full(asked.height, -1, np.int64)
    units = _stays(seen.around, times)
    for number, (_, station, begin, end, incidents) in enumerate(units):
        ready = _standing_ready(seen, begin, end, incidents, alerted, asked["incident"].to_numpy())
        sooner = ready & (drive_s[station] < best_s)
        best_s[sooner], best[sooner] = drive_s[station][sooner], number
    settings = seen.settings
    flagged = (best >= 0) & (best_s < driven_s - settings.nearer_by_s) & (best_s < driven_s * settings.nearer_ratio)
    rows = np.flatnonzero(flagged)
    detail = [f"{units[best[row]][0]} ({times.names[units[best[row]][1]]})" for row in rows]
    return (
        asked[rows]
        .select(
            pl.lit("nearest_not_sent").alias("rule"),
            "incident",
            "row_id",
            pl.Series("value", (driven_s - best_s)[rows], pl.Float64),
            pl.lit(settings.nearer_by_s).alias("limit"),
            pl.Series("detail", detail, pl.String),
        )
        .match_to_schema(FLAGS)
    )


def _first_ambulances(missions: pl.DataFrame) -> pl.DataFrame:
    """Of each acute incident the ambulance that was there first, where its drive and the place are known."""
    known = pl.all_horizontal(pl.col("lat", "lon", "alerted_t", "travel_s", "scene_t").is_not_null())
    return (
        missions.filter((pl.col("urgency") == "A") & (pl.col("unit_kind") == "ambulance") & known)
        .sort("incident", "scene_t", "row_id")
        .unique("incident", keep="first", maintain_order=True)
    )


def _stays(around: pl.DataFrame, times: StationTimes) -> list[tuple[str, int, I8, I8, I8]]:
    """Of every ambulance with a known station: name, place of the station, and begin, end (ms) and incident of
    missions.

    In order of begin; an end is the latest so far, so that missions that overlap are one. Of a unit that the log puts
    at several stations, that of its latest mission holds.
    """
    place = {name: number for number, name in enumerate(times.names)}
    found = []
    rows = around.filter((pl.col("unit_kind") == "ambulance") & pl.col("alerted_t").is_not_null())
    for (unit,), own in rows.sort("unit", "alerted_t", "row_id").group_by("unit", maintain_order=True):
        station = place.get(str(own["station"][-1]), -1)
        if station >= 0:
            begin = own["alerted_t"].dt.epoch("ms").to_numpy()
            end = own["free_t"].dt.epoch("ms").fill_null(NEVER).to_numpy()
            # A mission whose end nobody knows says nothing of when the unit was free: until the next one it is not.
            end = np.where(end == NEVER, np.append(begin[1:], NEVER), end)
            found.append((str(unit), station, begin, np.maximum.accumulate(end), own["incident"].to_numpy()))
    return found


def _standing_ready(seen: LookedAt, begin: I8, end: I8, incidents: I8, at: I8, incident: I8) -> B:
    """Whether a unit was on duty, free and at its station at moments [N], and was not sent to the same incident."""
    after = np.searchsorted(begin, at, side="right")
    before = after - 1
    free_since = np.where(before >= 0, end[np.maximum(before, 0)], NEVER)
    begins = np.where(after < begin.size, begin[np.minimum(after, begin.size - 1)], NEVER)
    own: B = (incidents[np.minimum(after, begin.size - 1)] == incident) & (after < begin.size)
    settings = seen.settings
    free_ms = np.where(free_since <= at, at - free_since, -1)
    waits_ms = np.where(begins < NEVER, begins - at, NEVER)
    longest = settings.seen_within_s * 1000
    stands: B = (free_ms >= settings.at_station_after_s * 1000) & (free_ms <= longest) & (waits_ms <= longest)
    return stands & ~own
