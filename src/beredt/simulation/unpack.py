"""From what the kernel leaves behind to a year of service: the other crossing (see `pack`)."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.world import F8, I4, Incidents, Outcome, World
from beredt.indicators.observed import ObservedIncidents, ObservedMissions, ObservedStints, Year


def year_of(world: World, incidents: Incidents, scene_area: I4, outcome: Outcome) -> Year:
    """Lay out one replication as indicators read it.

    Args:
        world: the alternative.
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
            queued=np.ascontiguousarray(outcome.queued),
            held=np.ascontiguousarray(outcome.held),
            bumped=np.ascontiguousarray(outcome.bumped),
            asked=np.ascontiguousarray(outcome.asked),
            second_missing=np.ascontiguousarray(outcome.second_missing),
        ),
        missions=ObservedMissions(
            incident=np.ascontiguousarray(m.incident),
            unit=np.ascontiguousarray(m.unit),
            role=np.ascontiguousarray(m.role),
            diverted=np.ascontiguousarray(m.diverted),
            assign_t=np.ascontiguousarray(m.assign_t),
            roll_t=np.ascontiguousarray(m.roll_t),
            scene_t=np.ascontiguousarray(m.scene_t),
            leave_t=np.ascontiguousarray(m.leave_t),
            dest_t=np.ascontiguousarray(m.dest_t),
            free_t=np.ascontiguousarray(m.free_t),
            drive_km=m.drive_km,
            transport_km=_transport_km(world, incidents, outcome),
        ),
        stints=ObservedStints(
            unit=np.ascontiguousarray(s.unit),
            kind=np.ascontiguousarray(s.kind),
            start_t=np.ascontiguousarray(s.start_t),
            arrive_t=np.ascontiguousarray(s.arrive_t),
            end_t=np.ascontiguousarray(s.end_t),
            km=s.km,
        ),
    )


def _transport_km(world: World, incidents: Incidents, outcome: Outcome) -> F8:
    """Kilometres from the scene to the delivery point, float64[N]; 0 for those who transport nobody."""
    m = outcome.missions
    dest, scene = incidents.dest[m.incident], incidents.scene[m.incident]
    transports = (m.dest_t > m.leave_t) & (dest >= 0) & (m.diverted == 0)
    km = np.zeros(m.incident.size)
    km[transports] = world.km[dest[transports], scene[transports]]
    return km
