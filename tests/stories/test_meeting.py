"""A doctor who would come too late meets the ambulance on its way to hospital."""

from __future__ import annotations

from dataclasses import replace

from tests.stories.telling import AskOf, Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Blakstad": 4, "Nesbru": 10, "Sandvika": 20, "Lier": 45, "Drammen": 50},
    units={"A": UnitOf("Blakstad"), "D": UnitOf("Lier", roles=0)},
    calls={"arrest": Call(0, "Blakstad", to="Drammen", asks=(AskOf(("D",), escorts=True, meets=True),))},
)
"""Blakstad 4 ── Nesbru 10 ── Sandvika 20 ── Lier 45 ── Drammen 50; the ambulance stands at the patient's place."""


def test_they_meet_where_the_doctor_is_first(simulate: Simulate) -> None:
    """A is there at 3 and leaves at 23. It passes Nesbru at 23.5 + 6 = 29.5, and Sandvika at 39.5.

    D has driven since 2.5, and is at 45 − 20.5 = 24.5 by then: in Sandvika at 27.5, in Nesbru at 37.5, which is too
    late. So they meet in Sandvika, at 39.5, and D goes along to Drammen: there at 23 + (46 + 1) = 70, free at 80.
    D has driven 25 km, and rides along for 30.
    """
    told = tell(STORY, simulate)
    ambulance, doctor = told.rides()
    assert (ambulance.scene, ambulance.leave, ambulance.dest) == (3, 23, 70)
    assert (doctor.scene, doctor.leave, doctor.dest, doctor.free) == (39.5, 39.5, 70, 80)
    assert doctor.km == 25
    row = told.outcome.missions[1]
    assert (list(STORY.places)[row.met], row.transport_km) == ("Sandvika", 30)


def test_without_meeting_the_doctor_comes_too_late(simulate: Simulate) -> None:
    """Lier to Blakstad is 2 + (41 + 1) = 44."""
    asks = (AskOf(("D",), escorts=True),)
    told = tell(replace(STORY, calls={"arrest": Call(0, "Blakstad", to="Drammen", asks=asks)}), simulate)
    assert (told.ride("D", "arrest").scene, told.ride("D", "arrest").free) == (44, 44)
