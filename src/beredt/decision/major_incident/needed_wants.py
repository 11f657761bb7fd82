"""Sets of units that the places of an event want, in the world of one alternative."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from beredt.decision.major_incident.needed import Needed
from beredt.dispatch.plain_asks import plain_abilities
from beredt.dispatch.world import I1, PRIMARY, World
from beredt.model.service import Service
from beredt.simulation.kind_wants import grounded_kinds


def with_needed_wants(world: World, service: Service, needed: Sequence[Needed]) -> tuple[World, I1]:
    """A world whose incidents may want what is needed, and the number of each of these wants, int8 [N, B].

    B counts the subsets of kinds that may have to stay on the ground, as `kind_wants.Wants`; those that have to are not
    among the wanted. What is needed of no kind by name is wanted as the first unit of everybody else is, and its row is
    not to be looked at.

    Args:
        world: of the service, packed.
        service: the alternative.
        needed: N of them.
    """
    can = world.abilities or plain_abilities(world.unit_roles)
    grounded = [kind.id for kind in grounded_kinds(service)]
    of_unit = [unit.kind for unit in service.units]
    number = np.full((len(needed), 2 ** len(grounded)), PRIMARY, np.int8)
    rows: list[np.ndarray] = []
    known: dict[frozenset[str], int] = {}
    for n, one in enumerate(needed):
        for subset in range(number.shape[1]) if one.wanted else ():
            down = {kind for bit, kind in enumerate(grounded) if subset >> bit & 1}
            kinds = one.kinds_of(service.unit_kinds) - down
            if kinds not in known:
                known[kinds] = len(can.wants) + len(rows)
                rows.append(np.array([kind in kinds for kind in of_unit], np.int8))
            number[n, subset] = known[kinds]
    if not rows:
        return world, number
    return world._replace(abilities=can._replace(wants=np.concatenate([can.wants, np.array(rows)]))), number
