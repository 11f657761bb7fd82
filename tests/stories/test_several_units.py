from __future__ import annotations

from dataclasses import replace

from beredt.dispatch.world import AFTER, CARRIER, PRIMARY, SECOND
from tests.stories.telling import AskOf, Call, Lone, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Blakstad": 4, "Nesbru": 10, "Sandvika": 20, "Drammen": 50},
    units={"A": UnitOf("Asker"), "D": UnitOf("Nesbru", roles=0)},
    calls={"arrest": Call(0, "Blakstad", to="Sandvika", asks=(AskOf(("D",), escorts=True),))},
)
"""Asker 0 ── Blakstad 4 ── Nesbru 10 ── Sandvika 20 ── Drammen 50; ambulance A in Asker, doctor D in Nesbru."""


def test_two_units_come_and_the_doctor_rides_along(simulate: Simulate) -> None:
    """A is there at 2 + (4 + 1) = 7, leaves at 27, is in Sandvika at 27 + (16 + 1) = 44 and free at 54.

    D is there at 2 + (6 + 1) = 9, goes along with the patient, and its car is free when A is: in Sandvika.
    """
    told = tell(STORY, simulate)
    ambulance, doctor = told.rides()
    assert (ambulance.unit, ambulance.role, ambulance.scene, ambulance.leave) == ("A", PRIMARY, 7, 27)
    assert (doctor.unit, doctor.role, doctor.scene, doctor.leave) == ("D", SECOND, 9, 27)
    assert (ambulance.dest, ambulance.free) == (doctor.dest, doctor.free) == (44, 54)
    assert [rest.start_at for rest in told.rests("D")] == ["Nesbru", "Sandvika"]


def test_a_doctor_who_comes_too_late_turns_home(simulate: Simulate) -> None:
    """From Drammen D needs 2 + (46 + 1) = 49 minutes; the patient has left at 27."""
    told = tell(replace(STORY, units={**STORY.units, "D": UnitOf("Drammen", roles=0)}), simulate)
    doctor = told.ride("D", "arrest")
    assert (doctor.scene, doctor.leave, doctor.free) == (49, 49, 49)


def test_a_doctor_is_asked_for_when_the_first_unit_has_been_there_a_while(simulate: Simulate) -> None:
    """A is there at 7 and asks at 12; D is there 2 + (6 + 1) = 9 minutes later, stays 15, and is free at 36."""
    asks = (AskOf(("D",), when=AFTER, after_min=5, stay_min=15),)
    told = tell(replace(STORY, calls={"arrest": Call(0, "Blakstad", asks=asks)}), simulate)
    doctor = told.ride("D", "arrest")
    assert (doctor.assign, doctor.scene, doctor.free) == (12, 21, 36)


def test_a_unit_is_released_early(simulate: Simulate) -> None:
    """D would stay for 30 minutes. From Nesbru to Sandvika it needs 2 + (10 + 1) = 13, and A 2 + (20 + 1) = 23.

    Five minutes after A has come D is released: free at 28, not at 43. Without that rule it is 43.
    """
    early = AskOf(("D",), stay_min=30, release_min=5)
    for ask, free in ((early, 28), (replace(early, release_min=float("inf")), 43)):
        told = tell(replace(STORY, calls={"crash": Call(0, "Sandvika", asks=(ask,))}), simulate)
        assert told.ride("A", "crash").scene == 23
        assert (told.ride("D", "crash").scene, told.ride("D", "crash").free) == (13, free)


LONE = Story(
    places={"Asker": 0, "Blakstad": 6, "Hvalstad": 8},
    units={"A": UnitOf("Asker"), "R": UnitOf("Blakstad", roles=0b100, carries=False)},
    calls={"chest": Call(0, "Hvalstad", to="Asker", lone=Lone(assess_min=5, load_min=3, release_min=2))},
)
"""Asker 0 ── Blakstad 6 ── Hvalstad 8; ambulance A in Asker, single responder R in Blakstad, who may come alone."""


def test_the_responder_comes_first_and_asks_for_an_ambulance(simulate: Simulate) -> None:
    """R needs 2 + (2 + 1) = 5, A 2 + (8 + 1) = 11: R is the first unit, and alone.

    At 10 it asks for A, which is there at 10 + 11 = 21. The patient has been cared for since 5, for 20 minutes: A
    leaves at max(21 + 3, 5 + 20) = 25, is in Asker at 25 + (8 + 1) = 34, and free at 44. R goes at 21 + 2 = 23.
    """
    told = tell(LONE, simulate)
    responder, ambulance = told.rides()
    assert (responder.unit, responder.role, responder.scene, responder.free) == ("R", PRIMARY, 5, 23)
    assert (ambulance.unit, ambulance.role, ambulance.assign, ambulance.scene) == ("A", CARRIER, 10, 21)
    assert (ambulance.leave, ambulance.dest, ambulance.free) == (25, 34, 44)
    assert told.clock_stopped("chest") == 5


def test_nobody_else_comes_when_the_patient_stays_at_home(simulate: Simulate) -> None:
    """R is done at 5 + 20 = 25, and A is free all the time."""
    calls = {"chest": replace(LONE.calls["chest"], to=None)}
    told = tell(replace(LONE, calls=calls), simulate)
    assert [(ride.unit, ride.free) for ride in told.rides()] == [("R", 25)]


def test_the_responder_stays_until_an_ambulance_can_come(simulate: Simulate) -> None:
    """A is at a fall in Asker: there at 2 + 1 = 3 (called at 0), free at 23, where it hears of the patient who waits.

    chest is called in at 1: R is there at 6 and asks at 11; A rolls at 24, is there at 24 + (8 + 1) = 33; R goes at 35.
    """
    calls = {"fall": Call(0, "Asker"), "chest": replace(LONE.calls["chest"], minute=1)}
    told = tell(replace(LONE, calls=calls), simulate)
    assert told.mark("queued", "chest") == 1
    assert (told.ride("A", "chest").assign, told.ride("A", "chest").scene) == (23, 33)
    assert (told.ride("R", "chest").scene, told.ride("R", "chest").free) == (6, 35)


FLIGHT = Story(
    places={"Asker": 0, "Nesodden": 40},
    units={"A": UnitOf("Asker"), "B": UnitOf("Asker"), "H": UnitOf("Asker", roles=0, flies=1, start_min=5)},
    calls={
        "fall": Call(0, "Nesodden", asks=(AskOf(("H",), stay_min=20),)),
        "burn": Call(45, "Nesodden", asks=(AskOf(("H",), stay_min=20),)),
    },
)
"""Asker 0 ── Nesodden 40; ambulances A and B and helicopter H in Asker. H flies a kilometre in 0.3 minutes."""


def test_the_helicopter_beats_the_road(simulate: Simulate) -> None:
    """A: 2 + (40 + 1) = 43. H: 2 + 5 to start + 40 · 0.3 + 1 = 20, which is 23 minutes sooner."""
    told = tell(FLIGHT, simulate)
    assert told.ride("A", "fall").scene == 43
    assert (told.ride("H", "fall").scene, told.ride("H", "fall").free) == (20, 40)
    assert told.ride("H", "fall").km == 40


def test_the_helicopter_turns_round_in_the_air(simulate: Simulate) -> None:
    """It is free in Nesodden at 40 and in the air from 40.5; at 45 it has 4.5 minutes behind it and 7.5 before it.

    So it turns round: 1 minute to get going, 4.5 back, half a minute to the patient: there at 51.
    """
    told = tell(FLIGHT, simulate)
    assert (told.ride("H", "burn").start_at, told.ride("H", "burn").scene) == ("Nesodden", 51)
