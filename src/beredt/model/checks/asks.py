"""What incidents ask for must be there, at some hour, and must be able to leave again."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.ask import AFTER, AHEAD, ALONE, MAIN, TOGETHER, Ask
from beredt.model.checks.lack import Lack
from beredt.model.service import Service

ROLES = {MAIN: "primary", ALONE: "responder", TOGETHER: "second", AFTER: "second", AHEAD: "responder"}
"""The role that a kind must have where an ask names none."""


def check_asks(service: Service) -> Iterator[Lack]:
    """Asks for nobody, at no hour, or for a unit that would never leave."""
    manned = {unit.kind for unit in service.units}
    for ask in service.asks:
        wanted = wanted_kinds(ask, service)
        if not wanted:
            message = f"nobody can be what {ask.id} asks for: no kind of unit has the role and all that it requires"
            remedy = "give a kind the words or the role, or let the ask require less"
            yield Lack("asks", ask.id, "requires", message, remedy, "error")
        elif not wanted & manned:
            message = f"nobody can be what {ask.id} asks for: no unit is of the kinds {', '.join(sorted(wanted))}"
            remedy = "add such a unit, or remove the ask"
            # Those who ask for another first unit would wait for ever; all others are only less well served.
            yield Lack("asks", ask.id, "kinds", message, remedy, "error" if ask.when == MAIN else "warning")
        if ask.start_s == ask.end_s:
            message = "nobody ever asks for it: its hours end when they begin"
            yield Lack("asks", ask.id, "end", message, "a whole day is 00:00 to 24:00", "error")
        if never_leaves(ask):
            yield Lack("asks", ask.id, "stay_s", NEVER_LEAVES, "give stay_s or release_s", "error")


NEVER_LEAVES = "the unit would never leave the scene"


def never_leaves(ask: Ask) -> bool:
    """Whether nothing would end the stay of the unit asked for; going along ends it only where there is transport."""
    return ask.when not in (MAIN, ALONE) and ask.stay_s == 0.0 and ask.release_s is None


def wanted_kinds(ask: Ask, service: Service) -> frozenset[str]:
    """The kinds that an ask wants: those it names, or those with the role, which have all that it requires."""
    return frozenset(
        kind.id
        for kind in service.unit_kinds
        if (kind.id in ask.kinds if ask.kinds else getattr(kind, ROLES[ask.when])) and kind.words >= set(ask.requires)
    )
