"""What a log is counted by: its places, units and days as a `Frame`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from beredt.demand.population import people_by_area
from beredt.errors import UnknownIdError
from beredt.indicators.area_groups import area_groups, places_in, study_groups, targets_of
from beredt.indicators.observed import NONE, Frame
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.duty import Duty
from beredt.indicators.observing.fleet import Fleet
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.roads.network import Network
from beredt.roads.reach import trip_minutes

EVERYWHERE = "everywhere"
"""Id of the one area of a log that names no municipality."""


@dataclass(frozen=True, slots=True)
class Local:
    """Whose simultaneity is counted: a group of areas by its id, and the stations whose units are its own."""

    group: str
    stations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """A areas of a log without a study: the municipalities and districts that it names, "" where it names none."""

    municipality: tuple[str, ...]
    district: tuple[str, ...]

    @property
    def area_ids(self) -> tuple[str, ...]:
        """Municipality and district, as far as there are any."""
        return tuple(area_name(*pair) for pair in zip(self.municipality, self.district, strict=True))


def area_name(municipality: str, district: str) -> str:
    """Id of the area that a log's municipality and district make."""
    return "/".join(name for name in (municipality, district) if name) or EVERYWHERE


def places_of_log(incidents: pl.LazyFrame) -> Places:
    """The municipalities and districts that a log names; one area where it names none."""
    words = ["municipality", "district"]
    seen = incidents.select(words).unique().collect(engine="streaming")
    pairs = sorted(set(seen.with_columns(pl.col(words).cast(pl.String).fill_null("")).iter_rows()))
    named = [pair for pair in pairs if any(pair)] or [("", "")]
    return Places(tuple(municipality for municipality, _ in named), tuple(district for _, district in named))


def ground_of_log(places: Places, days: ServiceDays) -> Frame:
    """A frame without units of what a log itself names; nobody says there what is aimed at, or who is responsible."""
    municipalities = tuple(sorted({name for name in places.municipality if name}))
    districts = tuple(sorted({name for name in places.district if name}))
    ids, kinds, groups = area_groups(places.municipality, places.district, {}, municipalities, districts)
    zones = [d or m or EVERYWHERE for m, d in zip(places.municipality, places.district, strict=True)]
    zone_ids = tuple(sorted(set(zones)))
    areas = len(zones)
    nowhere = np.full(areas, NONE, np.int32)
    return _without_units(days)._replace(
        area_ids=places.area_ids,
        area_zone=places_in(zones, zone_ids),
        zone_ids=zone_ids,
        area_municipality=places_in(places.municipality, municipalities),
        municipality_ids=municipalities,
        groups=groups,
        group_ids=ids,
        group_kinds=kinds,
        area_target_s=np.full((areas, len(URGENCIES)), np.inf),
        area_people=np.zeros(areas),
        area_nearest_station=nowhere,
        area_centre=nowhere,
        area_org=nowhere,
        area_local=np.zeros(areas, np.bool_),
    )


def ground_of_study(study: Study, days: ServiceDays) -> Frame:
    """A frame without units of a study's areas, with its groups, targets, stations, centres and organisations.

    After the study's areas comes one for each of its municipalities, `<municipality>/unplaced`: it holds incidents of
    which only the municipality is known.
    """
    service = study.service
    towns = tuple(row.id for row in service.municipalities)
    municipality = [area.municipality for area in service.areas]
    zones = [area.district or area.municipality for area in service.areas] + list(towns)
    zone_ids = tuple(sorted(set(zones)))
    centres, orgs = tuple(row.id for row in service.centres), tuple(row.id for row in service.organisations)
    ids, kinds, groups = study_groups(study.settings, service)
    one_of = np.array(municipality)[:, None] == np.array(towns)  # [A, M]
    whole = (groups[:, :, None] | ~one_of).all(axis=1) & one_of.any(axis=0)  # [G, M] the group has all of it
    target_s = targets_of(study.settings, service)
    first = np.where(one_of.any(axis=0), one_of.argmax(axis=0), NONE)
    people = np.zeros(len(municipality))
    if not study.population.is_empty():
        people = people_by_area(service.areas, study.population, study.settings.study.year)
    nobody = [""] * len(towns)
    return _without_units(days)._replace(
        area_ids=(*(area.id for area in service.areas), *(unplaced(town) for town in towns)),
        area_zone=places_in(zones, zone_ids),
        zone_ids=zone_ids,
        area_municipality=places_in([*municipality, *towns], towns),
        municipality_ids=towns,
        groups=np.hstack([groups, whole]),
        group_ids=ids,
        group_kinds=kinds,
        area_target_s=np.vstack([target_s, np.where(first[:, None] >= 0, target_s[first], np.inf)]),
        area_people=np.concatenate([people, np.zeros(len(towns))]),
        area_nearest_station=np.full(len(zones), NONE, np.int32),
        area_centre=places_in([*(area.centre for area in service.areas), *nobody], centres),
        area_org=places_in([*(area.organisation for area in service.areas), *nobody], orgs),
        area_local=np.zeros(len(zones), np.bool_),
        station_ids=tuple(station.id for station in service.stations),
        centre_ids=centres,
        org_ids=orgs,
    )


def unplaced(municipality: str) -> str:
    """Id of the area of incidents of which only the municipality is known."""
    return f"{municipality}/unplaced"


def local_of_study(study: Study) -> Local | None:
    """The local group of a study and its stations; None where the study counts no simultaneity."""
    local = study.settings.simultaneity
    return Local(local.group, tuple(local.local_stations)) if local else None


def with_fleet(ground: Frame, fleet: Fleet, duty: Duty, *, responders: bool, study: Study | None = None) -> Frame:
    """Lay the units of a log on its ground.

    Args:
        ground: as from `ground_of_log` or `ground_of_study`.
        fleet: the units.
        duty: when they were on duty.
        responders: whether single responders stop the clock.
        study: says which centre coordinates a station.
    """
    stations = _and_others(ground.station_ids, fleet.station)
    owners = _and_others(ground.org_ids, fleet.organisation)
    kinds = tuple(sorted(set(fleet.kind)))
    centre_of = {row.id: row.centre for row in study.service.stations} if study else {}
    return ground._replace(
        unit_ids=fleet.unit,
        unit_station=places_in(fleet.station, stations),
        station_ids=stations,
        unit_kind=places_in(fleet.kind, kinds),
        kind_ids=kinds,
        unit_centre=places_in([centre_of.get(station, "") for station in fleet.station], ground.centre_ids),
        unit_org=places_in(fleet.organisation, owners),
        org_ids=owners,
        unit_local=np.zeros(len(fleet.unit), np.bool_),
        unit_municipality=np.full(len(fleet.unit), NONE, np.int32),
        unit_primary=fleet.can_go_first(),
        unit_stops_clock=fleet.stops_clock(responders=responders),
        duty_unit=duty.unit,
        duty_on_t=duty.on_s,
        duty_off_t=duty.off_s,
    )


def with_local(frame: Frame, local: Local) -> Frame:
    """Say whose simultaneity is counted.

    Raises:
        UnknownIdError: there is no such group of areas, or no such station.
    """
    if local.group not in frame.group_ids:
        raise UnknownIdError("group of areas", local.group, frame.group_ids)
    for station in local.stations:
        if station not in frame.station_ids:
            raise UnknownIdError("station", station, frame.station_ids)
    own = np.isin(np.array(frame.station_ids), local.stations)
    return frame._replace(
        area_local=frame.groups[frame.group_ids.index(local.group)],
        local_group=local.group,
        unit_local=own[frame.unit_station],
    )


def with_nearest_stations(frame: Frame, study: Study, network: Network) -> Frame:
    """Say which station is nearest to each of the study's areas by car, of those that a unit of the log belongs to."""
    staffed = set(np.array(frame.station_ids)[np.unique(frame.unit_station[frame.unit_primary])].tolist())
    stations = [row.id for row in study.service.stations if row.id in staffed]
    areas = [area.id for area in study.service.areas]
    if not stations:
        return frame
    minutes = trip_minutes(network, [f"station:{one}" for one in stations], [f"area:{one}" for one in areas])
    nearest = np.full(len(frame.area_ids), NONE, np.int32)
    nearest[: len(areas)] = places_in(stations, frame.station_ids)[minutes.argmin(axis=0)]
    return frame._replace(area_nearest_station=nearest)


def _and_others(known: tuple[str, ...], seen: tuple[str, ...]) -> tuple[str, ...]:
    return (*known, *sorted(set(seen) - set(known)))


def _without_units(days: ServiceDays) -> Frame:
    """Nothing but the days."""
    number, yes, seconds = np.zeros(0, np.int32), np.zeros(0, np.bool_), np.zeros(0)
    return Frame(
        area_ids=(),
        area_zone=number,
        zone_ids=(),
        area_municipality=number,
        municipality_ids=(),
        groups=np.zeros((0, 0), np.bool_),
        group_ids=(),
        group_kinds=(),
        area_target_s=np.zeros((0, len(URGENCIES))),
        area_people=seconds,
        area_nearest_station=number,
        area_centre=number,
        area_org=number,
        area_local=yes,
        local_group="",
        unit_ids=(),
        unit_station=number,
        station_ids=(),
        unit_kind=number,
        kind_ids=(),
        unit_centre=number,
        centre_ids=(),
        unit_org=number,
        org_ids=(),
        unit_local=yes,
        unit_municipality=number,
        unit_primary=yes,
        unit_stops_clock=yes,
        duty_unit=number,
        duty_on_t=seconds,
        duty_off_t=seconds,
        start_date=days.start,
        start_s=0.0,
        end_s=days.end_s,
    )
