"""Cars at every station, by the people who live nearest to it: an assumption, since no register tells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from beredt.founding.places import Place

PEOPLE_PER_CAR_ALL_DAY = 48_000
PEOPLE_PER_CAR_BY_DAY = 30_000
"""Of AMK Oslo's district some 1.35 million people have 28 cars round the clock and 45 by day (the bundled study)."""
ALL_DAY, DAY = "all-day", "day"


def assumed_units(stations: Sequence[Place], areas: pl.DataFrame) -> pl.DataFrame:
    """The table `units`: one car round the clock at every station, more where many live nearest to it.

    `areas`: lat, lon, people. Distances are as the crow flies.
    """
    nearest = _people_nearest(stations, areas)
    rows = []
    for station, people in zip(stations, nearest.tolist(), strict=True):
        all_day = max(1, round(people / PEOPLE_PER_CAR_ALL_DAY))
        by_day = max(all_day, round(people / PEOPLE_PER_CAR_BY_DAY))
        rosters = [ALL_DAY] * all_day + [DAY] * (by_day - all_day)
        rows += [
            (f"{station.id}-{place}", station.id, "ambulance", roster, "assumed")
            for place, roster in enumerate(rosters, 1)
        ]
    return pl.DataFrame(rows, schema=["id", "station", "kind", "roster", "basis"], orient="row")


def _people_nearest(stations: Sequence[Place], areas: pl.DataFrame) -> np.ndarray:
    lat, lon = areas["lat"].to_numpy()[:, None], areas["lon"].to_numpy()[:, None]
    north = lat - np.array([one.lat for one in stations])
    east = (lon - np.array([one.lon for one in stations])) * np.cos(np.radians(lat))
    nearest = (north**2 + east**2).argmin(axis=1)
    return np.bincount(nearest, areas["people"].to_numpy(), minlength=len(stations))
