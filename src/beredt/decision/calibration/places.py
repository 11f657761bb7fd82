"""Where units stood when they were alerted, as far as a log of times can tell, and how long drives are on the map.

A log has no track of its units. A unit is *out* when it was alerted before half of the drive home from its last mission
was over, and *home* when there was time enough to be back long before, or it had no mission before. In between nobody
knows, and the mission is used for neither. A station from which units also go to a standby point tells nothing of the
second kind: its units may stand at either.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.calibration.log import CalibrationLog
from beredt.indicators.observing.fleet import fleet_of, lookup, plain
from beredt.missions.store import Store
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.simulation.study_roads import StudyRoads

F8 = NDArray[np.float64]

SURE_CHOICE = 0.85
"""From this share on, the study's choice of hospital stands in for a destination that the log does not name."""

FEW_TRANSFERS = 0.05
"""Urgencies with more transfers than this are left out then: their patients go the other way."""

EARLY, LATE, SETTLED_S = 0.5, 1.25, 300.0
"""Parts of the drive home below which a unit is out, and above which, and some minutes, it is back.

Where nobody knows from which hospital it drives, the nearest counts for the one and the furthest for the other.
"""


def with_places(study: Study, store: Store, log: CalibrationLog, roads: StudyRoads) -> pl.DataFrame:
    """The missions of a log with three more columns.

    `stood` is home, out, or empty where that is not known; `station_s` are car seconds from the unit's station to the
    scene, and `transport_s` from the scene to the destination: by the name in the log, else where the study leaves
    little choice; null where a place is not known. All seconds are ordinary traffic, access included, without factors.
    """
    service = study.service
    fleet = fleet_of(store.missions(), service)
    number = {row.id: place for place, row in enumerate(service.stations)}
    station_of = {unit: number.get(place, -1) for unit, place in zip(fleet.unit, fleet.station, strict=True)}
    areas, stations = roads.areas(service.areas), roads.sites("station", service.stations)
    hospitals = roads.sites("hospital", service.hospitals)
    to_scene, to_hospital = roads.trip_s(stations, areas), roads.trip_s(areas, hospitals)
    home_s = {"scene": roads.trip_s(areas, stations).T, "dest": roads.trip_s(hospitals, stations).T}
    rows = log.missions
    station = np.array([station_of.get(unit, -1) for unit in rows["unit"].to_list()], np.int64)
    area = rows["area"].to_numpy().astype(np.int64)
    hospital = _destinations(study, rows, to_hospital)
    transported = rows["dest_at"].is_not_null().to_numpy()
    return_factor = next((row.factor for row in service.speeds if row.purpose == "return"), 1.0)
    soonest_s, latest_s = (
        np.where(transported, _at_or(home_s["dest"], hospital, station, worst), _at(home_s["scene"], area, station))
        for worst in (home_s["dest"].min(axis=0), home_s["dest"].max(axis=0))
    )
    shared = {name for point in service.standby_points for name in point.home_stations}
    settled = np.array([row.id not in shared for row in service.stations] + [False])
    return _stood(
        rows.with_columns(
            station_s=_series(_at(to_scene.T, station, area)),
            transport_s=_series(np.where(transported, _at(to_hospital.T, area, hospital), np.nan)),
            soonest_s=_series(return_factor * soonest_s),
            latest_s=_series(return_factor * latest_s),
            settled=pl.Series(settled[station]),
        )
    ).drop("soonest_s", "latest_s", "settled")


def _stood(rows: pl.DataFrame) -> pl.DataFrame:
    """Column `stood`, from the unit's mission before."""
    ordered = rows.sort("unit", "alerted_at", "row_id", nulls_last=True)
    names = ("free_at", "cancelled", "soonest_s", "latest_s")
    free, cancelled, soonest, latest = (pl.col(name).shift(1).over("unit") for name in names)
    gap = pl.col("alerted_at") - free
    first = pl.col("unit").cum_count().over("unit") == 1
    at_home = pl.col("settled") & (first | (gap > LATE * latest + SETTLED_S))
    is_out = (gap >= 0.0) & (gap < EARLY * soonest) & ~cancelled
    stood = pl.when(is_out).then(pl.lit("out")).when(at_home).then(pl.lit("home")).otherwise(pl.lit(""))
    return ordered.with_columns(stood=stood).sort("incident", "alerted_at", "row_id", nulls_last=True)


def _destinations(study: Study, rows: pl.DataFrame, to_hospital: F8) -> NDArray[np.int64]:
    """Row of the hospital of each mission, -1 where it is not known."""
    number = {row.id: place for place, row in enumerate(study.service.hospitals)}
    names = lookup((row.id, row.name) for row in study.service.hospitals)
    words = {word: number.get(names.get(plain(word), ""), -1) for word in rows["destination"].unique()}
    named = np.array([words[word] for word in rows["destination"].to_list()], np.int64)
    chosen = _sure_choices(study, to_hospital)
    code = rows["urgency"].replace_strict(list(URGENCIES), [0, 1, 2], return_dtype=pl.Int64).to_numpy()
    silent = (rows["destination"] == "").to_numpy()
    return np.where(silent, chosen[rows["area"].to_numpy(), code], named)


def _sure_choices(study: Study, to_hospital: F8) -> NDArray[np.int64]:
    """Hospital that nearly all patients of an area and urgency go to, int64 [areas, 3]; -1 where there is none."""
    service = study.service
    number = {row.id: place for place, row in enumerate(service.hospitals)}
    few = {need.urgency for need in service.needs if need.hospital_origin_share <= FEW_TRANSFERS}
    sure = {
        (row.hospital_zone, row.urgency): [number[name] for name in row.hospitals]
        for row in service.hospital_choice
        if row.share >= SURE_CHOICE and row.urgency in few
    }
    chosen = np.full((len(service.areas), len(URGENCIES)), -1, np.int64)
    for place, area in enumerate(service.areas):
        for code, urgency in enumerate(URGENCIES):
            listed = sure.get((area.hospital_zone, urgency))
            if listed:
                chosen[place, code] = listed[int(to_hospital[listed, place].argmin())]
    return chosen


def _at(table: F8, row: NDArray[np.int64], column: NDArray[np.int64]) -> F8:
    """Cells of a table, nan where a row or column is not known."""
    found: F8 = np.where((row >= 0) & (column >= 0), table[row, column], np.nan)
    return found


def _at_or(table: F8, row: NDArray[np.int64], column: NDArray[np.int64], otherwise: F8) -> F8:
    """Cells of a table, those of `otherwise` where only the row is not known, nan where the column is not."""
    found: F8 = np.where(row >= 0, table[row, column], otherwise[column])
    return np.where(column >= 0, found, np.nan)


def _series(values: F8) -> pl.Series:
    return pl.Series(values).fill_nan(None)
