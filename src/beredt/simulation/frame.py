"""What an alternative is measured against: its areas, groups, targets, stations and units, as indicators read them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.demand.intensity import DAY_HOURS, HOUR_S, Period
from beredt.demand.population import people_by_area
from beredt.dispatch.world import F8, I4, World
from beredt.indicators.area_groups import study_groups, targets_of
from beredt.indicators.observed import Frame
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.duty import unit_shifts
from beredt.simulation.study_roads import Places, StudyRoads

B = NDArray[np.bool_]
I8 = NDArray[np.int64]


def frame_of(study: Study, service: Service, roads: StudyRoads, world: World, period: Period) -> Frame:
    """Lay out what the years of a service are counted by.

    Args:
        study: for people, groups and targets.
        service: today's, or an alternative's.
        roads: of the study.
        world: the service, packed.
        period: what is simulated.
    """
    settings = study.settings
    zone_of = [area.district or area.municipality for area in service.areas]
    zones = tuple(dict.fromkeys(sorted(zone_of)))
    municipalities = tuple(row.id for row in service.municipalities)
    group_ids, group_kinds, groups = study_groups(settings, service)
    centre_ids = tuple(row.id for row in service.centres)
    org_ids = tuple(row.id for row in service.organisations)
    local = settings.simultaneity
    area_local = groups[group_ids.index(local.group)] if local else np.zeros(len(service.areas), np.bool_)
    start_s = period.warmup_days * DAY_HOURS * HOUR_S
    return Frame(
        area_ids=tuple(area.id for area in service.areas),
        area_zone=_index(zone_of, zones),
        zone_ids=zones,
        area_municipality=_index([area.municipality for area in service.areas], municipalities),
        municipality_ids=municipalities,
        groups=groups,
        group_ids=group_ids,
        group_kinds=group_kinds,
        area_target_s=targets_of(settings, service),
        area_people=_people(study, service),
        area_centre=_index([area.centre for area in service.areas], centre_ids),
        area_org=_index([area.organisation for area in service.areas], org_ids),
        area_local=area_local,
        local_group=local.group if local else "",
        centre_ids=centre_ids,
        org_ids=org_ids,
        start_date=period.start,
        start_s=start_s,
        end_s=start_s + period.days * DAY_HOURS * HOUR_S,
        **_fleet_columns(study, service, roads, world, period, area_local),
    )


def frame_of_fleet(
    frame: Frame, study: Study, service: Service, roads: StudyRoads, world: World, period: Period
) -> Frame:
    """The frame of a service that differs from another only in its stations, units and rosters.

    Args:
        frame: of the other service.
        study: for its local stations.
        service: with the same areas, centres and organisations.
        roads: of the study.
        world: the service, packed.
        period: what is simulated.
    """
    return frame._replace(**_fleet_columns(study, service, roads, world, period, frame.area_local))


def _fleet_columns(
    study: Study, service: Service, roads: StudyRoads, world: World, period: Period, area_local: B
) -> dict[str, Any]:
    """The columns of a frame that depend on stations, units and rosters."""
    stations = {row.id: row for row in service.stations}
    kinds = {row.id: row for row in service.unit_kinds}
    kind_ids = tuple(kinds)
    org_ids = tuple(row.id for row in service.organisations)
    local = study.settings.simultaneity
    duty = _duty(service, period)
    trip_s = roads.trip_s(Places(world.base_node, world.base_leg), roads.areas(service.areas))
    home_area = trip_s.argmin(axis=0)[world.unit_station]
    municipality_ids = tuple(row.id for row in service.municipalities)
    return {
        "area_nearest_station": _nearest_station(trip_s, world),
        "unit_ids": tuple(unit.id for unit in service.units),
        "unit_station": world.unit_station,
        "station_ids": tuple(stations),
        "unit_kind": _index([unit.kind for unit in service.units], kind_ids),
        "kind_ids": kind_ids,
        "unit_centre": world.unit_centre,
        "unit_org": _index([stations[unit.station].organisation for unit in service.units], org_ids),
        "unit_local": _local_units(service, home_area, set(local.local_stations) if local else set(), area_local),
        "unit_municipality": _index([service.areas[one].municipality for one in home_area], municipality_ids),
        "unit_primary": np.array([kinds[unit.kind].ready for unit in service.units], np.bool_),
        "unit_stops_clock": np.array([kinds[unit.kind].stops_clock for unit in service.units], np.bool_),
        "duty_unit": duty[:, 0].astype(np.int32),
        "duty_on_t": duty[:, 1],
        "duty_off_t": duty[:, 2],
    }


def _people(study: Study, service: Service) -> F8:
    """People by area; a study of a call trace need not know them."""
    if study.trace is not None and study.population.is_empty():
        return np.zeros(len(service.areas))
    return people_by_area(service.areas, study.population, study.settings.study.year)


def _index(names: list[str], ids: tuple[str, ...]) -> I4:
    number = {name: i for i, name in enumerate(ids)}
    return np.array([number[name] for name in names], np.int32)


def _duty(service: Service, period: Period) -> F8:
    rows = [
        (unit, max(on, 0), min(off, period.end_s))
        for unit, shifts in enumerate(unit_shifts(service, period))
        for on, off in shifts
        if off > 0 and on < period.end_s
    ]
    return np.array(rows, np.float64).reshape(-1, 3)


def _local_units(service: Service, home_area: I8, named: set[str], area_local: B) -> B:
    """Units of the stations that the study names, and of stations an alternative opens in the local areas, bool[U].

    home_area: [U] the area that the home station is nearest to.
    """
    by_name = np.array([unit.station in named for unit in service.units], np.bool_)
    local: B = by_name | area_local[home_area]
    return local


def _nearest_station(trip_s: F8, world: World) -> I4:
    """The station with a patient-carrying unit on some roster that is nearest by car, int32[A]."""
    staffed = np.unique(world.unit_station[(world.unit_roles & 1) == 1])
    return staffed[trip_s[:, staffed].argmin(axis=1)].astype(np.int32)
