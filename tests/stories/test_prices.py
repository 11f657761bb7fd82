from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from beredt.dispatch.world import ACUTE, ORDINARY
from tests.stories.laying_down import Policy
from tests.stories.telling import RESPONDER_ONLY, Call, Simulate, Story, UnitOf, tell

STORY = Story(
    places={"Asker": 0, "Vollen": 2, "Blakstad": 4, "Nesbru": 10, "Hvalstad": 12},
    units={"Paramedics": UnitOf("Asker"), "Basic": UnitOf("Blakstad")},
    calls={"chest": Call(0, "Nesbru")},
)
"""Asker 0 ── Vollen 2 ── Blakstad 4 ── Nesbru 10 ── Hvalstad 12: a unit with paramedics in Asker, one without in
Blakstad."""


def priced(price_min: Mapping[tuple[str, int], float]) -> Story:
    return replace(STORY, policy=Policy(price_min=price_min))


def test_a_price_in_minutes(simulate: Simulate) -> None:
    """Paramedics: 2 + (10 + 1) = 13. Basic: 2 + (6 + 1) = 9, and its price: with 3 it is 12, with 5 it is 14.

    The price is paid in the choice only: Basic is there at 9. An infinite one is never paid.
    """
    assert tell(priced({("Basic", ACUTE): 3}), simulate).server("chest") == ("Basic", 9)
    assert tell(priced({("Basic", ACUTE): 5}), simulate).server("chest") == ("Paramedics", 13)
    assert tell(priced({("Basic", ACUTE): math.inf}), simulate).server("chest") == ("Paramedics", 13)
    assert tell(priced({("Basic", ORDINARY): math.inf}), simulate).server("chest") == ("Basic", 9)


def test_never_sent_is_never_sent_from_the_queue(simulate: Simulate) -> None:
    """Two tiers: paramedics are kept from ordinary missions, even while one waits at their door.

    chest   Basic is nearer: 2 + (6 + 1) = 9, with its price 19. Paramedics: 13, there at 13, free at 33 in Nesbru.
    fall    At 1 Basic, acute or not: 2 + (2 + 1) = 5, with its price 15: there at 6, free at 26. Home, 2 + 1, at 29.
    visit   At 20 nobody is free: queue. At 26 Basic takes it: it rolls at 27, drives 10 + 1, there at 38.
    lift    At 21, queue. At 33 the paramedics are free, but are never sent to an ordinary mission.
            Basic is free at 58 in Hvalstad: it rolls at 59, drives 2 + 1, there at 62.
    """
    price_min = {("Basic", ACUTE): 10, ("Paramedics", ORDINARY): math.inf}
    calls = {
        "chest": Call(0, "Nesbru"),
        "fall": Call(1, "Vollen"),
        "visit": Call(20, "Hvalstad", urgency=ORDINARY),
        "lift": Call(21, "Nesbru", urgency=ORDINARY),
    }
    told = tell(replace(priced(price_min), calls=calls), simulate)
    assert told.server("chest") == ("Paramedics", 13)
    assert told.server("fall") == ("Basic", 6)
    assert told.server("visit") == ("Basic", 38)
    assert told.server("lift") == ("Basic", 62)


def test_a_price_does_not_make_a_responder_quicker(simulate: Simulate) -> None:
    """Both in Asker: 2 + (2 + 1) = 5 minutes for either. The responder is not strictly first, and is not sent.

    Whatever the price: (300 s + 214.2 s) − 214.2 s would be a hair more than 300 s.
    """
    units = {"Paramedics": UnitOf("Asker"), "Responder": UnitOf("Asker", roles=RESPONDER_ONLY)}
    story = replace(priced({("Paramedics", ACUTE): 3.57}), units=units, calls={"chest": Call(0, "Vollen")})
    assert [ride.unit for ride in tell(story, simulate).rides()] == ["Paramedics"]
