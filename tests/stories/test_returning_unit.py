from __future__ import annotations

from beredt.dispatch.world import HOME
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell

PLACES = {"Asker": 0, "Blakstad": 4, "Hvalstad": 8, "Nesbru": 12, "Sandvika": 20}
"""Asker 0 ── Blakstad 4 ── Hvalstad 8 ── Nesbru 12 ── Sandvika 20; A is at home in Asker, B in Sandvika."""


def test_sent_from_its_place_along_the_way(simulate: Simulate) -> None:
    """A on its way home is sent from the next place that it passes, not from home and not from where it came from.

    fall    B, nearer, is on a mission, and off duty when that is over. A: 2 + (12 + 1) = 15, there at 15, free at 35 in
            Nesbru. Home: on the road at 35.5, past Hvalstad at 39.5, past Blakstad at 43.5, off the road in Asker at
            47.5, home at 48.
    chest   At 41 A is 2.5 minutes from Blakstad: 1 + 2.5 + (4 + ½) = 8 to Hvalstad, where it has just been. It rolls at
            42 (the crew turns to the new mission), reaches Blakstad at 44.5, Hvalstad at 48.5, there at 49.
            Of the road home it has driven 5.5 km, and drives 2.5 + 4 to the scene.
            From home it would be 41 + 2 + 9 = 52, from Nesbru 41 + 1 + 5 = 47.
    """
    units = {"A": UnitOf("Asker"), "B": UnitOf("Sandvika", duty=((10, False),))}
    calls = {"other": Call(0, "Sandvika"), "fall": Call(0, "Nesbru"), "chest": Call(41, "Hvalstad")}
    told = tell(Story(PLACES, units, calls), simulate)
    assert told.server("other") == ("B", 3)
    assert told.server("fall") == ("A", 15)
    _, home = told.rests("A")[:2]
    assert (home.kind, home.start, home.arrive, home.end) == (HOME, 35, 48, 41)
    assert home.km == 5.5
    sent = told.ride("A", "chest")
    assert (sent.assign, sent.roll, sent.scene, sent.start_at, sent.km) == (41, 42, 49, "Blakstad", 6.5)


def test_after_delivery_it_returns_from_the_hospital(simulate: Simulate) -> None:
    """A patient from Blakstad to Sandvika: the unit is free there, and starts home from there.

    fall    A: there at 7, leaves at 27, drives 16 + 1, in Sandvika at 44, free after the handover at 54. Home at
            54 + 20 + 1 = 75.
    """
    told = tell(Story(PLACES, {"A": UnitOf("Asker")}, {"fall": Call(0, "Blakstad", to="Sandvika")}), simulate)
    ride = told.ride("A", "fall")
    assert (ride.scene, ride.leave, ride.dest, ride.free) == (7, 27, 44, 54)
    home = told.rests("A")[1]
    assert (home.start_at, home.start, home.arrive, home.km) == ("Sandvika", 54, 75, 20)
