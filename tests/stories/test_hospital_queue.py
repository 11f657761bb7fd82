from __future__ import annotations

import math

from beredt.dispatch.world import URGENT
from tests.stories.telling import AskOf, Call, Simulate, Story, UnitOf, WardOf, tell

PLACES = {"Asker": 0, "Sykehus": 4, "Annet": 10}
UNITS = {"A": UnitOf("Asker"), "B": UnitOf("Asker")}


def test_who_comes_to_a_full_hospital_waits_for_a_place(simulate: Simulate) -> None:
    """Asker 0 ── Sykehus 4 ── Annet 10. One place, for 60 minutes; 20 minutes at the scene, 10 to hand over.

    first   in Asker at 0: A there at 3, leaves at 23, at the hospital at 28. It has the place until 88; A is free
            at 38.
    second  in Asker at 5: B there at 8, leaves at 28, at the hospital at 33, and waits 55 minutes: free at 98.
    """
    story = Story(
        places=PLACES,
        units=UNITS,
        calls={"first": Call(0, "Asker", to="Sykehus"), "second": Call(5, "Asker", to="Sykehus")},
        wards={"Sykehus": WardOf(1, 60)},
    )
    told = tell(story, simulate)
    assert (told.ride("A", "first").dest, told.ride("A", "first").free) == (28, 38)
    assert (told.ride("B", "second").dest, told.ride("B", "second").free) == (33, 98)


def test_a_new_hour_may_bring_places(simulate: Simulate) -> None:
    """As before, but from 01:00 on there are two places: B hands over at 60 and is free at 70."""
    story = Story(
        places=PLACES,
        units=UNITS,
        calls={"first": Call(0, "Asker", to="Sykehus"), "second": Call(5, "Asker", to="Sykehus")},
        wards={"Sykehus": WardOf(2, 600, by_hour={0: 1})},
    )
    assert tell(story, simulate).ride("B", "second").free == 70


def test_the_acute_patient_is_let_in_first(simulate: Simulate) -> None:
    """Two wait at 41 and 42, the urgent one was there first; the place is let go at 88, and the acute one has it."""
    units = UNITS | {"C": UnitOf("Asker")}
    calls = {
        "first": Call(0, "Asker", to="Sykehus"),
        "urgent": Call(13, "Asker", URGENT, to="Sykehus"),
        "acute": Call(14, "Asker", to="Sykehus"),
    }
    told = tell(Story(places=PLACES, units=units, calls=calls, wards={"Sykehus": WardOf(1, 60)}), simulate)
    assert told.ride("C", "acute").free == 98
    assert told.ride("B", "urgent").free == 88 + 60 + 10


def test_a_crowded_hospital_is_passed(simulate: Simulate) -> None:
    """As in the first story; a third patient leaves Asker at 58 while B waits, and is taken on: 10 + 1, there at 69.

    The doctor who rides along is there with her, and nobody waits at the other hospital: both are free at 79.
    """
    units = UNITS | {"C": UnitOf("Asker"), "D": UnitOf("Asker", roles=0)}
    calls = {
        "first": Call(0, "Asker", to="Sykehus"),
        "second": Call(5, "Asker", to="Sykehus"),
        "third": Call(35, "Asker", to="Sykehus", asks=(AskOf(("D",), stay_min=0, escorts=True),)),
    }
    wards = {"Sykehus": WardOf(1, 600, by_pass_to="Annet"), "Annet": WardOf(5, 60)}
    told = tell(Story(places=PLACES, units=units, calls=calls, wards=wards), simulate)
    third, doctor = told.ride("C", "third"), told.ride("D", "third")
    assert (third.leave, third.dest, third.free) == (58, 69, 79)
    assert (doctor.dest, doctor.free) == (69, 79)
    assert math.isclose(told.ride("B", "second").free, 600)
