"""What incidents ask for must be there, at some hour, and must be able to leave again."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.ask import ALONE, MAIN, MEETS_NOBODY, MEETS_REMEDY, never_leaves
from beredt.model.checks.lack import Lack
from beredt.model.service import Service


def check_asks(service: Service) -> Iterator[Lack]:
    """Asks for nobody, at no hour, or for a unit that would never leave."""
    manned = {unit.kind for unit in service.units}
    for ask in service.asks:
        wanted = ask.wanted_of(service.unit_kinds)
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
        if never_leaves(ask.when, ask.stay_s, ask.release_s):
            yield Lack("asks", ask.id, "stay_s", NEVER_LEAVES, "give stay_s or release_s", "error")
        if ask.meets and (not ask.escorts or ask.when in (MAIN, ALONE)):
            yield Lack("asks", ask.id, "meets", MEETS_NOBODY, MEETS_REMEDY, "error")


NEVER_LEAVES = "the unit would never leave the scene"
