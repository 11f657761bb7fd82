"""Who is taken where: the first hospital in turn with room for the severity, the next when it is full.

Laid when the alarm goes, for all incidents of an event together: red before yellow before green, and within a
severity incident by incident in the order of their alarms. A patient for whom no hospital has room is told as such and
treated at the scene.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from beredt.decision.major_incident.severity import SEVERITIES, Patients
from beredt.dispatch.world import F8, I8

NO_ROOM = -1
"""In the place of a hospital."""


NOBODY = -1
"""In the place of a severity: a unit that carries nobody."""


class Load(NamedTuple):
    """What one unit is asked for: patients of one severity who share it, or being there as one that is needed.

    `hospital` is the row of the hospital, or `NO_ROOM`; `needed` the row of the event's needed units, -1 for none.
    """

    incident: int
    severity: int
    hospital: int
    patients: int
    needed: int = -1


def plan_transport(patients: Sequence[Patients], turn: F8, capacity: I8, per_unit: Patients) -> tuple[Load, ...]:
    """Lay the plan.

    Args:
        patients: of each of N incidents, in the order of their alarms.
        turn: [N, H] of each hospital for each scene, less is sooner: seconds of the drive, or from `hospital_turns`.
        capacity: [H, 3] patients by severity that each hospital takes in all.
        per_unit: patients by severity that share a unit, ≥ 1.

    Returns:
        Loads by severity, incident and turn of the hospital; those without room come last of their incident.
    """
    room = capacity.copy()
    loads: list[Load] = []
    for severity in range(len(SEVERITIES)):
        for incident, of_incident in enumerate(patients):
            left = of_incident[severity]
            for hospital in np.argsort(turn[incident], kind="stable").tolist():
                taken = min(left, int(room[hospital, severity]))
                room[hospital, severity] -= taken
                left -= taken
                loads += _shared(incident, severity, hospital, taken, per_unit[severity])
            loads += _shared(incident, severity, NO_ROOM, left, per_unit[severity])
    return tuple(loads)


def _shared(incident: int, severity: int, hospital: int, patients: int, most: int) -> list[Load]:
    """As few units as carry them, all full but the last."""
    return [Load(incident, severity, hospital, min(most, patients - begun)) for begun in range(0, patients, most)]
