"""From what the kernel leaves behind to a year of service: the other crossing (see `pack`)."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.world import I4, Incidents, Outcome
from beredt.indicators.observed import ObservedIncidents, ObservedMissions, ObservedStints, Year


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
    )
