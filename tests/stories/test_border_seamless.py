from __future__ import annotations

from beredt.dispatch.world import SEAMLESS
from tests.stories.borders import evening
from tests.stories.telling import Border, Simulate, tell


def test_the_nearest_unit_goes_whoever_owns_it(simulate: Simulate) -> None:
    """Nobody asks anybody, and a queue is one queue.

    fall    W: there at 5, free at 25 in Vollen.
    chest   W is at a scene. E: 2 + (8 + 1) = 11, so there at 5 + 11 = 16, free at 36 in Nesbru.
    stroke  Both at work: queue. W, free at 25, is out: rolls at 26, drives 2 + 1, there at 29, free at 49 in Blakstad.
    burn    Both at work: queue. E is free at 36 and takes the earliest call, which is not its own centre's fire:
            rolls at 37, drives 0 + 1, there at 38.
    fire    Queue. E is free again at 58: W, free at 49, is first. Rolls at 50, drives 14 + 1, there at 65.
    """
    told = tell(evening(Border(SEAMLESS)), simulate)
    assert told.server("fall") == ("W", 5)
    assert told.server("chest") == ("E", 16)
    assert told.server("stroke") == ("W", 29)
    assert told.server("burn") == ("E", 38)
    assert told.server("fire") == ("W", 65)
    assert told.outcome.asked == [-1, -1, -1, -1, -1]
    assert told.outcome.queued == [0, 0, 1, 1, 1]
    assert [ride.cause for ride in told.rides()] == [0, 0, 2, 2, 2]
