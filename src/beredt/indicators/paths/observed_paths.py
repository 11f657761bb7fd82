"""Every call of a replication with the way it went, those that no unit was sent to included."""

from __future__ import annotations

from typing import NamedTuple

from beredt.indicators.paths.types import F8, I1, I4, I8


class Conditions(NamedTuple):
    """Conditions whose outcome depends on time. C conditions, K classes, S seconds."""

    survival: F8  # [C, S] share that survives when the first unit is there after so many whole seconds; 0 without curve
    by_delay: I1  # [C] 1: told by classes of delay
    until_delivery: I1  # [C] 1: delay ends at the hospital, not at the scene
    class_s: F8  # [C, K] ends of classes, ascending, infinite where there are no more


class ObservedPaths(NamedTuple):
    """One row per call, in order of its time. N calls of fewer patients: some call a second time."""

    patient: I8  # [N] row of the patient's first call
    call_t: F8  # [N] s
    area: I4  # [N] area of the scene
    drawn: I1  # [N] urgency that the incident was counted with
    given: I1  # [N] urgency that it is given in this service
    true: I1  # [N] urgency of the true need; as drawn where nothing is known of it
    incident: I4  # [N] row in `ObservedIncidents`, -1 where no unit is sent
    at_call: I4  # [N] number of the pathway taken at the call, -1 for none
    at_scene: I4  # [N]
    at_delivery: I4  # [N]
    operator_s: F8  # [N] minutes of the centre, in seconds: handling, and what a pathway takes beyond
    hospital: I4  # [N] number of the hospital to which the patient is taken, -1 for none, and for transfers home
    condition: I4  # [N] number of the condition, -1 for none
    conditions: Conditions
    pathways: int  # how many there are
    hospitals: int
