"""What an alternative does with any incident, worked out once: all that does not depend on the replication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.demand.border_distance import border_distance_km
from beredt.dispatch.world import F8, I4
from beredt.errors import StudyError
from beredt.model.hospital_choice import HospitalChoice
from beredt.model.interval import Interval
from beredt.model.issue import Issue
from beredt.model.need import Need
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES, urgency_code
from beredt.simulation.ask_rules import AskRules
from beredt.simulation.paths.path_rules import PathRules
from beredt.simulation.study_roads import StudyRoads
from beredt.simulation.task_rules import TaskRules
from beredt.simulation.ward_rules import WardRules

B = NDArray[np.bool_]

INTERVALS = ("handling", "mobilisation", "mobilisation_out", "on_scene", "second_on_scene", "handover")
HANDLING, MOBILISATION, MOBILISATION_OUT, ON_SCENE, SECOND_ON_SCENE, HANDOVER = range(len(INTERVALS))
"""Rows of `IncidentRules.median_s` and `sigma`."""


@dataclass(frozen=True, slots=True, eq=False)
class IncidentRules:
    """A service's figures about incidents as arrays.

    A areas, H hospitals, Z hospital zones, R the most rows of choice that a zone has for an urgency. Areas, hospitals
    and centres are numbered as in the service.
    """

    median_s: F8  # [6, 3] by interval and urgency
    sigma: F8  # [6, 3] standard deviation of the logarithm
    noise_sigma: float  # of the logarithm of the factor on drives
    transport_share: F8  # [3]
    second_unit_share: F8  # [3]
    hospital_origin_share: F8  # [3]
    near_border: B  # [A] people live within the band where calls may reach another centre
    misrouted_share: float  # of the calls there
    misrouted_min_s: float
    misrouted_max_s: float
    area_node: I4  # [A] road node
    area_leg: F8  # [A] leg to it
    area_centre: I4  # [A] responsible centre
    area_zone: I4  # [A] hospital zone
    hospital_node: I4  # [H] road node
    hospital_leg: F8  # [H] leg to it
    hospital_area: I4  # [H] the area nearest to it by car
    choice_below: F8  # [Z, 3, R] a draw below this, and not below the one before, takes the row; 1 from the last row on
    nearest: I4  # [A, 3, R] nearest hospital of the row's list
    target_s: F8  # [A, 3] response time to be kept, by urgency; infinite where there is none
    responder_release_s: float
    paths: PathRules | None = None  # None where the study knows of none but the ordinary way
    asks: AskRules | None = None  # None: a second unit and a responder alone
    tasks: TaskRules | None = None  # None: units have nothing planned
    wards: WardRules | None = None  # None: nobody waits at a hospital


def prepare_incident_rules(service: Service, roads: StudyRoads, target_s: F8 | None = None) -> IncidentRules:
    """Work out what a service does with incidents.

    Args:
        service: Today's, or an alternative's after its edits.
        roads: Hold a place for each area and hospital of the service.
        target_s: [A, 3] response time to be kept, by area and urgency; None where nothing asks for it.

    Raises:
        StudyError: Intervals, needs or hospital choices that the service lacks, each as an issue.
        UnknownIdError: An area or hospital that is not in the network.
    """
    _refuse_gaps(service)
    median_s, sigma = _interval_figures(service.intervals)
    needs = {need.urgency: need for need in service.needs}
    areas, hospitals = roads.areas(service.areas), roads.sites("hospital", service.hospitals)
    centre = {row.id: number for number, row in enumerate(service.centres)}
    zones = sorted({area.hospital_zone for area in service.areas})
    zone = {name: number for number, name in enumerate(zones)}
    rows = [[_choices_of(service.hospital_choice, name, urgency) for urgency in URGENCIES] for name in zones]
    trip_s = roads.trip_s(areas, hospitals).T
    area_zone = np.array([zone[area.hospital_zone] for area in service.areas], np.int32)
    rule = service.misrouting
    return IncidentRules(
        median_s=median_s,
        sigma=sigma,
        noise_sigma=service.noise_sigma,
        transport_share=np.array([needs[u].transport_share for u in URGENCIES]),
        second_unit_share=np.array([needs[u].second_unit_share for u in URGENCIES]),
        hospital_origin_share=np.array([needs[u].hospital_origin_share for u in URGENCIES]),
        near_border=border_distance_km(service) <= rule.band_km,
        misrouted_share=rule.share if rule.simulated else 0.0,
        misrouted_min_s=rule.delay_min_s,
        misrouted_max_s=rule.delay_max_s,
        area_node=areas.node,
        area_leg=areas.leg,
        area_centre=np.array([centre[area.centre] for area in service.areas], np.int32),
        area_zone=area_zone,
        hospital_node=hospitals.node,
        hospital_leg=hospitals.leg,
        hospital_area=trip_s.argmin(axis=0).astype(np.int32),
        choice_below=_choice_below(rows),
        nearest=_nearest_hospitals(service, rows, area_zone, trip_s),
        target_s=np.full((len(service.areas), len(URGENCIES)), np.inf) if target_s is None else target_s,
        responder_release_s=service.dispatch.responder_release_s,
    )


def _interval_figures(intervals: Sequence[Interval]) -> tuple[F8, F8]:
    """Medians and sigmas, both [6, 3]."""
    median_s, sigma = np.zeros((len(INTERVALS), len(URGENCIES))), np.zeros((len(INTERVALS), len(URGENCIES)))
    for row in intervals:
        place = INTERVALS.index(row.interval), urgency_code(row.urgency)
        median_s[place], sigma[place] = row.median_s, row.sigma
    return median_s, sigma


def _choices_of(choices: Sequence[HospitalChoice], zone: str, urgency: str) -> list[HospitalChoice]:
    """Rows of one zone and urgency, in the order of the table."""
    return [row for row in choices if row.hospital_zone == zone and row.urgency == urgency]


def _choice_below(rows: list[list[list[HospitalChoice]]]) -> F8:
    """Running sums of the shares of every zone and urgency, scaled to end at 1, [Z, 3, R]."""
    longest = max((len(group) for by_urgency in rows for group in by_urgency), default=0)
    below = np.ones((len(rows), len(URGENCIES), max(longest, 1)))
    for z, by_urgency in enumerate(rows):
        for u, group in enumerate(by_urgency):
            shares = np.cumsum([row.share for row in group])
            below[z, u, : len(group)] = shares / shares[-1] if len(group) and shares[-1] > 0.0 else 1.0
    return below


def _nearest_hospitals(service: Service, rows: list[list[list[HospitalChoice]]], area_zone: I4, trip_s: F8) -> I4:
    """Nearest hospital of every row of an area's zone, [A, 3, R]; the first named on a tie. Unused rows hold 0."""
    number = {hospital.id: i for i, hospital in enumerate(service.hospitals)}
    longest = max((len(group) for by_urgency in rows for group in by_urgency), default=0)
    nearest = np.zeros((len(service.areas), len(URGENCIES), max(longest, 1)), np.int32)
    for z, by_urgency in enumerate(rows):
        areas = np.flatnonzero(area_zone == z)
        for u, group in enumerate(by_urgency):
            for r, row in enumerate(group):
                listed = np.array([number[name] for name in row.hospitals])
                nearest[areas, u, r] = listed[trip_s[np.ix_(areas, listed)].argmin(axis=1)]
    return nearest


def _refuse_gaps(service: Service) -> None:
    """Raise StudyError with everything that incidents need and the tables do not give."""
    issues = [*_missing_intervals(service), *_missing_needs(service.needs), *_missing_choices(service)]
    if issues:
        raise StudyError(issues)


def _missing_intervals(service: Service) -> list[Issue]:
    """The second unit's time at the scene is only needed where second units are."""
    given = {(row.interval, row.urgency) for row in service.intervals}
    alone = {need.urgency for need in service.needs if need.second_unit_share <= 0.0}
    given |= {(INTERVALS[SECOND_ON_SCENE], urgency) for urgency in alone}
    return [
        Issue("intervals", None, "interval", name, 1, f"no {name} for urgency {urgency}", "add a row for it")
        for name in INTERVALS
        for urgency in URGENCIES
        if (name, urgency) not in given
    ]


def _missing_needs(needs: Sequence[Need]) -> list[Issue]:
    given = {row.urgency for row in needs}
    return [
        Issue("needs", None, "urgency", urgency, 1, f"no needs for urgency {urgency}", "add a row for it")
        for urgency in URGENCIES
        if urgency not in given
    ]


def _missing_choices(service: Service) -> list[Issue]:
    given = {(row.hospital_zone, row.urgency) for row in service.hospital_choice if row.share > 0.0}
    return [
        Issue(
            "hospital_choice", None, "hospital_zone", zone, 1, f"no hospital for urgency {urgency}", "add a row for it"
        )
        for zone in sorted({area.hospital_zone for area in service.areas})
        for urgency in URGENCIES
        if (zone, urgency) not in given
    ]
