from __future__ import annotations

from beredt.dispatch.world import URGENT
from tests.stories.telling import Call, Simulate, Story, TaskOf, UnitOf, tell

PLACES = {"Asker": 0, "Blakstad": 4, "Nesbru": 10}


def test_a_task_is_done_in_standby_time(simulate: Simulate) -> None:
    """Asker 0 ── Blakstad 4 ── Nesbru 10; A at home in Asker. A visit in Blakstad opens at 10.

    A sets out at once, without getting dressed for it: 4 + 1, there at 15, done at 45, home again at 50.
    """
    story = Story(
        places=PLACES,
        units={"A": UnitOf("Asker")},
        calls={"late": Call(200, "Asker")},
        tasks={"visit": TaskOf("Blakstad", ("A",), opens=10, due=60, stay_min=30)},
    )
    told = tell(story, simulate)
    assert told.task("visit") == ("A", 15, 0)
    _, visit, home = told.rests("A")[:3]
    assert (visit.start, visit.arrive, visit.end, visit.km) == (10, 15, 45, 4)
    assert (home.start, home.arrive) == (45, 50)


def test_an_acute_call_breaks_a_visit_off_and_another_does_not(simulate: Simulate) -> None:
    """A is at the visit from 15 on. Urgent calls are not worth leaving a patient for, acute ones are.

    fall    at 20, urgent: nobody is free. It waits until A is done.
    chest   at 30, acute, in Nesbru: A leaves, out: 1 + (6 + 1) = 8, there at 38, free at 58. It takes the fall first:
            1 + (6 + 1), there at 66, free at 86 in Blakstad. The visit waits all the time: 1 more there, at 87.
    """
    story = Story(
        places=PLACES,
        units={"A": UnitOf("Asker")},
        calls={"fall": Call(20, "Blakstad", URGENT), "chest": Call(30, "Nesbru")},
        tasks={"visit": TaskOf("Blakstad", ("A",), opens=10, due=60, stay_min=30)},
    )
    told = tell(story, simulate)
    assert told.server("chest") == ("A", 38)
    assert told.server("fall") == ("A", 66)
    assert told.mark("queued", "fall") == 1
    assert told.task("visit") == ("A", 87, 1)


def test_a_visit_that_is_begun_may_be_finished_first(simulate: Simulate) -> None:
    """On the way A turns for everything acute; at the patient for nothing: the chest at 30 waits until 45."""
    story = Story(
        places=PLACES,
        units={"A": UnitOf("Asker")},
        calls={"chest": Call(30, "Nesbru")},
        tasks={"visit": TaskOf("Blakstad", ("A",), opens=10, due=60, stay_min=30, drops=())},
    )
    assert tell(story, simulate).server("chest") == ("A", 45 + 1 + 7)


def test_the_shift_the_window_and_the_station_are_kept(simulate: Simulate) -> None:
    """Nobody begins what does not fit.

    early     would end at 15 + 30 = 45, after A goes off duty at 40: nobody does it.
    short     ends at 15 + 20 = 35: A does it, but one other must stay in Asker, and B is there: so A may.
    too late  in Nesbru, at the latest at 45: A is off, and B may not.
    """
    story = Story(
        places=PLACES,
        units={"A": UnitOf("Asker", duty=((40, False),)), "B": UnitOf("Asker")},
        calls={"late": Call(200, "Asker")},
        tasks={
            "early": TaskOf("Blakstad", ("A",), opens=10, due=60, stay_min=30),
            "short": TaskOf("Blakstad", ("A",), opens=10, due=60, stay_min=20, keep=1),
            "too late": TaskOf("Nesbru", ("A",), opens=12, due=45, last=45, stay_min=5),
        },
    )
    told = tell(story, simulate)
    assert told.task("short")[:2] == ("A", 15)
    assert told.task("early")[0] == told.task("too late")[0] == "nobody"


def test_of_tasks_that_wait_the_one_due_first_is_taken(simulate: Simulate) -> None:
    """A is at a call from 0 until 22. Two visits wait: one due at 90, and one that opened later and is due at 40."""
    story = Story(
        places=PLACES,
        units={"A": UnitOf("Asker")},
        calls={"chest": Call(0, "Asker")},
        tasks={
            "later": TaskOf("Blakstad", ("A",), opens=5, due=90, stay_min=10),
            "sooner": TaskOf("Nesbru", ("A",), opens=10, due=40, stay_min=10),
        },
    )
    told = tell(story, simulate)
    assert told.task("sooner") == ("A", 23 + 11, 0)
    assert told.task("later") == ("A", 23 + 11 + 10 + 7, 0)
