from __future__ import annotations

from beredt.dispatch.policies import STAY_PUT
from beredt.dispatch.world import OFF_HOME, STANDBY
from tests.stories.laying_down import Policy
from tests.stories.telling import Call, Simulate, Story, UnitOf, tell


def test_a_unit_stays_where_it_became_free(simulate: Simulate) -> None:
    """Asker 0 ── Blakstad 4 ── Nesbru 10; A at home in Asker, its shift over at 100.

    fall    A: 2 + (4 + 1) = 7, there at 7, free at 27 in Blakstad, where it stays.
    chest   At 40 A is out: 1 + (6 + 1) = 8, there at 48, free at 68 in Nesbru, where it stays.
    At 100 it goes home: 10 + 1, there at 111.
    """
    story = Story(
        places={"Asker": 0, "Blakstad": 4, "Nesbru": 10},
        units={"A": UnitOf("Asker", duty=((100, False),))},
        calls={"fall": Call(0, "Blakstad"), "chest": Call(40, "Nesbru")},
        policy=Policy(relocation=STAY_PUT),
    )
    told = tell(story, simulate)
    _, stays, later, home = told.rests("A")
    assert (stays.kind, stays.start, stays.arrive, stays.end, stays.km) == (STANDBY, 27, 27, 40, 0)
    assert (stays.start_at, stays.to) == ("Blakstad", "Blakstad")
    assert told.server("chest") == ("A", 48)
    assert (later.start, later.end, later.to) == (68, 100, "Nesbru")
    assert (home.kind, home.start, home.end, home.km) == (OFF_HOME, 100, 111, 10)
