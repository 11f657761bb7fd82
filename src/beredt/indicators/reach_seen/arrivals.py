"""Arrivals at scenes: which station's unit came where, and how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from beredt.indicators.log.codes import Words
from beredt.indicators.observed import I4, Frame
from beredt.indicators.observing.area_finder import AreaFinder, make_area_finder
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.fleet import Fleet
from beredt.indicators.observing.stretches import unit_missions
from beredt.indicators.square_grid import SquareGrid
from beredt.missions.intervals import mission_interval_s
from beredt.missions.store import Store
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES

INTERVALS = ("response", "travel")
"""From the call, and from when the unit rolled."""

ACUTE = URGENCIES[:1]
"""Reach is about lights and sirens unless other urgencies are asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """N arrivals of units that can go first, in no order.

    `rows` has the columns station (Int32, of `stations`), east and north (Int32, of `grid`), area (Int32, a row of the
    study's areas, -1 for none or without a study), zone (Int32, of `zones`, -1 for none), and response and travel
    (Float32, s, null where a stamp is missing or impossible).
    """

    rows: pl.DataFrame
    stations: tuple[str, ...]
    zones: tuple[str, ...]
    grid: SquareGrid
    urgencies: tuple[str, ...]


def arrivals_of(
    store: Store,
    days: ServiceDays,
    fleet: Fleet,
    frame: Frame,
    grid: SquareGrid,
    study: Study | None = None,
    urgencies: Sequence[str] = ACUTE,
) -> Arrivals:
    """Collect the arrivals of a log at places that are known.

    Args:
        store: the log.
        days: whose calls count.
        fleet: the units of the log.
        frame: of the log, for its stations, zones and areas.
        grid: squares of the map.
        study: whose areas positions are put into; None for the places that the log names.
        urgencies: of the missions.
    """
    home = pl.LazyFrame(
        {"unit": fleet.unit, "station": frame.unit_station, "primary": frame.unit_primary},
        schema={"unit": pl.Categorical(), "station": pl.Int32, "primary": pl.Boolean},
    )
    placed = pl.col("lat").is_not_null() & pl.col("lon").is_not_null()
    rows = (
        unit_missions(store)
        .filter(days.called(), placed, pl.col("scene_t").is_not_null())
        .filter(pl.col("urgency").is_in(list(urgencies)))
        .select(
            "unit",
            "lat",
            "lon",
            "municipality",
            "district",
            *(mission_interval_s(name).cast(pl.Float32) for name in INTERVALS),
        )
        .join(home, on="unit", how="inner")
        .filter("primary")
        .drop("unit", "primary")
        .collect(engine="streaming")
    )
    lat, lon = rows["lat"].to_numpy(), rows["lon"].to_numpy()
    east, north = grid.squares(lat, lon)
    if study is None:
        area = np.full(rows.height, -1, np.int32)
        zone = _zones_by_words(rows, frame)
    else:
        finder: AreaFinder = make_area_finder(study.service.areas)
        area = finder.find(lat, lon)
        zone = np.append(frame.area_zone, np.int32(-1))[area]
    table = rows.select("station", *INTERVALS).with_columns(
        east=pl.Series(east), north=pl.Series(north), area=pl.Series(area), zone=pl.Series(zone)
    )
    return Arrivals(table, frame.station_ids, frame.zone_ids, grid, tuple(urgencies))


def _zones_by_words(rows: pl.DataFrame, frame: Frame) -> I4:
    """The district, else the municipality, that the log names; -1 where it names none."""
    # By code, not word by word: twenty million of them are two gigabytes.
    zones = Words(frame.zone_ids, {name: row for row, name in enumerate(frame.zone_ids)})
    in_district = (rows["district"] != "").fill_null(False).to_numpy()
    return np.where(in_district, zones.codes(rows["district"]), zones.codes(rows["municipality"]))
