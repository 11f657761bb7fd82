from __future__ import annotations

from dataclasses import replace

from beredt.dispatch.policies import STAY_PUT
from tests.stories.laying_down import Policy
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Vollen": 4, "Nesbru": 8.5, "Hvalstad": 12.5},
    units={"A": UnitOf("Asker"), "B": UnitOf("Hvalstad")},
    calls={"fall": Call(0, "Nesbru"), "chest": Call(70, "Vollen")},
    policy=Policy(relocation=STAY_PUT),
)
"""Asker 0 ── Vollen 4 ── Nesbru 8½ ── Hvalstad 12½; units stay where they become free.

fall    B: 2 + (4 + 1) = 7, there at 7, free at 27 in Nesbru, and stays.
chest   At 70 A: 2 + (4 + 1) = 7. B, out: 1 + (4½ + 1) = 6½: B, there at 76½.
"""


def test_what_is_believed_decides(simulate: Simulate) -> None:
    """From 1 to 2 o'clock a minute is believed to take three: A 2 + 5 · 3 = 17, B 1 + 5½ · 3 = 17½.

    A goes; in truth the roads are free, and it is there at 70 + 7.
    """
    assert tell(STORY, simulate).server("chest") == ("B", 76.5)
    assert tell(replace(STORY, believed_pace=(1, 3, 1)), simulate).server("chest") == ("A", 77)


def test_the_hour_of_rolling_counts(simulate: Simulate) -> None:
    """Roads are half as quick from 1 to 2 o'clock. The call comes at 59½, B rolls at 60½: 5½ · 2, there at 71½.

    It leaves at 91½. What is believed is not changed, so B is still the best.
    """
    calls = {"fall": Call(0, "Nesbru"), "chest": Call(59.5, "Vollen")}
    story = replace(STORY, calls=calls, true_pace=(1, 2))
    told = tell(story, simulate)
    ride = told.ride("B", "chest")
    assert (ride.assign, ride.roll, ride.scene, ride.leave) == (59.5, 60.5, 71.5, 91.5)


def test_hours_of_the_week(simulate: Simulate) -> None:
    """It is Tuesday, hour 24 of the week; only in its second hour, hour 25, are the roads slow."""
    week = [1.0] * 168
    week[25] = 2.0
    told = tell(replace(STORY, true_pace=week, first_hour=24), simulate)
    assert told.server("fall") == ("B", 7)
    assert told.server("chest") == ("B", 71 + 5.5 * 2)
