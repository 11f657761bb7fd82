"""What a service does with incidents before they meet the kernel, worked out once as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.coverage.larsen import larsen_curve
from beredt.coverage.survival import SurvivalCurve, published_curves
from beredt.demand.intensity import DAY_HOURS, HOUR_S, period_of
from beredt.demand.purposes import pathway_block
from beredt.dispatch.world import F8, I1, I4
from beredt.indicators.paths.observed_paths import Conditions
from beredt.model.area import Area
from beredt.model.checks.path_rows import parse_classes
from beredt.model.edits.add_pathway import AddPathway
from beredt.model.edits.close_department import CloseDepartment
from beredt.model.edits.move_hospital import MoveHospital
from beredt.model.edits.open_hospital import OpenHospital
from beredt.model.edits.scale_triage import ScaleTriage
from beredt.model.edits.set_triage import SetTriage
from beredt.model.outcome_condition import DELAY, SURVIVAL
from beredt.model.pathway import CALLERS, ORIGINS, SAME, STAGES, Pathway
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES, urgency_code
from beredt.model.week_hours import WEEK_HOURS, week_hours
from beredt.simulation.incident_kinds import IncidentKinds, plan_incident_kinds
from beredt.simulation.paths.closed_hours import ClosedHours, closed_hours
from beredt.simulation.paths.triage_rules import TriageRules, triage_rules
from beredt.simulation.study_roads import StudyRoads

B = NDArray[np.bool_]
I8 = NDArray[np.int64]

MINUTE_S = 60.0
CURVE_S = 4 * 3600
"""A curve of survival is looked up to here; later it stays what it is then."""

_EDITS = (AddPathway, CloseDepartment, OpenHospital, MoveHospital, SetTriage, ScaleTriage)


class PathRules(NamedTuple):
    """P pathways, A areas, H hospitals, K kinds of incidents, C conditions."""

    first_hour: int  # hour of the week at simulated time 0
    end_s: float  # of the simulated period
    stage: I1  # [P] number in `STAGES`
    urgency: B  # [P, 3] urgencies given that it is open to
    share: F8  # [P]
    area: B  # [P, A]
    hour: B  # [P, 168]
    callers: I1  # [P] number in `CALLERS`
    origin: I1  # [P] number in `ORIGINS`
    kind: B  # [P, K]
    kinds: IncidentKinds
    repeat_share: float  # of incidents at addresses that call again and again
    operator_s: F8  # [P]
    again_share: F8  # [P]
    again_s: F8  # [P] mean
    again_urgency: I1  # [P] -1: that of the first call
    on_scene_factor: F8  # [P]
    nearest: I4  # [P, A] hospital to deliver to, -1: the same as ever
    handover_factor: F8  # [P]
    crew_s: F8  # [P]
    block: I8  # [P] of the counter of draws
    condition_below: F8  # [3, C] running shares of conditions by true urgency, a draw beyond the last has none
    conditions: Conditions
    triage: TriageRules | None
    closed: ClosedHours | None


def uses_paths(study: Study, service: Service) -> bool:
    """Whether a study, or this service of it, has anything that parts from the ordinary way."""
    conditions = study.demand.get("conditions")
    return bool(
        service.pathways
        or service.closed_departments
        or service.triage
        or service.triage_now
        or (conditions is not None and conditions.height)
        or any(isinstance(edit, _EDITS) for one in study.alternatives for edit in one.edits)
    )


def plan_paths(study: Study, service: Service, roads: StudyRoads) -> PathRules | None:
    """Work out the ways of a service; None where the study knows of none but the ordinary one.

    Args:
        study: for its period, kinds of incidents, repeat callers and conditions.
        service: today's, or an alternative's.
        roads: hold a place for each area and hospital of the service.

    Raises:
        StudyError: a kind of incident that the study does not have, or triage that does not belong to the rates.
    """
    if not uses_paths(study, service):
        return None
    period, rows = period_of(study.settings), service.pathways
    trip_s = roads.trip_s(roads.areas(service.areas), roads.sites("hospital", service.hospitals)).T
    kinds = plan_incident_kinds(study.demand.get("incident_kinds"))
    condition_below, conditions = _conditions(study.demand.get("conditions"))
    number = {hospital.id: n for n, hospital in enumerate(service.hospitals)}
    return PathRules(
        first_hour=period.first_day.weekday() * DAY_HOURS,
        end_s=float(HOUR_S * DAY_HOURS * (period.warmup_days + period.days + period.cooldown_days)),
        stage=np.array([STAGES.index(one.stage) for one in rows], np.int8),
        urgency=np.array([[one.urgency in ("*", u) for u in URGENCIES] for one in rows], np.bool_).reshape(-1, 3),
        share=_column(one.share for one in rows),
        area=np.array([_areas(one, service.areas) for one in rows], np.bool_).reshape(-1, len(service.areas)),
        hour=np.array([_hours(one) for one in rows], np.bool_).reshape(-1, WEEK_HOURS),
        callers=np.array([CALLERS.index(one.callers) for one in rows], np.int8),
        origin=np.array([ORIGINS.index(one.origin) for one in rows], np.int8),
        kind=np.array([kinds.meant_by("pathways", one.id, one.kinds) for one in rows], np.bool_).reshape(
            -1, len(kinds.names)
        ),
        kinds=kinds,
        repeat_share=study.settings.demand.variation.repeat_share,
        operator_s=_column(one.operator_min * MINUTE_S for one in rows),
        again_share=_column(one.again_share for one in rows),
        again_s=_column(one.again_h * HOUR_S for one in rows),
        again_urgency=np.array(
            [-1 if one.again_urgency == SAME else urgency_code(one.again_urgency) for one in rows], np.int8
        ),
        on_scene_factor=_column(one.on_scene_factor for one in rows),
        nearest=np.array([_nearest(one, number, trip_s) for one in rows], np.int32).reshape(-1, len(service.areas)),
        handover_factor=_column(one.handover_factor for one in rows),
        crew_s=_column(one.crew_min * MINUTE_S for one in rows),
        block=np.array([pathway_block(one.id) for one in rows], np.int64),
        condition_below=condition_below,
        conditions=conditions,
        triage=triage_rules(service) if service.triage else None,
        closed=closed_hours(service, trip_s) if service.closed_departments else None,
    )


def _column(values: object) -> F8:
    return np.array(list(values), np.float64)  # type: ignore[call-overload]  # any iterable of numbers


def _areas(pathway: Pathway, areas: Sequence[Area]) -> list[bool]:
    everywhere = not pathway.municipalities and not pathway.districts
    return [everywhere or a.municipality in pathway.municipalities or a.district in pathway.districts for a in areas]


def _hours(pathway: Pathway) -> B:
    found = np.zeros(WEEK_HOURS, np.bool_)
    found[list(week_hours(pathway.weekdays, pathway.start_s, pathway.end_s))] = True
    return found


def _nearest(pathway: Pathway, number: dict[str, int], trip_s: F8) -> I4:
    """The nearest hospital of its list for every area, the first named on a tie."""
    if not pathway.deliver_to:
        return np.full(len(trip_s), -1, np.int32)
    listed = np.array([number[one] for one in pathway.deliver_to])
    return listed[trip_s[:, listed].argmin(axis=1)].astype(np.int32)


def _conditions(table: pl.DataFrame | None) -> tuple[F8, Conditions]:
    rows = [] if table is None else list(table.iter_rows(named=True))
    below = np.zeros((len(URGENCIES), len(rows)))
    for number, row in enumerate(rows):
        below[urgency_code(row["urgency"]), number] = row["share"]
    ends = [parse_classes(row["class_min"]) if row["measure"] == DELAY else () for row in rows]
    class_s = np.full((len(rows), max(map(len, ends), default=0)), np.inf)
    for number, one in enumerate(ends):
        class_s[number, : len(one)] = np.array(one) * MINUTE_S
    survival = np.zeros((len(rows), CURVE_S + 1))
    for number, row in enumerate(rows):
        if row["measure"] == SURVIVAL:
            seconds = np.arange(CURVE_S + 1) + row["before_call_min"] * MINUTE_S
            survival[number] = _curve(row["curve"]).share(seconds)
    return np.cumsum(below, axis=1), Conditions(
        survival=survival,
        by_delay=np.array([row["measure"] == DELAY for row in rows], np.int8),
        until_delivery=np.array([row["until"] == "delivery" for row in rows], np.int8),
        class_s=class_s,
    )


def _curve(name: str) -> SurvivalCurve:
    larsen = larsen_curve()
    return larsen if name == larsen.curve_id else published_curves()[name]
