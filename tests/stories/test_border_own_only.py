from __future__ import annotations

from beredt.dispatch.world import OWN_ONLY
from tests.stories.borders import evening
from tests.stories.telling import Border, Simulate, tell


def test_nobody_crosses(simulate: Simulate) -> None:
    """E stands idle nine minutes from the chest pain, which waits for W: there at 37, not 16.

    fall    W: there at 5, free at 25 in Vollen.
    chest   Queue of the west. W is free at 25: rolls at 26, drives 10 + 1, there at 37, free at 57 in Nesbru.
    stroke  Queue behind it. W is free at 57: rolls at 58, drives 8 + 1, there at 67, free at 87 in Blakstad.
    burn    Queue behind that. W is free at 87: rolls at 88, drives 8 + 1, there at 97.
    fire    E at its station: 2 + (2 + 1) = 5, there at 35 (seamless: 65). Free at 55, it goes home past the queue.
    """
    told = tell(evening(Border(OWN_ONLY)), simulate)
    assert told.server("fall") == ("W", 5)
    assert told.server("chest") == ("W", 37)
    assert told.server("stroke") == ("W", 67)
    assert told.server("burn") == ("W", 97)
    assert told.server("fire") == ("E", 35)
    assert told.outcome.asked == [-1, -1, -1, -1, -1]
    assert told.outcome.queued == [0, 1, 1, 1, 0]
    assert [rest.to for rest in told.rests("E")] == ["Sandvika", "Sandvika"]
