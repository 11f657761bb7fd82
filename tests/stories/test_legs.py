from __future__ import annotations

from beredt.dispatch.world import HOME, OFF_HOME
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Vollen": 3, "Nesbru": 10},
    units={"A": UnitOf("Asker")},
    calls={"fall": Call(0, "Vollen")},
    legs_in_km=True,
)
"""Asker 0 ── Vollen 3 ── Nesbru 10; half a kilometre off the road at each end of a trip, a minute a kilometre."""


def test_legs_are_driven_too(simulate: Simulate) -> None:
    """A patient from Vollen to Nesbru: to the scene ½ + 3 + ½ km, on ½ + 7 + ½, home ½ + 10 + ½."""
    story = Story(STORY.places, STORY.units, {"fall": Call(0, "Vollen", to="Nesbru")}, legs_in_km=True)
    told = tell(story, simulate)
    (row,) = told.outcome.missions
    assert (row.drive_km, row.transport_km) == (4, 8)
    assert told.rests("A")[1].km == 11


def test_a_shift_that_ends_on_the_last_leg(simulate: Simulate) -> None:
    """The way home is 4 km, the last half of it off the road; the shift ends a tenth of a kilometre into that.

    fall    A: there at 6, free at 26. Home: on the road at 26.5, off the road at 29.5, home at 30.
    Off at 29.6: 3.6 km on shift, 0.4 km after it.
    """
    units = {"A": UnitOf("Asker", duty=((29.6, False),))}
    told = tell(Story(STORY.places, units, STORY.calls, legs_in_km=True), simulate)
    _, on_shift, after_it = told.rests("A")
    assert (on_shift.kind, after_it.kind) == (HOME, OFF_HOME)
    assert abs(on_shift.km - 3.6) < 1e-6
    assert abs(after_it.km - 0.4) < 1e-6


def test_turning_round_on_the_last_leg(simulate: Simulate) -> None:
    """Called again a tenth of a kilometre off the road, A drives that back, and from the road in Asker on.

    chest   At 29.6 A: 1 + 0.1 + (3 + ½): it rolls at 30.6, is on the road at 30.7, there at 34.2.
    """
    calls = {"fall": Call(0, "Vollen"), "chest": Call(29.6, "Vollen")}
    told = tell(Story(STORY.places, STORY.units, calls, legs_in_km=True), simulate)
    ride = told.ride("A", "chest")
    assert abs(ride.scene - 34.2) < 1e-6
    assert abs(told.rests("A")[1].km - 3.6) < 1e-6
    assert abs(ride.km - 3.6) < 1e-6
