"""A boat goes over water between landing points, and its crew walks from there."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.world import AHEAD, Water
from tests.stories.telling import AskOf, Call, Simulate, Story, Told, UnitOf, incidents_of, world_of

STORY = Story(
    places={"Asker": 0, "Vollen": 10, "Ostøya": 30},
    units={"A": UnitOf("Asker"), "B": UnitOf("Vollen", roles=0, carries=False, flies=2, start_min=1)},
    calls={"chest": Call(0, "Ostøya", asks=(AskOf(("B",), when=AHEAD, release_min=10),))},
)
"""By road Asker 0 ── Vollen 10 ── Ostøya 30; over water 5 km from Vollen to a quay a minute's walk from the patient."""


def test_the_boat_comes_first(simulate: Simulate) -> None:
    """Of a boat: 2 minutes to roll, 1 to start, half a minute of leg, 5 km at a minute each, 1 on foot, half a minute.

    So it is there at 10; the ambulance at 2 + (30 + 1) = 33. Ten minutes later the boat is released, and home 7 later.
    """
    water = Water(
        shore_s=np.array([600.0, 0.0, 60.0]),
        landing=np.array([0, 0, 1], np.int32),
        km=np.array([[0.0, 5.0], [5.0, 0.0]]),
        s_per_km=np.array([60.0]),
    )
    told = Told(STORY, simulate(world_of(STORY)._replace(water=water), incidents_of(STORY)))
    assert told.ride("A", "chest").scene == 33
    boat = told.ride("B", "chest")
    assert (boat.roll, boat.scene, boat.free, boat.km) == (3, 10, 43, 5)
    assert (told.rests("B")[-1].arrive, told.rests("B")[-1].km) == (50, 5)
