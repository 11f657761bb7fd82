"""What truly happened in a simulated year, as rows of a log: one per unit that was sent, and per incident without."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from beredt.indicators.observed import Frame, Year
from beredt.missions.checks.local_clock import changes_between, to_local, to_utc
from beredt.missions.checks.sheet import time_series
from beredt.missions.checks.stamps import NO_TIME
from beredt.missions.coordinates import from_degrees
from beredt.model.age_rate import AgeRate
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.roads.flat import flat_km

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

ZONE = "Europe/Oslo"
CRS = "EPSG:25833"

PLANNED_SHARE = 0.47
"""Share of ordinary missions that were planned ahead (V2) in Oslo and Akershus in 2018: 14,312 of 30,513."""

_METRES_PER_DEGREE = 111_195.0
_OLDEST = 100


class Draws(NamedTuple):
    """What the simulation does not know and an export shows, one number in [0, 1) per incident. I incidents."""

    east: F8  # [I] where in its area
    north: F8  # [I]
    planned: F8  # [I]
    age: F8  # [I]


def draw(incidents: int, seed: int, replication: int) -> Draws:
    """Draw for as many incidents."""
    random = np.random.Generator(np.random.Philox(key=np.array([seed, replication], np.uint64)))
    return Draws(*random.random((4, incidents)))


def true_rows(study: Study, service: Service, frame: Frame, year: Year, draws: Draws) -> pl.DataFrame:
    """Lay out the missions of the period that counts.

    Args:
        study: for ages.
        service: that was simulated.
        frame: of the service.
        year: what happened.
        draws: one of each kind per incident of the year.

    Returns:
        Rows by (call_t, incident, alerted_t, unit). `incident` is the number in the year; stamps are what a clock in
        Norway shows, whole seconds, without a zone; `cancelled` are units that were taken off on their way; a unit
        that transported nobody has no `dest_t`. `x`, `y` are metres (EPSG:25833) somewhere in the incident's area,
        the same for its units. Incidents under way in an hour in which clocks are moved are left out: simulated days
        all have 24 hours.
    """
    calls, sent = year.incidents, year.missions
    call_t, end_t = calls.call_t, _ends(year)
    clock = _WallClock(frame)
    counted = (call_t >= frame.start_s) & (call_t < frame.end_s) & ~clock.is_moved_during(call_t, end_t)
    alone = np.setdiff1d(np.arange(len(call_t)), sent.incident)
    mission = np.concatenate([np.arange(len(sent.incident)), np.full(len(alone), -1)])
    incident = np.concatenate([sent.incident.astype(np.int64), alone])
    kept = counted[incident]
    mission, incident = mission[kept], incident[kept]
    stamps = {name: _of(getattr(sent, column), mission) for name, column in _STAMPS.items()}
    stamps |= {"call_t": call_t[incident], "created_t": np.fmin(calls.ready_t[incident], stamps["alerted_t"])}
    rode = stamps["dest_t"] > stamps["leave_t"]
    stamps["dest_t"] = np.where(rode, stamps["dest_t"], np.nan)
    area, unit = calls.area[incident], np.append(sent.unit, -1)[mission]
    x, y = _scenes(service, calls.area, draws)
    rows = pl.DataFrame(
        {
            "incident": incident,
            **_words(service, frame, area, unit),
            "tettsted": pl.Series(tettsteder(study, service)).gather(area),
            "urgency": np.array(URGENCIES)[calls.urgency[incident]],
            "planned": (draws.planned < PLANNED_SHARE)[incident],
            **{name: clock.shown(times, call_t[incident]) for name, times in stamps.items()},
            "cancelled": _of(sent.diverted, mission) == 1,
            "x": x[incident],
            "y": y[incident],
            "age": _ages(study, service, draws)[incident],
            "km": np.round(_of(sent.drive_km, mission) + _of(sent.transport_km, mission), 1),
        }
    ).with_columns(pl.col("km").fill_nan(None))
    return rows.sort("call_t", "incident", "alerted_t", "unit")


_STAMPS = {
    "alerted_t": "assign_t",
    "rolling_t": "roll_t",
    "scene_t": "scene_t",
    "leave_t": "leave_t",
    "dest_t": "dest_t",
    "free_t": "free_t",
}
"""Stamps of a unit, and where a year of service has them."""


class _WallClock:
    """From simulated seconds to what a clock on the wall shows."""

    def __init__(self, frame: Frame) -> None:
        start = frame.start_date
        self.zero_ms = _ms(datetime(start.year, start.month, start.day)) - round(frame.start_s * 1000)
        changes = changes_between(ZONE, self.zero_ms, self.zero_ms + round(frame.end_s * 1000))
        self.moved = [
            (at + min(before, after), at + max(before, after)) for at, before, after in zip(*changes, strict=True)
        ]

    def is_moved_during(self, begin_t: F8, end_t: F8) -> B:
        """Whether a clock is moved between two simulated times, or nearly."""
        found = np.zeros(len(begin_t), np.bool_)
        for first, last in self.moved:
            found |= (self._local(begin_t) <= last) & (self._local(end_t) >= first)
        return found

    def shown(self, times: F8, call_t: F8) -> pl.Series:
        """Stamps of incidents that were called for at `call_t`: their distance from the call is as simulated."""
        known = np.isfinite(times)
        call = to_utc(self._local(call_t), ZONE).utc
        since = np.rint((np.where(known, times, call_t) - call_t) * 1000).astype(np.int64)
        shown = to_local(call + since, ZONE) // 1000 * 1000
        return time_series(np.where(known, shown, NO_TIME), pl.Datetime("ms"))

    def _local(self, times: F8) -> I8:
        local: I8 = self.zero_ms + np.rint(times * 1000).astype(np.int64)
        return local


def _ends(year: Year) -> F8:
    """When the last unit of each incident is free, float64[I]; its call where it has none."""
    end_t = year.incidents.call_t.copy()
    free_t = year.missions.free_t
    np.maximum.at(end_t, year.missions.incident, np.where(np.isfinite(free_t), free_t, 0.0))
    return end_t


def _of(column: NDArray[Any], mission: I8) -> F8:
    """Values of missions, nan where a row has none."""
    return np.append(column.astype(np.float64), np.nan)[mission]


def _words(service: Service, frame: Frame, area: NDArray[np.int32], unit: I8) -> dict[str, pl.Series]:
    """Names of unit, kind, station, owner, municipality and district; "" where there is nothing to name."""
    station_name = {one.id: one.name for one in service.stations}
    owner_name = {one.id: one.name for one in service.organisations}
    municipality_name = {one.id: one.name for one in service.municipalities}
    district_name = {one.id: one.name for one in service.districts}
    stations = [station_name[name] for name in frame.station_ids]
    places = [service.areas[number] for number in range(len(service.areas))]
    units = {
        "unit": list(frame.unit_ids),
        "kind": [frame.kind_ids[kind] for kind in frame.unit_kind],
        "station": [stations[number] for number in frame.unit_station],
        "organisation": [owner_name[frame.org_ids[number]] for number in frame.unit_org],
    }
    areas = {
        "municipality": [municipality_name[place.municipality] for place in places],
        "district": [district_name.get(place.district or "", "") for place in places],
    }
    last = {name: pl.Series([*words, ""]).gather(unit) for name, words in units.items()}
    return last | {name: pl.Series(words).gather(area) for name, words in areas.items()}


def tettsteder(study: Study, service: Service) -> list[str]:
    """A name for each area that is urban, "" for the others: the nearest named place of the study.

    A stand-in: a study knows where it is built-up, but not how Statistics Norway names it.
    """
    if study.places.is_empty():
        return [""] * len(service.areas)
    around = (float(study.places["lat"].mean()), float(study.places["lon"].mean()))  # type: ignore[arg-type]
    places = flat_km(study.places["lat"].to_numpy(), study.places["lon"].to_numpy(), around)
    lat, lon = np.array([one.lat for one in service.areas]), np.array([one.lon for one in service.areas])
    nearest: I8 = np.asarray(cKDTree(places).query(flat_km(lat, lon, around))[1], np.int64)
    names = study.places["name"].to_list()
    return [names[row] if one.urban else "" for one, row in zip(service.areas, nearest.tolist(), strict=True)]


def _scenes(service: Service, area: NDArray[np.int32], draws: Draws) -> tuple[F8, F8]:
    """Positions of incidents: anywhere in the square around the middle of their area, to the centimetre."""
    size = np.array([one.size_m for one in service.areas], np.float64)[area]
    lat = np.array([one.lat for one in service.areas])[area]
    lon = np.array([one.lon for one in service.areas])[area]
    x, y = from_degrees(lat, lon, CRS)
    return np.round(x + (draws.east - 0.5) * size, 2), np.round(y + (draws.north - 0.5) * size, 2)


def _ages(study: Study, service: Service, draws: Draws) -> I8:
    """Ages of patients: bands by the people of the study and the rates by age, evenly within a band."""
    bands = [_band(rate) for rate in service.age_rates] or [(0, _OLDEST)]
    share = (
        dict(study.age_shares.group_by("age_band").agg(pl.col("share").sum()).iter_rows()) if service.age_rates else {}
    )
    weight = np.array([rate.relative * share.get(rate.age_band, 0.0) for rate in service.age_rates] or [1.0])
    bounds = np.concatenate([[0.0], np.cumsum(weight) / weight.sum()])
    band = np.minimum(np.searchsorted(bounds, draws.age, side="right") - 1, len(bands) - 1)
    within = (draws.age - bounds[band]) / np.diff(bounds)[band]
    first, end = np.array([one[0] for one in bands])[band], np.array([one[1] for one in bands])[band]
    ages: I8 = (first + within * (end - first)).astype(np.int64)
    return ages


def _band(rate: AgeRate) -> tuple[int, int]:
    """First age of a band, and the first after it."""
    text = rate.age_band
    if text.endswith("+"):
        return int(text[:-1]), max(_OLDEST, int(text[:-1]) + 1)
    first, last = text.split("-")
    return int(first), int(last) + 1


def _ms(moment: datetime) -> int:
    return int((moment - datetime(1970, 1, 1)).total_seconds()) * 1000
