"""What a period of service tells of planned tasks, and of patients at hospitals."""

from __future__ import annotations

from typing import NamedTuple

from beredt.indicators.paths.types import F8, I4, I8


class ObservedTasks(NamedTuple):
    """Planned tasks. N tasks of F forms."""

    form: I4  # [N]
    open_t: F8  # [N] s
    due_t: F8  # [N] s
    stay_s: F8  # [N] at the place
    begun_t: F8  # [N] s, a unit is there to do it; nan when none was
    done: I4  # [N] 1 when it was done
    given_up: I4  # [N] times that a unit left it for an incident
    forms: int


class ObservedWards(NamedTuple):
    """Units with patients at hospitals whose places are counted. M missions, H hospitals."""

    mission: I8  # [M] row in `ObservedMissions`
    hospital: I4  # [M] where it is
    waited_s: F8  # [M] until the patient had a place
    by_passed: I4  # [M] number of the hospital that was passed, -1 for none
    hospitals: int
