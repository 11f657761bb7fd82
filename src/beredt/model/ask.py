"""What some incidents ask for beyond a plain first unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from beredt.model.unit_kind import EVERY_URGENCY, UnitKind

MAIN, ALONE, TOGETHER, AHEAD, AFTER = "main", "alone", "together", "ahead", "after"

ROLES = {MAIN: "primary", ALONE: "responder", TOGETHER: "second", AFTER: "second", AHEAD: "responder"}
"""The role that a kind must have where an ask names none."""

MEETS_NOBODY = "only a unit that is asked for beside the first and goes along can meet the patient's unit on its way"
MEETS_REMEDY = "let it escort, together, ahead or after; or do not let it meet"

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Ask:
    """One kind of ask: which incidents, which units, when, and for how long.

    A share (0–1) of incidents of the urgencies in `urgencies`, in `municipalities` (none named: everywhere), called in
    on `weekdays` from `start_s` until before `end_s` (seconds after midnight; equal to a whole day, 0 and 86,400), of
    the kinds in `incident_kinds` (words of the table incident_kinds, or transfer; none named: all).

    `when` is one of: **main** the first unit must be one of those wanted, and plain ones are not sent; **alone** those
    wanted may come as the first unit, too, and ask for another one when they cannot take the patient along;
    **together** with the first unit; **ahead** of it, if sooner; **after** it has been there for `after_s`.

    Wanted are units of `kinds` (none named: those with the role) that know and have all words in `requires`.
    A unit stays `stay_s` at the scene (the median of a lognormal with `stay_sigma`; 0: until it is released), is
    released at the latest `release_s` after the unit that takes the patient has come (None: not), and when it `escorts`
    it goes along to the place of delivery; if it also `meets`, and would come to the scene when the patient's unit has
    left it, it meets that unit on its way. Of *alone*, `after_s` is how long the unit works before it asks for another
    one, `stay_s` how long that one needs at the scene, `release_s` how long the first one stays then.
    """

    id: str
    when: str
    share: float
    urgencies: str = EVERY_URGENCY
    municipalities: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = EVERY_DAY
    start_s: int = 0
    end_s: int = 86_400
    kinds: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    after_s: float = 0.0
    stay_s: float = 0.0
    stay_sigma: float = 0.0
    release_s: float | None = None
    escorts: bool = False
    incident_kinds: tuple[str, ...] = ()
    meets: bool = False

    def wanted_of(self, kinds: Iterable[UnitKind]) -> frozenset[str]:
        """Ids of the kinds it wants: those it names, or those with the role, that have all that it requires.

        Boats go along with nobody: where a patient is taken there may be no water.
        """
        return frozenset(
            kind.id
            for kind in kinds
            if (kind.id in self.kinds if self.kinds else getattr(kind, ROLES[self.when]))
            and kind.words >= set(self.requires)
            and not (kind.floats and self.escorts)
        )


def never_leaves(when: str, stay_s: float, release_s: float | None) -> bool:
    """Whether nothing would end the stay of the unit asked for; going along ends it only where there is transport."""
    return when not in (MAIN, ALONE) and stay_s == 0.0 and release_s is None
