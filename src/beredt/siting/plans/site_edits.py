"""Open sites as edits of a service: stations moved, opened and closed, with the units that stand there.

* A station that is given up **moves** to the nearest new place of the same organisation and centre, if one lies within
  10 km; its units move along.
* Any other station that is given up is **closed**, its units move to the nearest station that is open.
* Any other new place is **opened**. Where no units come along, it gets one ambulance round the clock.

Models of stations say no more. Models of units say how many stand where, and in which part of the week: there, every
station gets exactly the units of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from math import cos, hypot, radians

from beredt.model.edits.close_standby_point import CloseStandbyPoint
from beredt.model.edits.close_station import CloseStation
from beredt.model.edits.edit import Edit
from beredt.model.edits.move_station import MoveStation
from beredt.model.edits.move_unit import MoveUnit
from beredt.model.edits.open_station import OpenStation
from beredt.model.service import Service
from beredt.model.station import Station
from beredt.siting.plans.fleet_edits import Duty, fleet_edits
from beredt.siting.plans.hours_on_duty import ALL_DAY, shifts_of_hours
from beredt.siting.study.sites import KM_PER_DEGREE, StudySite
from beredt.siting.study.week_parts import WeekPart

MOVES_WITHIN_KM = 10.0
DIGITS = 6
"""Of degrees: a tenth of a metre."""


def site_edits(
    service: Service,
    sites: Sequence[StudySite],
    chosen: Mapping[str, int],
    *,
    by_part: Mapping[str, Mapping[str, int]] | None = None,
    parts: Sequence[WeekPart] = (),
    names: Mapping[str, str] | None = None,
) -> tuple[Edit, ...]:
    """Edits that make a service have the open sites of an answer; none where no site is open, which is no service.

    Args:
        service: that was asked about.
        sites: of the problem.
        chosen: units by open site.
        by_part: of models of units: units by part of the week and site; None for models of stations.
        parts: of the week, for `by_part`.
        names: what new stations are called, by site [default: the names of the sites].

    Raises:
        SitingError: no kind of unit can go first and transport.
    """
    if not any(chosen.values()):
        return ()
    known = {station.id for station in service.stations}
    new = [site for site in sites if chosen.get(site.id) and site.id not in known]
    given_up = [station for station in service.stations if _is_given_up(station, sites, chosen)]
    pairs = _pairs(given_up, new)
    edits: list[Edit] = [
        MoveStation(station=station, lat=round(site.lat, DIGITS), lon=round(site.lon, DIGITS))
        for station, site in pairs.items()
    ]
    called = {site.id: station for station, site in pairs.items()}  # site → id of its station
    for site in new:
        if site.id not in called:
            called[site.id] = _free_id(site, known | set(called.values()))
            edits.append(_opened(site, called[site.id], (names or {}).get(site.id, site.name)))
    is_open = {called.get(site, site) for site, units in chosen.items() if units}
    moved = _after(service, edits)
    edits += _closing(moved, {station.id for station in given_up} - pairs.keys(), is_open)
    after = _after(service, edits)
    if by_part is None:
        staffed = {unit.station for unit in after.units}
        return (*edits, *fleet_edits(after, {name: [ALL_DAY] for name in sorted(is_open - staffed)}))
    wanted = {called.get(site, site): _duties(by_part, parts, site) for site, units in chosen.items() if units}
    return (*edits, *fleet_edits(after, wanted))


def _duties(by_part: Mapping[str, Mapping[str, int]], parts: Sequence[WeekPart], site: str) -> list[Duty]:
    """Shifts of every unit of a site: the n-th is on duty in all parts that have n units or more."""
    most = max((units.get(site, 0) for units in by_part.values()), default=0)
    return [
        shifts_of_hours(
            hour for part in parts if by_part.get(part.id, {}).get(site, 0) >= number for hour in part.hours
        )
        for number in range(1, most + 1)
    ]


def _is_given_up(station: Station, sites: Sequence[StudySite], chosen: Mapping[str, int]) -> bool:
    return not chosen.get(station.id) and any(site.id == station.id and site.existing for site in sites)


def _pairs(given_up: Sequence[Station], new: Sequence[StudySite]) -> dict[str, StudySite]:
    """Which station moves to which new place: the nearest pairs first."""
    near = sorted(
        (distance_km(station, site), station.id, number)
        for station in given_up
        for number, site in enumerate(new)
        if (station.organisation, station.centre) == (site.organisation, site.centre)
        and distance_km(station, site) <= MOVES_WITHIN_KM
    )
    found: dict[str, StudySite] = {}
    for _, station_id, number in near:
        if station_id not in found and new[number] not in found.values():
            found[station_id] = new[number]
    return found


def distance_km(one: Station | StudySite, other: Station | StudySite) -> float:
    """Kilometres as the crow flies."""
    east = (one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2.0))
    return KM_PER_DEGREE * hypot(one.lat - other.lat, east)


def _opened(site: StudySite, name: str, title: str) -> Edit:
    return OpenStation(
        id=name,
        name=title,
        lat=round(site.lat, DIGITS),
        lon=round(site.lon, DIGITS),
        organisation=site.organisation,
        centre=site.centre,
    )


def _closing(service: Service, closed: Set[str], is_open: Set[str]) -> list[Edit]:
    """Units move to the nearest station that is open, points that would have no home are closed, then the stations."""
    edits: list[Edit] = [
        CloseStandbyPoint(standby_point=point.id)
        for point in service.standby_points
        if set(point.home_stations) <= closed
    ]
    for station in service.stations:
        if station.id in closed:
            near = [one for one in service.stations if one.id in is_open]
            nearest = min(near, key=lambda one, here=station: distance_km(here, one))  # type: ignore[misc]
            edits += [
                MoveUnit(unit=unit.id, station=nearest.id) for unit in service.units if unit.station == station.id
            ]
    return edits + [CloseStation(station=station) for station in sorted(closed)]


def _after(service: Service, edits: Sequence[Edit]) -> Service:
    for edit in edits:
        service = edit.apply(service)
    return service


def _free_id(site: StudySite, taken: set[str]) -> str:
    """An id of a station for a site such as `standby:bekkestua` or `area:5932`."""
    kind, parted, rest = site.id.rpartition(":")
    bare = f"new-{rest}" if parted and kind == "area" else rest
    plain = re.sub(r"[^a-z0-9_-]+", "-", bare.lower()).strip("-_") or "new"
    return next(one for one in (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)
