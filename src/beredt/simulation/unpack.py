"""From what the kernel leaves behind to a year of service: the other crossing (see `pack`)."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.world import CARRIER, I4, NO_END, PRIMARY, Incidents, Outcome
from beredt.indicators.observed import CrisesSeen, ObservedIncidents, ObservedMissions, ObservedStints, Year
from beredt.indicators.paths.observed_paths import ObservedPaths
from beredt.indicators.standby.observed import ObservedTasks, ObservedWards
from beredt.simulation.state import DONE

WAIT_SLACK_S = 1e-6
"""Waits below this are rounding: nobody waits so short a time for a place."""


def year_of(incidents: Incidents, scene_area: I4, outcome: Outcome) -> Year:
    """Lay out one replication as indicators read it.

    Args:
        incidents: the demand it met.
        scene_area: [I] area of each scene.
        outcome: what came of it.
    """
    m, s = outcome.missions, outcome.stints
    return Year(
        incidents=ObservedIncidents(
            call_t=incidents.call_t,
            ready_t=incidents.ready_t,
            urgency=incidents.urgency,
            area=scene_area.astype(np.int32),
            queued=outcome.queued,
            held=outcome.held,
            bumped=outcome.bumped,
            asked=outcome.asked,
            second_missing=outcome.second_missing,
        ),
        missions=ObservedMissions(
            incident=m.incident,
            unit=m.unit,
            role=m.role,
            diverted=m.diverted,
            assign_t=m.assign_t,
            roll_t=m.roll_t,
            scene_t=m.scene_t,
            leave_t=m.leave_t,
            dest_t=m.dest_t,
            free_t=m.free_t,
            drive_km=m.drive_km,
            transport_km=m.transport_km,
        ),
        stints=ObservedStints(
            unit=s.unit,
            kind=s.kind,
            start_t=s.start_t,
            arrive_t=s.arrive_t,
            end_t=s.end_t,
            km=s.km,
        ),
        tasks=_tasks(incidents, outcome),
        wards=_wards(incidents, outcome),
    )


def crises_of(outcome: Outcome, span_s: float) -> CrisesSeen | None:
    """Crises of one replication by centre; None where no centre has rules for one.

    Args:
        outcome: what came of it.
        span_s: from its beginning to its end, s > 0.
    """
    found = outcome.crises
    if not found.size:
        return None
    return CrisesSeen(found["begun"].astype(np.int32), found["in_s"].copy(), span_s)


def taken_to(hospital: I4, outcome: Outcome) -> I4:
    """Where patients were taken: as meant, but for those who were taken past a crowded hospital, [I].

    Args:
        hospital: [I] where they were to be taken, -1 for nobody.
        outcome: what came of it.
    """
    m = outcome.missions
    past = np.flatnonzero((m.hospital >= 0) & (m.diverted == 0))
    if not len(past):
        return hospital
    taken = hospital.copy()
    taken[m.incident[past]] = m.hospital[past]
    return taken


def with_hospitals(paths: ObservedPaths, hospital: I4) -> ObservedPaths:
    """The ways of all calls with the hospitals of incidents, [I]."""
    of_calls = np.full(len(paths.incident), -1, np.int32)
    sent = paths.incident >= 0
    of_calls[sent] = hospital[paths.incident[sent]]
    return paths._replace(hospital=of_calls)


def _tasks(incidents: Incidents, outcome: Outcome) -> ObservedTasks | None:
    tasks, marks = incidents.tasks, outcome.tasks
    if tasks is None:
        return None
    return ObservedTasks(
        form=tasks.form,
        open_t=tasks.open_t,
        due_t=tasks.due_t,
        stay_s=tasks.stay_s,
        begun_t=marks["begun_t"].copy(),
        done=(marks["state"] == DONE).astype(np.int32),
        given_up=marks["given_up"].copy(),
        forms=int(tasks.form.max(initial=-1)) + 1,
    )


def _wards(incidents: Incidents, outcome: Outcome) -> ObservedWards | None:
    """Patients at hospitals whose places are counted: how long their unit waited beyond the handover."""
    wards, m = incidents.wards, outcome.missions
    if wards is None:
        return None
    meant = wards.hospital[m.incident]
    takes = (m.diverted == 0) & (m.dest_t > m.leave_t) & (meant >= 0) & ((m.role == PRIMARY) | (m.role == CARRIER))
    rows = np.flatnonzero(takes)
    hospital = np.where(m.hospital[rows] >= 0, m.hospital[rows], meant[rows])
    waited_s = m.free_t[rows] - m.dest_t[rows] - incidents.handover_s[m.incident[rows]]
    limited = np.any(wards.places < NO_END, axis=1)
    counted = np.take(limited, hospital) | (m.hospital[rows] >= 0)
    return ObservedWards(
        mission=rows[counted],
        hospital=hospital[counted].astype(np.int32),
        waited_s=np.where(waited_s > WAIT_SLACK_S, waited_s, 0.0)[counted],
        by_passed=np.where(m.hospital[rows] >= 0, meant[rows], -1)[counted].astype(np.int32),
        hospitals=len(wards.node),
    )
