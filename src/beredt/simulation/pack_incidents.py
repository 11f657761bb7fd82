"""Generated calls as an alternative meets them: one replication of `Incidents` for the kernel.

Nothing is drawn here. Every duration, share and choice is a function of the draw that belongs to the incident and of
the service's own figures, so that two alternatives differ only where their figures do: twice the median is twice
every duration, a higher share adds incidents to those it held before.

Decisions that the study's tables leave open:

* **Transfers.** `hospital_origin_share` of an urgency starts at a hospital: the one where a patient of the area and
  urgency would have been taken. The patient is taken home, to the area's node, whatever the transport share. The centre
  is that of the area nearest to the hospital, since that is where a unit is wanted. Hospitals know their centre, so
  transfers are never misrouted.
* **Misrouting** costs its delay whether or not the right centre then finds a unit at once. It holds for calls from
  areas whose people live within the band of an area of another centre, and only when the study has it simulated:
  otherwise nobody is delayed.
* **Out** (`out_s`) uses the draw of the mobilisation at the station: the same crew is quick or slow.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.demand.generate import GeneratedCalls
from beredt.demand.purposes import Purpose
from beredt.demand.special import ndtri
from beredt.dispatch.world import F8, I1, I4, Incidents
from beredt.simulation.incident_rules import (
    HANDLING,
    HANDOVER,
    MOBILISATION,
    MOBILISATION_OUT,
    ON_SCENE,
    SECOND_ON_SCENE,
    IncidentRules,
)
from beredt.simulation.pack_asks import pack_asks
from beredt.simulation.paths.taken_in import taken_in

B = NDArray[np.bool_]


def pack_incidents(rules: IncidentRules, calls: GeneratedCalls) -> Incidents:
    """Make one replication ready for the kernel.

    Args:
        rules: What the alternative does with incidents, from `incident_rules.prepare_incident_rules`.
        calls: The replication; its areas are those of the same service.

    Returns:
        Incidents in the order of `calls`. Durations and times are whole milliseconds; `noise` has mean 1.
    """
    draws, urgency = calls.draws, calls.urgency
    transfer = is_transfer(rules, calls)
    hospital = hospital_of(rules, calls)
    transported = draws[Purpose.TRANSPORT] < rules.transport_share[urgency]
    second = draws[Purpose.SECOND_UNIT] < rules.second_unit_share[urgency]
    home = rules.area_node[calls.area]
    mobilisation = ndtri(draws[Purpose.MOBILISATION])
    hospital_node, hospital_leg = rules.hospital_node[hospital], rules.hospital_leg[hospital]
    home_leg = rules.area_leg[calls.area]
    ready_t = whole_ms(calls.call_t + handling_s(rules, calls, transfer))
    area = scene_areas(rules, calls)
    incidents = Incidents(
        call_t=calls.call_t,
        ready_t=ready_t,
        ready_order=np.argsort(ready_t, kind="stable").astype(np.int32),
        urgency=urgency,
        scene=np.where(transfer, hospital_node, home),
        scene_leg=np.where(transfer, hospital_leg, home_leg),
        centre=rules.area_centre[np.where(transfer, rules.hospital_area[hospital], calls.area)],
        dest=np.where(transfer, home, np.where(transported, hospital_node, np.int32(-1))),
        dest_leg=np.where(transfer, home_leg, np.where(transported, hospital_leg, 0.0)),
        second=second.astype(np.int8),
        mobilisation_s=_lognormal_s(rules, MOBILISATION, urgency, mobilisation),
        out_s=_lognormal_s(rules, MOBILISATION_OUT, urgency, mobilisation),
        noise=_noise(rules, ndtri(draws[Purpose.NOISE])),
        on_scene_s=_lognormal_s(rules, ON_SCENE, urgency, ndtri(draws[Purpose.ON_SCENE])),
        handover_s=_lognormal_s(rules, HANDOVER, urgency, ndtri(draws[Purpose.HANDOVER])),
        second_on_scene_s=_second_on_scene_s(rules, calls, second),
        target_s=rules.target_s[area, urgency],
    )
    return incidents._replace(asks=pack_asks(rules.asks, calls, area, transfer, incidents, rules.responder_release_s))


def scene_areas(rules: IncidentRules, calls: GeneratedCalls) -> I4:
    """Areas in which incidents happen, int32[n]: of a transfer, the area nearest to the hospital where it starts."""
    hospital = hospital_of(rules, calls)
    return np.where(is_transfer(rules, calls), rules.hospital_area[hospital], calls.area)


def whole_ms(seconds: F8) -> F8:
    """Round seconds to whole milliseconds."""
    rounded: F8 = np.rint(seconds * 1000.0) / 1000.0
    return rounded


def is_transfer(rules: IncidentRules, calls: GeneratedCalls) -> B:
    """Whether each incident starts at a hospital."""
    starts: B = calls.draws[Purpose.HOSPITAL_ORIGIN] < rules.hospital_origin_share[calls.urgency]
    return starts


def hospital_of(rules: IncidentRules, calls: GeneratedCalls) -> I4:
    """Number of the hospital where each patient is or would be taken: the nearest open one of the list drawn."""
    zone, draw = rules.area_zone[calls.area], calls.draws[Purpose.HOSPITAL]
    row = np.zeros(len(zone), np.int64)
    for bound in range(rules.choice_below.shape[2] - 1):
        row += draw >= rules.choice_below[zone, calls.urgency, bound]
    meant = rules.nearest[calls.area, calls.urgency, row]
    return meant if rules.paths is None else taken_in(rules.paths, calls, meant)


def handling_s(rules: IncidentRules, calls: GeneratedCalls, transfer: B) -> F8:
    """Seconds from the call until a unit can be chosen: handling, and the way back from the wrong centre."""
    handling = _lognormal_s(rules, HANDLING, calls.urgency, ndtri(calls.draws[Purpose.HANDLING]))
    wrong = rules.near_border[calls.area] & (calls.draws[Purpose.MISROUTED] < rules.misrouted_share) & ~transfer
    spread = rules.misrouted_max_s - rules.misrouted_min_s
    delay = whole_ms(rules.misrouted_min_s + spread * calls.draws[Purpose.MISROUTING_DELAY, wrong])
    handling[wrong] += delay
    return handling


def _second_on_scene_s(rules: IncidentRules, calls: GeneratedCalls, second: B) -> F8:
    """Seconds of the second unit at the scene; 0 where none is asked for."""
    seconds = np.zeros(len(second))
    score = ndtri(calls.draws[Purpose.SECOND_ON_SCENE, second])
    seconds[second] = _lognormal_s(rules, SECOND_ON_SCENE, calls.urgency[second], score)
    return seconds


def _lognormal_s(rules: IncidentRules, interval: int, urgency: I1, score: F8) -> F8:
    """Median × exp(sigma · normal score), in whole milliseconds."""
    return whole_ms(rules.median_s[interval][urgency] * np.exp(rules.sigma[interval][urgency] * score))


def _noise(rules: IncidentRules, score: F8) -> F8:
    """Lognormal factor of mean 1: exp(sigma·z − sigma²/2)."""
    factor: F8 = np.exp(rules.noise_sigma * score - 0.5 * rules.noise_sigma**2)
    return factor
