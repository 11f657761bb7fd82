"""Random rules for crises in small worlds."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.world import NO_END, OWN_ONLY, SEAMLESS, Crises, World
from tests.simulation.picking import Picker


def with_crises(seed: int, grid_s: int, world: World) -> World:
    """The same world, whose centres have rules of their own when few units are free or many incidents wait."""
    pick = Picker(f"crises {seed}", grid_s)
    centres = len(world.reserve)
    begins = [pick.random.choice([-1, 0, 0, 1, 2]) for _ in range(centres)]
    pairs = world.policy.shape
    cells = int(np.prod(pairs))

    def some(share: float) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
        return np.array([int(pick.chance(share)) for _ in range(centres)], np.int8)

    return world._replace(
        crises=Crises(
            begins_free=np.array(begins, np.int32),
            begins_waiting=np.array([pick.random.choice([1, 2, 4, NO_END]) for _ in range(centres)], np.int32),
            ends_free=np.array([begin + pick.random.randint(1, 2) for begin in begins], np.int32),
            least_s=np.array([pick.time(60, 4000) or 60.0 for _ in range(centres)]),
            policy=np.array([pick.random.randint(SEAMLESS, OWN_ONLY) for _ in range(cells)], np.int8).reshape(pairs),
            margin_s=np.array([pick.random.choice([0.0, pick.time(0, 300)]) for _ in range(cells)]).reshape(pairs),
            ask_s=np.array([pick.random.choice([0.0, pick.time(0, 240)]) for _ in range(cells)]).reshape(pairs),
            reserve=np.array([pick.random.choice([0, 1, NO_END]) for _ in range(centres)], np.int32),
            lends=some(0.6),
            tasks=some(0.5),
            standby=some(0.5),
        )
    )
