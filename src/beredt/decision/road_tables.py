"""Tables about the roads of a study: where they come from, how they are driven, what is reached and planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from beredt.decision.frames import Cell, result_frame
from beredt.decision.group_measures import F8
from beredt.decision.reach_facts import MINUTES
from beredt.demand.population import people_by_area
from beredt.model.alternative import TODAY
from beredt.model.edits.apply import apply_edits
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.imported.folder import load_roads
from beredt.roads.imported.road_class import ROAD_CLASSES
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.networks import Networks
from beredt.roads.speeds.arc_times import arc_kmh
from beredt.roads.speeds.speed_table import load_speeds
from beredt.simulation.study_roads import TableRoads

Line = Mapping[str, Cell]

PERIOD = "day"
ACUTE = "A"
MAIN, LOCAL = "main", "local"


def road_tables(study: Study, networks: Networks, services: Mapping[str, Service]) -> dict[str, pl.DataFrame]:
    """Tables `roads_source`, `roads_speeds`, `roads_reach` and `road_projects`.

    Args:
        study: on links of its own or on roads of a map.
        networks: of the services.
        services: finished service by alternative id, today among them.
    """
    roads = None
    source: Iterator[Line] = _own_source(study)
    if study.road_map is not None:
        imported = load_roads(study.folder)
        roads, source = imported.roads, _map_source(imported.about)
    speeds = _own_speeds(study) if roads is None else _map_speeds(roads)
    return {
        "roads_source": result_frame("roads_source", source),
        "roads_speeds": result_frame("roads_speeds", speeds),
        "roads_reach": result_frame("roads_reach", _reach(study, networks, services)),
        "road_projects": result_frame("road_projects", _projects(study, services)),
    }


def _item(item: str, name: str = "", value: float | None = None, text: str | None = None) -> Line:
    return {"item": item, "name": name, "value": value, "text": text}


def _own_source(study: Study) -> Iterator[Line]:
    links = study.service.links
    yield _item("form", text="links")
    yield _item("roads", "links", float(len(links)))
    yield _item("roads", "km", sum(link.km for link in links))


def _map_source(about: Mapping[str, object]) -> Iterator[Line]:
    yield _item("form", text="map")
    for item in ("file", "licence", "country", "profile"):
        yield _item(item, text=str(about[item]))
    roads, segments = about["roads"], about["segments"]
    assert isinstance(roads, Mapping)
    assert isinstance(segments, Mapping)
    for name in ("km", "turn_bans", "share_of_limits_guessed"):
        yield _item("roads", name, float(roads[name]))
    for name in ("read", "used"):
        yield _item("segments", name, float(segments[name]))
    for name in ("left_out", "remarks"):
        for reason, count in segments[name].items():
            yield _item("reason", f"{name}:{reason}", float(count))


def _own_speeds(study: Study) -> Iterator[Line]:
    """Main roads together, then local roads by how densely people live around them."""
    links, local = study.service.links, study.settings.travel.local
    roads: list[tuple[str, float | None, float | None, float | None, float]] = []
    if links:
        km = sum(link.km for link in links)
        roads.append((MAIN, None, None, km, km / sum(link.minutes * link.factor for link in links) * 60.0))
    steps = [None, *local.density_steps, None]
    for number, pace in enumerate(local.pace_min_per_km):
        roads.append((f"{LOCAL}_{number}", steps[number], steps[number + 1], None, 60.0 / pace))
    for road, low, high, length, kmh in roads:
        for speed in study.service.speeds:
            yield _speed(road, speed.purpose, low, high, length, kmh, kmh / speed.factor)


def _map_speeds(roads: RoadMap) -> Iterator[Line]:
    """Means over the kilometres of every class: of limits, and of speeds as time needs them (harmonic)."""
    speeds = load_speeds()
    metres = (roads.arc_m * roads.one_of_two()).astype(np.float64)
    km = np.bincount(roads.arc_class, metres, minlength=len(ROAD_CLASSES)) / 1000.0
    limit = np.bincount(roads.arc_class, metres * roads.arc_kmh, minlength=len(ROAD_CLASSES)) / 1000.0
    for purpose in speeds.purposes:
        hours = metres / 1000.0 / arc_kmh(roads, speeds, purpose, PERIOD)
        taken = np.bincount(roads.arc_class, hours, minlength=len(ROAD_CLASSES))
        for number in np.flatnonzero(km).tolist():
            mean_limit, mean = float(limit[number] / km[number]), float(km[number] / taken[number])
            yield _speed(ROAD_CLASSES[number], purpose, None, None, float(km[number]), mean_limit, mean)


def _speed(
    road: str, purpose: str, low: float | None, high: float | None, km: float | None, limit: float, kmh: float
) -> Line:
    return {
        "road": road, "purpose": purpose, "people_from": low, "people_to": high, "km": km, "limit_kmh": limit,
        "kmh": kmh,
    }  # fmt: skip


def _reach(study: Study, networks: Networks, services: Mapping[str, Service]) -> Iterator[Line]:
    """Reach of every station that has a unit, and of all of them together; of today and where roads are changed."""
    people = people_by_area(study.service.areas, study.population, study.settings.study.year)
    size_km2 = np.array([area.size_m**2 / 1e6 for area in study.service.areas])
    for name, service in services.items():
        if name != TODAY and not networks.state_of(service):
            continue
        minutes = _minutes(networks, service)
        best = np.min(list(minutes.values()), axis=0) if minutes else np.full(len(people), np.inf)
        for station, needed in {**minutes, "": best}.items():
            for limit in MINUTES:
                reached = needed <= limit
                count = float(people[reached].sum())
                yield {
                    "alternative": name, "station": station, "minutes": float(limit), "people": count,
                    "share": count / float(people.sum()) if people.sum() > 0 else None,
                    "km2": float(size_km2[reached].sum()),
                }  # fmt: skip


def _minutes(networks: Networks, service: Service) -> dict[str, F8]:
    """Minutes of acute driving from each station with a unit to every area, by station."""
    roads = TableRoads(networks.of(service), state=networks.state_of(service))
    factor = next((speed.factor for speed in service.speeds if speed.purpose == ACUTE), 1.0)
    staffed = {unit.station for unit in service.units}
    stations = [station for station in service.stations if station.id in staffed]
    if not stations:
        return {}
    trips = roads.trip_s(roads.sites("station", stations), roads.areas(service.areas)) * factor / 60.0
    return {station.id: trips[:, number] for number, station in enumerate(stations)}


def _projects(study: Study, services: Mapping[str, Service]) -> Iterator[Line]:
    year = study.settings.study.year
    for alternative in study.alternatives:
        if alternative.id not in services:
            continue
        service = study.service
        for number, edit in enumerate(alternative.edits, 1):
            before, service = len(service.road_changes), apply_edits(service, [edit], alternative.file)
            for change in service.road_changes[before:]:
                given = edit.given()
                ends = [str(given[key]) for key in ("from_place", "to_place") if key in given]
                lines = given.get("lines", ())
                named = given.get("name") or "–".join(ends) or ", ".join(lines if isinstance(lines, tuple) else ())
                kmh, until = given.get("kmh"), given.get("until")
                yield {
                    "alternative": alternative.id, "number": number, "kind": edit.kind, "road": str(named),
                    "kmh": float(kmh) if isinstance(kmh, int | float) else None, "year": change.year,
                    "until": until if isinstance(until, int) else None, "holds": change.holds_in(year),
                }  # fmt: skip
