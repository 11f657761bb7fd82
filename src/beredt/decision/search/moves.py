"""The neighbourhood of a layout: what is one step away.

* **move**: a unit to another site, on its roster;
* **reroster**: a unit to another roster, at its site;
* **move and reroster**: both at once;
* **swap**: two units at different sites exchange their rosters;
* **split** and **join**: a unit on a long roster becomes two on shorter ones, and back, within the budget;
* **add** and **remove**: within the budget, and to make room in it;
* **relocate**: all units of a site move to a new one, so one station is opened and another left; **merge**: to another
  station; **exchange**: two sites exchange all their units;
* **shift**: the hours of a roster begin and end earlier or later, or last longer or shorter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement

from beredt.decision.search.budget import weekly_hours
from beredt.decision.search.layout import Layout, RosterHours, Slot, find_changed
from beredt.decision.search.space import Space

SHIFTS_S = (3_600, 7_200)
"""By how much the hours of a roster begin or end earlier or later in one step."""

DAY_S = 86_400

JOINED = "several"
"""What a way to another layout is called that takes several steps."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step: units taken out of slots and put into others, or other hours of a roster (None: as they are)."""

    kind: str
    take: tuple[Slot, ...] = ()
    give: tuple[Slot, ...] = ()
    hours: RosterHours | None = None

    def applied(self, layout: Layout) -> Layout | None:
        """The layout after the step; None when there is nothing to take."""
        if self.hours is None:
            return find_changed(layout, self.take, self.give)
        kept = [one for one in layout.hours if one.roster != self.hours.roster]
        return find_changed(layout, self.take, self.give, [*kept, self.hours])


def list_moves(space: Space, layout: Layout) -> list[tuple[Move, Layout]]:
    """Every step from a layout to another that may be chosen, with that layout; each layout once."""
    found: dict[Layout, Move] = {}
    for move in _all_moves(space, layout):
        after = _without_base_hours(space, move.applied(layout))
        if after is not None and after != layout and after not in found and space.allows(after):
            found[after] = move
    return [(move, after) for after, move in found.items()]


def _all_moves(space: Space, layout: Layout) -> Iterator[Move]:
    yield from _single(space, layout)
    yield from _swaps(layout)
    yield from _splits_and_joins(space, layout)
    yield from _whole_sites(space, layout)
    yield from _exchanges(layout)
    yield from _shifts(space, layout)


def _single(space: Space, layout: Layout) -> Iterator[Move]:
    for slot, _ in layout.units:
        yield Move("remove", (slot,))
        for other in space.all_slots():
            if other == slot or other.kind != slot.kind:
                continue
            if other.roster == slot.roster:
                kind = "move"
            else:
                kind = "reroster" if other.site == slot.site else "move and reroster"
            yield Move(kind, (slot,), (other,))
    for slot in space.all_slots():
        yield Move("add", (), (slot,))


def _swaps(layout: Layout) -> Iterator[Move]:
    slots = [slot for slot, _ in layout.units]
    for i, one in enumerate(slots):
        for other in slots[i + 1 :]:
            if one.kind == other.kind and one.site != other.site and one.roster != other.roster:
                give = one._replace(roster=other.roster), other._replace(roster=one.roster)
                yield Move("swap", (one, other), give)


def _splits_and_joins(space: Space, layout: Layout) -> Iterator[Move]:
    hours = weekly_hours(space.service.rosters, layout.hours)
    long = [r for r in space.rosters if any(2 * hours[s] <= hours[r] for s in space.rosters)]
    sites = [site.id for site in space.sites]
    slots = [slot for slot, _ in layout.units]
    for roster in long:
        # Only the longest that fit twice: shorter ones follow by a change of roster.
        short = max((s for s in space.rosters if 2 * hours[s] <= hours[roster]), key=lambda s: (hours[s], s))
        for slot in slots:
            if slot.roster == roster:
                for site in sites:
                    pair = slot._replace(roster=short), Slot(slot.kind, site, short)
                    yield Move("split", (slot,), pair)
        halves = [slot for slot in slots if slot.roster == short]
        for one, other in combinations_with_replacement(halves, 2):
            if one.kind == other.kind:
                for site in {one.site, other.site}:
                    yield Move("join", (one, other), (Slot(one.kind, site, roster),))


def _whole_sites(space: Space, layout: Layout) -> Iterator[Move]:
    for site in sorted(layout.sites()):
        units = [slot for slot, count in layout.units for _ in range(count) if slot.site == site]
        if len(units) < 2:
            continue  # that is a move
        for other in space.sites:
            if other.id != site:
                kind = "relocate" if not layout.units_at(other.id) else "merge"
                yield Move(kind, tuple(units), tuple(slot._replace(site=other.id) for slot in units))


def _exchanges(layout: Layout) -> Iterator[Move]:
    sites = sorted(layout.sites())
    units = {site: [slot for slot, n in layout.units for _ in range(n) if slot.site == site] for site in sites}
    for one, other in combinations(sites, 2):
        if len(units[one]) + len(units[other]) > 2:  # of one unit each, a swap says the same
            there = [slot._replace(site=other) for slot in units[one]]
            back = [slot._replace(site=one) for slot in units[other]]
            yield Move("exchange", (*units[one], *units[other]), (*there, *back))


def _shifts(space: Space, layout: Layout) -> Iterator[Move]:
    changed = {one.roster: one for one in layout.hours}
    for roster in space.shifted:
        rows = [row for row in space.service.rosters if row.id == roster]
        if len({(row.start_s, row.end_s) for row in rows}) != 1:
            continue  # an edit gives all shifts of a roster the same hours
        now = changed.get(roster, RosterHours(roster, rows[0].start_s, rows[0].end_s))
        for early in (-SHIFTS_S[1], -SHIFTS_S[0], 0, SHIFTS_S[0], SHIFTS_S[1]):
            for late in (-SHIFTS_S[1], -SHIFTS_S[0], 0, SHIFTS_S[0], SHIFTS_S[1]):
                after = _shifted(now, early, late)
                if after is not None and (early, late) != (0, 0):
                    yield Move("shift", hours=after)


def _shifted(now: RosterHours, early: int, late: int) -> RosterHours | None:
    """Other hours; None where the shift would end before it begins or last longer than a day."""
    end = now.end_s if now.end_s > now.start_s else now.end_s + DAY_S
    start, end = now.start_s + early, end + late
    if not 0 < end - start <= DAY_S:
        return None
    whole = end - start == DAY_S
    start, end = start % DAY_S, end % DAY_S
    if whole:
        return RosterHours(now.roster, 0, DAY_S)
    return RosterHours(now.roster, start, end or DAY_S)


def _without_base_hours(space: Space, layout: Layout | None) -> Layout | None:
    """The layout without hours that are those of the base: so that equal services are equal layouts."""
    if layout is None or not layout.hours:
        return layout
    base = {(row.id, row.start_s, row.end_s) for row in space.service.rosters}
    return Layout(layout.units, tuple(one for one in layout.hours if tuple(one) not in base))
