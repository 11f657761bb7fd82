"""Patients of a closed hospital go where the alternative says, not to whatever is nearest."""

from __future__ import annotations

import numpy as np

from beredt.decision.major_incident.stand_ins import hospital_turns
from beredt.decision.major_incident.transport_plan import plan_transport
from beredt.simulation.paths.closed_hours import OPEN, ClosedHours

NEAR, MIDDLE, FAR, FARTHEST = range(4)
DRIVE_S = np.array([[300.0, 600.0, 900.0, 1200.0]])


def closed(share: float) -> ClosedHours:
    """The nearest of four hospitals is closed in the first hour of the week; the farther two stand in for it."""
    row = np.full((4, 3, 168), OPEN, np.int32)
    row[NEAR, :, 0] = 0
    return ClosedHours(row, np.array([share]), np.array([[[FAR, FARTHEST]]], np.int32))


def turns(share: float, hour: int) -> list[int]:
    found: list[int] = np.argsort(hospital_turns(DRIVE_S, closed(share), np.zeros(1, np.int32), hour)[0]).tolist()
    return found


def test_those_that_stand_in_come_in_its_place() -> None:
    assert turns(1.0, 0) == [FAR, FARTHEST, MIDDLE, NEAR]
    assert turns(1.0, 1) == turns(0.4, 0) == [NEAR, MIDDLE, FAR, FARTHEST]
    assert (hospital_turns(DRIVE_S, None, np.zeros(1, np.int32), 0) == DRIVE_S).all()


def test_the_plan_follows_the_turns() -> None:
    """Two red patients each fit into the hospitals that are open: the first two go to the one that stands in."""
    room = np.array([[0, 0, 0], [2, 0, 0], [2, 0, 0], [2, 0, 0]])
    turn = hospital_turns(DRIVE_S, closed(1.0), np.zeros(1, np.int32), 0)
    assert [load.hospital for load in plan_transport([(3, 0, 0)], turn, room, (1, 1, 1))] == [FAR, FAR, FARTHEST]
