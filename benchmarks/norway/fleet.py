"""Units of the generated stations: how many, of what kind, and when on duty."""

from __future__ import annotations

import heapq

import numpy as np
import polars as pl
from numpy.typing import NDArray

ALL_DAY, BY_DAY = "all-day", "day"
AMBULANCE, RESPONDER = "ambulance", "single_responder"


def units_table(stations: list[str], people: NDArray[np.float64], units: int, responders: int) -> pl.DataFrame:
    """Rows of `units`.

    Every station has an ambulance around the clock. The others go one by one to the station with the most people per
    ambulance, by day and around the clock in turn. The stations with the most people have a single responder by day.

    Args:
        stations: ids.
        people: [stations] to whom each is the nearest.
        units: in all, at least one per station and the responders.
        responders: of them, single responders; at most one per station.
    """
    if units < len(stations) + responders:
        raise ValueError(f"{units} units are too few for {len(stations)} stations and {responders} responders")
    rows = [(f"{station}-1", station, AMBULANCE, ALL_DAY) for station in stations]
    shares = [(-float(n), number, 1) for number, n in enumerate(people)]
    heapq.heapify(shares)
    for turn in range(units - len(stations) - responders):
        _, number, ambulances = heapq.heappop(shares)
        ambulances += 1
        heapq.heappush(shares, (-float(people[number]) / ambulances, number, ambulances))
        roster = ALL_DAY if turn % 2 else BY_DAY
        rows.append((f"{stations[number]}-{ambulances}", stations[number], AMBULANCE, roster))
    largest = np.argsort(-people, kind="stable")[:responders]
    rows += [(f"{stations[number]}-r", stations[number], RESPONDER, BY_DAY) for number in sorted(largest.tolist())]
    table = pl.DataFrame(rows, schema=["id", "station", "kind", "roster"], orient="row")
    return table.with_columns(pl.lit("assumed").alias("basis"))
