"""Units of one kind wanted for command, and nothing else changed."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.plain_asks import plain_abilities
from beredt.dispatch.world import PRIMARY, World
from beredt.errors import UnknownIdError
from beredt.model.service import Service


def with_command_kind(world: World, service: Service, kind: str | None) -> tuple[World, int]:
    """A world whose incidents may want a unit of a kind, whatever its roles, and the number of that want.

    Args:
        world: of the service, packed.
        service: the alternative.
        kind: its kind that commands; None, or a kind that none of its units has, for any plain first unit.

    Raises:
        UnknownIdError: a kind that the service does not know.
    """
    known = [row.id for row in service.unit_kinds]
    if kind is not None and kind not in known:
        raise UnknownIdError("kind of unit", kind, known)
    commands = np.array([[unit.kind == kind for unit in service.units]], np.int8)
    if not commands.any():
        return world, PRIMARY
    can = world.abilities or plain_abilities(world.unit_roles)
    wants = np.concatenate([can.wants, commands])
    return world._replace(abilities=can._replace(wants=wants)), len(wants) - 1
