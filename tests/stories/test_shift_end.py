from __future__ import annotations

from beredt.dispatch.world import HOME, OFF_HOME
from tests.stories.telling import Call, Simulate, Standby, Story, UnitOf, tell

PLACES = {"Asker": 0, "Vollen": 3, "Nesbru": 10}
"""Asker 0 ── Vollen 3 ── Nesbru 10; every unit is at home in Asker."""


def test_overtime_until_the_unit_is_home(simulate: Simulate) -> None:
    """The shift ends at 20, the mission at 26, and the unit is home at 30: 10 minutes of overtime.

    fall    Day: 2 + (3 + 1) = 6, there at 6, free at 26, its shift over: it goes home, 3 + 1, there at 30.
    chest   At 27 Day passes by, but cannot be sent: queue. Night comes on duty at 60 at home: rolls at 62, drives
            3 + 1, there at 66.
    """
    units = {
        "Day": UnitOf("Asker", duty=((20, False),)),
        "Night": UnitOf("Asker", on_at_start=False, duty=((60, True),)),
    }
    calls = {"fall": Call(0, "Vollen"), "chest": Call(27, "Vollen")}
    told = tell(Story(PLACES, units, calls), simulate)
    assert told.server("fall") == ("Day", 6)
    at_home, overtime = told.rests("Day")
    assert (at_home.kind, at_home.end) == (HOME, 0)
    assert (overtime.kind, overtime.start, overtime.arrive, overtime.end) == (OFF_HOME, 26, 30, 30)
    assert overtime.km == 3
    assert told.server("chest") == ("Night", 66)
    assert told.ride("Night", "chest").assign == 60


def test_a_shift_that_ends_on_the_way_home(simulate: Simulate) -> None:
    """The way home is begun on shift (26) and ended off shift (from 28): two stints along one route.

    fall    Day: there at 6, free at 26 in Vollen. Home: on the road at 26.5, off the road at 29.5, home at 30.
    chest   A new shift begins at 29: the last minute of the way belongs to it, and the unit can be sent again. At 29.25
            it is a quarter of a minute from Asker's road: 1 + 0.25 + (0 + ½) = 1.75, there at 31. This quarter of a
            kilometre is the mission's.
    """
    units = {"Day": UnitOf("Asker", duty=((28, False), (29, True)))}
    calls = {"fall": Call(0, "Vollen"), "chest": Call(29.25, "Asker")}
    told = tell(Story(PLACES, units, calls), simulate)
    _, first, second, third, _ = told.rests("Day")
    assert [(rest.kind, rest.start, rest.end) for rest in (first, second, third)] == [
        (HOME, 26, 28),
        (OFF_HOME, 28, 29),
        (HOME, 29, 29.25),
    ]
    assert {(rest.start_at, rest.to, rest.arrive) for rest in (first, second, third)} == {("Vollen", "Asker", 30)}
    assert (first.km, second.km, third.km) == (1.5, 1, 0.25)
    assert told.server("chest") == ("Day", 31)


def test_from_a_standby_point_it_goes_home_first(simulate: Simulate) -> None:
    """Off at 60 at the standby point in Nesbru, home at 71.

    fall    There at 6, free at 26 in Vollen: on to Nesbru, 7 + 1, there at 34. Off at 60: home, 10 + 1.
    """
    units = {"Day": UnitOf("Asker", duty=((60, False),))}
    told = tell(Story(PLACES, units, {"fall": Call(0, "Vollen")}, standby=(Standby("Nesbru"),)), simulate)
    _, waiting, overtime = told.rests("Day")
    assert (waiting.start, waiting.arrive, waiting.end, waiting.to) == (26, 34, 60, "Nesbru")
    assert (overtime.kind, overtime.start, overtime.end, overtime.km) == (OFF_HOME, 60, 71, 10)
