"""From generated calls to the incidents that the kernel meets: triage, pathways and closed departments laid on them.

Nothing is random here: who takes which way is a function of the patient's own draws and of the service's figures.

Decisions that the tables leave open:

* **The patient stays the same** when the urgency given is another: where it happens, whether and where there is
  transport, and the times at the scene and at delivery go by the urgency that the incident was counted with. The
  urgency given decides the handling, the mobilisation, the speed, who waits and who is diverted, the second unit,
  the responder, the target, and which pathways are open.
* **Hours** of pathways and departments are those of the call: nobody knows the hour at delivery before units drive.
* **A second call** is offered no pathway at the call again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.demand.generate import GeneratedCalls
from beredt.dispatch.world import F8, I4, Incidents
from beredt.indicators.paths.observed_paths import ObservedPaths
from beredt.model.pathway import CALL, DELIVERY, SCENE
from beredt.simulation.incident_rules import IncidentRules
from beredt.simulation.pack_incidents import (
    handling_s,
    hospital_of,
    is_transfer,
    pack_incidents,
    scene_areas,
    whole_ms,
)
from beredt.simulation.paths.choose import Chosen, choose_pathways
from beredt.simulation.paths.needs import needs_of
from beredt.simulation.paths.path_rules import PathRules
from beredt.simulation.paths.second_calls import joined_calls, second_calls, taken_calls
from beredt.simulation.paths.taken_in import taken_in
from beredt.simulation.task_rules import pack_tasks
from beredt.simulation.ward_rules import pack_wards

B = NDArray[np.bool_]

OF_THE_PATIENT = ("scene", "scene_leg", "centre", "dest", "dest_leg", "on_scene_s", "handover_s")
"""Columns of incidents that go by the urgency drawn, whatever urgency is given."""


class MetCalls(NamedTuple):
    """A replication as a service meets it. I incidents."""

    incidents: Incidents
    area: I4  # [I] area of each scene
    hospital: I4  # [I] where each patient is to be taken, -1 for nobody and for transfers home
    paths: ObservedPaths | None  # of all calls; None where the study knows only the ordinary way


def meet_calls(rules: IncidentRules, calls: GeneratedCalls) -> MetCalls:
    """Make one replication ready for the kernel.

    Args:
        rules: what the alternative does with incidents.
        calls: the replication.
    """
    if rules.paths is None:
        incidents = pack_incidents(rules, calls)
        taken = (incidents.dest >= 0) & ~is_transfer(rules, calls)
        hospital = np.where(taken, hospital_of(rules, calls), -1).astype(np.int32)
        incidents = _with_wards(rules, calls, incidents, hospital)
        return MetCalls(_with_tasks(rules, calls, incidents), scene_areas(rules, calls), hospital, None)
    paths = rules.paths
    needs, transfer = needs_of(paths, calls), is_transfer(rules, calls)
    first = np.zeros(len(calls.k), np.bool_)
    at_call = choose_pathways(paths, CALL, calls, first, transfer, ~first, needs.given)
    more, of = second_calls(paths, calls, at_call)
    urgency = paths.again_urgency[at_call.pathway[of]]
    order, patient = _order(calls, more, of)
    whole = taken_calls(joined_calls(calls, more), order)
    again = order >= len(calls.k)
    given = np.concatenate([needs.given, np.where(urgency < 0, needs.given[of], urgency)])[order]
    pathway = np.concatenate([at_call.pathway, np.full(len(of), -1, np.int32)])[order]
    sent = pathway < 0
    met = taken_calls(whole, sent)
    incidents, hospital, at_scene, at_delivery = _ways(rules, paths, met, again[sent], given[sent])
    incidents = _with_tasks(rules, calls, _with_wards(rules, met, incidents, hospital))
    operator_s = handling_s(rules, replace(whole, urgency=given), np.concatenate([transfer, transfer[of]])[order])
    operator_s[~sent] += paths.operator_s[pathway[~sent]]
    area = scene_areas(rules, met)
    return MetCalls(
        incidents,
        area,
        hospital,
        ObservedPaths(
            patient=patient,
            call_t=whole.call_t,
            area=scene_areas(rules, whole),
            drawn=whole.urgency,
            given=given.astype(np.int8),
            true=np.concatenate([needs.true, needs.true[of]])[order],
            incident=np.where(sent, np.cumsum(sent) - 1, -1).astype(np.int32),
            at_call=pathway,
            at_scene=_of_all(sent, at_scene.pathway),
            at_delivery=_of_all(sent, at_delivery.pathway),
            operator_s=operator_s,
            hospital=_of_all(sent, hospital),
            condition=np.concatenate([needs.condition, needs.condition[of]])[order],
            conditions=paths.conditions,
            pathways=len(paths.share),
            hospitals=len(rules.hospital_node),
        ),
    )


def _with_wards(rules: IncidentRules, met: GeneratedCalls, incidents: Incidents, hospital: I4) -> Incidents:
    """With the places that patients need at hospitals, where those are counted."""
    if rules.wards is None:
        return incidents
    return incidents._replace(wards=pack_wards(rules.wards, met, hospital))


def _with_tasks(rules: IncidentRules, calls: GeneratedCalls, incidents: Incidents) -> Incidents:
    """With what units have planned beside them."""
    if rules.tasks is None:
        return incidents
    return incidents._replace(tasks=pack_tasks(rules.tasks, calls.seed, calls.replication))


def _order(
    calls: GeneratedCalls, more: GeneratedCalls, of: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Order of all calls by time, first ones before second ones, and the place of the first call of each patient."""
    order = np.argsort(np.concatenate([calls.call_t, more.call_t]), kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    first = np.concatenate([np.arange(len(calls.k)), of])
    return order, place[first[order]]


def _of_all(sent: B, values: I4) -> I4:
    """Numbers of the calls that a unit is sent to, laid on all calls; -1 for the others."""
    whole = np.full(len(sent), -1, np.int32)
    whole[sent] = values
    return whole


def _ways(
    rules: IncidentRules, paths: PathRules, met: GeneratedCalls, again: B, given: NDArray[np.int8]
) -> tuple[Incidents, I4, Chosen, Chosen]:
    """Incidents with the ways their patients take, the hospital of each, and the pathways at the scene and after."""
    incidents = pack_incidents(rules, met)
    if (given != met.urgency).any():
        patient = {name: getattr(incidents, name) for name in OF_THE_PATIENT}
        incidents = pack_incidents(rules, replace(met, urgency=given.astype(np.int8)))._replace(**patient)
    transfer, taken = is_transfer(rules, met), incidents.dest >= 0
    at_scene = choose_pathways(paths, SCENE, met, again, transfer, taken & ~transfer, given)
    left = at_scene.pathway >= 0
    taken &= ~left
    at_delivery = choose_pathways(paths, DELIVERY, met, again, transfer, taken, given)
    hospital = np.where(taken & ~transfer, hospital_of(rules, met), -1).astype(np.int32)
    other = _other_place(paths, met, at_delivery)
    hospital = np.where(other >= 0, other, hospital).astype(np.int32)
    dest = np.where(left, np.int32(-1), np.where(other >= 0, rules.hospital_node[other], incidents.dest))
    dest_leg = np.where(left, 0.0, np.where(other >= 0, rules.hospital_leg[other], incidents.dest_leg))
    return (
        incidents._replace(
            dest=dest.astype(np.int32),
            dest_leg=dest_leg,
            on_scene_s=_stretched(incidents.on_scene_s, at_scene, paths.on_scene_factor, paths.crew_s),
            handover_s=_stretched(incidents.handover_s, at_delivery, paths.handover_factor, paths.crew_s),
        ),
        hospital,
        at_scene,
        at_delivery,
    )


def _other_place(paths: PathRules, met: GeneratedCalls, at_delivery: Chosen) -> I4:
    """The place that a pathway delivers to, or what stands in for it when it is closed; -1 for no other place."""
    place = np.full(len(met.k), -1, np.int32)
    at = np.flatnonzero(at_delivery.pathway >= 0)
    place[at] = paths.nearest[at_delivery.pathway[at], met.area[at]]
    at = np.flatnonzero(place >= 0)
    if paths.closed is not None and len(at):
        place[at] = taken_in(paths, taken_calls(met, at), place[at])
    return place


def _stretched(seconds: F8, chosen: Chosen, factor: F8, crew_s: F8) -> F8:
    """Times of those who take a pathway: so many times as long, and so much longer."""
    at = np.flatnonzero(chosen.pathway >= 0)
    if not len(at):
        return seconds
    longer = seconds.copy()
    longer[at] = whole_ms(longer[at] * factor[chosen.pathway[at]] + crew_s[chosen.pathway[at]])
    return longer
