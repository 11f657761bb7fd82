"""What becomes of staff on units: who changes employer, what is new, what ends, what gets other hours.

A unit that is there before and after belongs to its station. Where the station has another organisation afterwards, its
staff goes along: a transfer of undertaking, in which people keep their terms and their place of work. Hours that are
added or taken away on top of that are the new organisation's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from beredt.decision.staffing.hours import StaffedUnit

IN, OUT, NEW, ENDED, HOURS, MOVED_IN, MOVED_OUT = (
    *("transferred_in", "transferred_out", "new", "ended"),
    *("hours", "moved_in", "moved_out"),
)


class UnitChange(NamedTuple):
    """What becomes of one unit for one organisation at one station; `person_h` are hours of people in a year."""

    what: str
    unit: str
    station: str
    organisation: str
    other: str  # the organisation on the other side of a transfer, else ""
    person_h: float


def unit_changes(before: Sequence[StaffedUnit], after: Sequence[StaffedUnit]) -> Iterator[UnitChange]:
    """Every change of every unit whose crew is known, in the order before, then new ones in the order after.

    Summed over an organisation they make the difference of its hours exactly.
    """
    later = {one.unit: one for one in after}
    earlier = {one.unit for one in before}
    for old in before:
        new = later.get(old.unit)
        if new is None:
            yield UnitChange(ENDED, old.unit, old.station, old.organisation, "", -(old.person_h or 0.0))
        else:
            yield from _kept(old, new)
    for new in after:
        if new.unit not in earlier:
            yield UnitChange(NEW, new.unit, new.station, new.organisation, "", new.person_h or 0.0)


def _kept(old: StaffedUnit, new: StaffedUnit) -> Iterator[UnitChange]:
    hours = old.person_h or 0.0
    more = (new.person_h or 0.0) - hours
    if old.organisation != new.organisation:
        yield UnitChange(OUT, old.unit, old.station, old.organisation, new.organisation, -hours)
        yield UnitChange(IN, old.unit, new.station, new.organisation, old.organisation, hours)
    elif old.station != new.station:
        yield UnitChange(MOVED_OUT, old.unit, old.station, old.organisation, "", -hours)
        yield UnitChange(MOVED_IN, old.unit, new.station, new.organisation, "", hours)
    if more:
        yield UnitChange(HOURS, old.unit, new.station, new.organisation, "", more)
