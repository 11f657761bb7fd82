"""Where units may stand in a study: its stations and standby points, places of a file, squares of a lattice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from beredt.errors import OptionError
from beredt.model.alternative import Alternative
from beredt.model.area import Area
from beredt.model.edits.open_station import OpenStation
from beredt.model.service import Service
from beredt.model.station import Station
from beredt.model.study import Study
from beredt.simulation.study_roads import Places, StudyRoads
from beredt.siting.problem import CLOSED, FREE, OPEN
from beredt.siting.study.candidate_file import Candidate

F8 = NDArray[np.float64]

KM_PER_DEGREE = 111.195
"""One degree of latitude on a sphere of 6,371 km."""


@dataclass(frozen=True, slots=True)
class StudySite:
    """A place where units may stand.

    `id`: as the siting problem has it. `name`: for people. `lat`, `lon`: degrees. `centre`, `organisation`: who would
    own it. `existing`: whether it is a station of today. `locked`: 1, 0 or −1, see `problem.SitingProblem`. The costs
    and `capacity` are None where nothing special holds for the place.
    """

    id: str
    name: str
    lat: float
    lon: float
    centre: str
    organisation: str
    existing: bool = False
    locked: int = FREE
    opening_cost: float | None = None
    unit_cost: float | None = None
    moving_cost: float | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StudySites:
    """Sites in the order of the problem, and where they join the road."""

    rows: tuple[StudySite, ...]
    places: Places


def with_candidates(study: Study, candidates: Sequence[Candidate]) -> Study:
    """The study with an alternative more that opens stations at the candidates, so that its roads reach them.

    Roads are made as they would be if somebody wrote such an alternative.
    """
    stations = {row.id for row in study.service.stations}
    edits = tuple(
        OpenStation(id=one.id, name=one.id, lat=one.lat, lon=one.lon, organisation="", centre="")
        for one in candidates
        if one.id not in stations and one.lat is not None and one.lon is not None
    )
    if not edits:
        return study
    extra = Alternative("candidates", {}, {}, edits, {}, "")
    return replace(study, alternatives=(*study.alternatives, extra))


def sites_of(
    service: Service,
    roads: StudyRoads,
    calls: F8,
    *,
    candidates: Sequence[Candidate] = (),
    only_candidates: bool = False,
    lattice_km: float | None = None,
) -> StudySites:
    """All sites: stations as `ID`, places of the file as theirs, standby points as `standby:ID`, the lattice's as
    `area:ID`.

    Args:
        service: whose stations and areas; stations that have a unit are of today.
        roads: of the study with its candidates, see :func:`with_candidates`.
        calls: (N,) a year; the lattice looks for the busiest areas.
        candidates: rows of a file.
        only_candidates: whether the study's own places count only where the file names them.
        lattice_km: side of the squares, above 0; None for no lattice.

    Raises:
        OptionError: no site at all, or a lattice without a side.
        UnknownIdError: a place that the roads do not know.
    """
    by_id = {one.id: one for one in candidates}
    rows: list[StudySite] = []
    places: list[Places] = []
    staffed = {unit.station for unit in service.units}
    for station in service.stations:
        if only_candidates and station.id not in by_id:
            continue
        there = StudySite(
            station.id, station.name, station.lat, station.lon, station.centre, station.organisation,
            existing=station.id in staffed,
        )  # fmt: skip
        rows.append(_changed(there, by_id.get(station.id)))
        places.append(roads.sites("station", [station]))
    known = {station.id for station in service.stations}
    for one in candidates:
        if one.id not in known:
            site = _new_site(one, service.areas)
            rows.append(site)
            places.append(roads.sites("station", [_as_station(site)]))
    if not only_candidates:
        for point in service.standby_points:
            near = _nearest_area(point.lat, point.lon, service.areas)
            rows.append(
                StudySite(f"standby:{point.id}", point.name, point.lat, point.lon, point.centre, near.organisation)
            )
            places.append(roads.sites("standby", [point]))
    for area in _lattice(service.areas, calls, lattice_km):
        rows.append(StudySite(f"area:{area.id}", area.id, area.lat, area.lon, area.centre, area.organisation))
        places.append(roads.areas([area]))
    if not rows:
        raise OptionError("--candidates", "not given", "there is no site", "give a file of candidates or a lattice")
    node = np.concatenate([each.node for each in places]).astype(np.int32)
    return StudySites(tuple(rows), Places(node, np.concatenate([each.leg for each in places])))


def busiest_of_squares(areas: Sequence[Area], calls: F8, side_km: float) -> list[int]:
    """The area with most calls in each square of a lattice, by number of the area.

    Squares are counted from the south-western corner of the areas, in kilometres on a plane that touches the middle.

    Args:
        areas: with places in degrees.
        calls: [areas] a year.
        side_km: of the squares, above 0.

    Returns:
        Numbers of areas with calls, ascending.
    """
    lat, lon = np.array([area.lat for area in areas]), np.array([area.lon for area in areas])
    north = (lat - lat.min()) * KM_PER_DEGREE
    east = (lon - lon.min()) * KM_PER_DEGREE * cos(radians(float(lat.mean())))
    square = np.stack([np.floor(north / side_km), np.floor(east / side_km)], axis=1).astype(np.int64)
    busiest: dict[tuple[int, ...], int] = {}
    for number in range(len(areas)):
        key = tuple(int(part) for part in square[number])
        if calls[number] > 0.0 and (key not in busiest or calls[number] > calls[busiest[key]]):
            busiest[key] = number
    return sorted(busiest.values())


def _lattice(areas: Sequence[Area], calls: F8, side_km: float | None) -> list[Area]:
    if side_km is None:
        return []
    if not side_km > 0.0:
        raise OptionError("--lattice-km", str(side_km), "squares have a side", "give kilometres above 0")
    return [areas[number] for number in busiest_of_squares(areas, calls, side_km)]


_LOCKS: Mapping[str, int] = {"open": OPEN, "closed": CLOSED, "new": FREE, "existing": FREE}


def _changed(site: StudySite, row: Candidate | None) -> StudySite:
    """A site of the study as a row of the file changes it."""
    if row is None:
        return site
    status = row.status
    return replace(
        site,
        name=row.name or site.name,
        centre=row.centre or site.centre,
        organisation=row.organisation or site.organisation,
        existing=site.existing if status in (None, "open", "closed") else status == "existing",
        locked=FREE if status is None else _LOCKS[status],
        opening_cost=row.opening_cost,
        unit_cost=row.unit_cost,
        moving_cost=row.moving_cost,
        capacity=row.capacity,
    )


def _new_site(row: Candidate, areas: Sequence[Area]) -> StudySite:
    assert row.lat is not None
    assert row.lon is not None
    near = _nearest_area(row.lat, row.lon, areas)
    bare = StudySite(row.id, row.name or row.id, row.lat, row.lon, near.centre, near.organisation)
    return _changed(bare, row)


def _nearest_area(lat: float, lon: float, areas: Sequence[Area]) -> Area:
    wide = cos(radians(lat))
    return min(areas, key=lambda area: (area.lat - lat) ** 2 + ((area.lon - lon) * wide) ** 2)


def _as_station(site: StudySite) -> Station:
    return Station(site.id, site.name, site.lat, site.lon, site.organisation, site.centre, "assumed")
