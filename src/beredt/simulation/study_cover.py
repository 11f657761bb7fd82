"""What the stations of a service cover, as its study says: over a road graph, or by the times of a table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.coverage.cover_sets import CoverSets
from beredt.demand.generate import Demand
from beredt.demand.intensity import DAY_HOURS, Period
from beredt.demand.weighed_calls import is_weighed_by_presence, weighed_calls
from beredt.dispatch.world import F8
from beredt.errors import StudyError
from beredt.model.issue import Issue
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import urgency_code
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.network import Network
from beredt.roads.sites import Site, site_index
from beredt.simulation.road_cover import Places, cover_classes, road_sets
from beredt.simulation.table_cover import daily_incidents, driving_s, table_sets


def road_study_sets(study: Study, service: Service, graph: RoadGraph, times: float = 1.0) -> CoverSets:
    """What stations cover of a study on a road graph: its demand points, by its cover times.

    Modes of travel are those in use at the beginning of the study; an urgency without a cover time counts for nothing.

    Args:
        study: with `demand_points`, `cover` and `travel_periods`.
        service: today's, or an alternative's. Base b is station b.
        graph: the study's roads.
        times: so many times the seconds of driving are allowed, > 0.

    Raises:
        StudyError: without demand points or cover times, since nothing says then what is to be covered.
    """
    _require_demand(study)
    mode_of = study.travel_periods[0].mode_of
    classes = cover_classes(
        [graph.mode_ids.index(mode_of[row.urgency]) for row in study.cover],
        [row.cover_s * times for row in study.cover],
        [row.rate_per_day for row in study.cover],
    )
    stations = Places(np.array([s.lon for s in service.stations]), np.array([s.lat for s in service.stations]))
    points = Places(study.demand_points["lon"].to_numpy(), study.demand_points["lat"].to_numpy())
    return road_sets(graph, stations, points, study.demand_points["people"].to_numpy(), classes)


def table_study_sets(
    study: Study,
    service: Service,
    network: Network,
    demand: Demand,
    period: Period,
    target_s: F8,
    times: float = 1.0,
) -> CoverSets:
    """What stations cover of a study with a table of times: its areas, each with the incidents expected there.

    Incidents of a mean day: of those who live there, or of those who are there (`demand.weighed_by`).

    An urgency with a cover time has that; for others it is what the target leaves for driving, see `driving_s`.

    Args:
        study: its cover times, if it has any.
        service: today's, or an alternative's. Base b is station b.
        network: of the study.
        demand: that the service meets.
        period: what is simulated.
        target_s: (A, 3) response time to be kept, by area and urgency; infinite where there is none.
        times: so many times the seconds of driving are allowed, > 0.
    """
    cover_s = driving_s(target_s, service.intervals)
    for row in study.cover:
        cover_s[:, urgency_code(row.urgency)] = row.cover_s
    cover_s *= times
    speed = {row.purpose: row.factor for row in service.speeds}
    if is_weighed_by_presence(study):
        per_day = weighed_calls(study, service).mean(axis=2) * DAY_HOURS
    else:
        per_day = daily_incidents(demand, len(service.areas), period)
    return table_sets(
        network,
        np.array([site_index(network, Site("station", s.id, s.lat, s.lon)) for s in service.stations], np.int32),
        np.array([network.index_of(f"area:{area.id}") for area in service.areas], np.int32),
        per_day,
        np.array([speed[urgency] for urgency in ("A", "H", "V")]),
        cover_s,
    )


def offered_stations(service: Service) -> NDArray[np.bool_]:
    """Whether a freed unit may be sent to each station: all of them, or those of the one centre that relocates."""
    only = service.relocation.only_centre
    return np.array([only in ("", station.centre) for station in service.stations], np.bool_)


def _require_demand(study: Study) -> None:
    issues = []
    if study.demand_points.is_empty():
        message, remedy = "nothing says where people need help", "add a row for each place with people"
        issues.append(Issue("demand_points", None, None, None, 1, message, remedy))
    if not study.cover:
        message, remedy = "nothing says when a place is covered", "add a row with the driving time for each urgency"
        issues.append(Issue("cover", None, None, None, 1, message, remedy))
    if issues:
        raise StudyError(issues)
