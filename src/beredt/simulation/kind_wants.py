"""Which sets of kinds of unit a service's incidents may want: worked out once, numbered for the kernel.

The first three are those of the roles: plain first units, second units, responders. All others come from asks, and
from kinds that cannot always fly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from beredt.dispatch.world import I1
from beredt.errors import StudyError
from beredt.model.ask import ALONE, MAIN, Ask
from beredt.model.issue import Issue
from beredt.model.service import Service
from beredt.model.unit_kind import UnitKind

Kinds = frozenset[str]

MOST_WANTS = 100
MOST_ASKS = 24
"""Asks for one unit more: the kernel keeps room for so many of one incident, and a few beside."""


class Wants(NamedTuple):
    """Sets of kinds, and where each is wanted. M asks for the first unit, L that let one come alone, R for one more.

    B counts the subsets of kinds that may have to stay on the ground.
    """

    sets: tuple[Kinds, ...]
    first: I1  # [M + 1, L + 1, B] of the first unit; 0 for no ask
    carrier: I1  # [M + 1, B] of the unit that takes the patient when the first cannot
    more: I1  # [R, B]


def grounded_kinds(service: Service) -> tuple[UnitKind, ...]:
    """Kinds that cannot come to all incidents, by weather, hours or water, in the order of their table."""
    return tuple(kind for kind in service.unit_kinds if kind.stays_down)


def asks_for_more(service: Service) -> tuple[Ask, ...]:
    """Asks for one unit more than the first."""
    return tuple(ask for ask in service.asks if ask.when not in (MAIN, ALONE))


def asks_when(service: Service, when: str) -> tuple[Ask, ...]:
    """Asks of one form."""
    return tuple(ask for ask in service.asks if ask.when == when)


def wants_of(service: Service) -> Wants:
    """Number all sets of kinds that incidents of a service may want.

    Raises:
        StudyError: more of them, or more asks, than the kernel keeps room for.
    """
    kinds = service.unit_kinds
    plain = _with_role(kinds, "primary")
    transports = frozenset(kind.id for kind in kinds if kind.transports)
    sets: dict[Kinds, int] = {}
    listed = [plain, _with_role(kinds, "second"), _with_role(kinds, "responder")]
    for number, one in enumerate(listed):
        sets.setdefault(one, number)
    grounded = _subsets([kind.id for kind in grounded_kinds(service)])
    main = [plain, *(ask.wanted_of(kinds) for ask in asks_when(service, MAIN))]
    alone = [frozenset[str](), *(ask.wanted_of(kinds) for ask in asks_when(service, ALONE))]
    more = [ask.wanted_of(kinds) for ask in asks_for_more(service)]

    def number_of(wanted: Kinds, of_first: bool) -> int:
        """Queues are kept for the first want and for those beyond the three roles."""
        found = sets.get(wanted)
        if found is not None and not (of_first and found in (1, 2)):
            return found
        listed.append(wanted)
        sets[wanted] = len(listed) - 1
        return sets[wanted]

    first = [[[number_of((m | a) - down, True) for down in grounded] for a in alone] for m in main]
    carrier = [[number_of(((m & transports) or (plain & transports)) - down, True) for down in grounded] for m in main]
    asked = [[number_of(one - down, False) for down in grounded] for one in more]
    _refuse_too_many(len(listed), len(more))
    return Wants(
        tuple(listed),
        np.array(first, np.int8),
        np.array(carrier, np.int8),
        np.array(asked, np.int8).reshape(len(more), len(grounded)),
    )


def _with_role(kinds: Sequence[UnitKind], role: str) -> Kinds:
    return frozenset(kind.id for kind in kinds if getattr(kind, role))


def _subsets(kinds: list[str]) -> list[Kinds]:
    """All subsets; bit j of the place says whether kind j is in it."""
    return [frozenset(kind for bit, kind in enumerate(kinds) if number >> bit & 1) for number in range(2 ** len(kinds))]


def _refuse_too_many(wants: int, asks: int) -> None:
    for count, most, what in ((wants, MOST_WANTS, "sets of kinds of unit"), (asks, MOST_ASKS, "asks for more units")):
        if count > most:
            message = f"incidents ask for {count} {what}; at most {most} can be told apart"
            raise StudyError([Issue("asks", None, "id", None, count, message, "leave some out, or join them")])
