"""Which layouts may be chosen: sites, rosters, who may be moved, and what it may cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from beredt.decision.search.budget import Budget, weekly_hours
from beredt.decision.search.layout import Layout, RosterHours, Slot, make_layout
from beredt.decision.search.sites import SearchSite
from beredt.model.roster_overlap import find_overlaps
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service


@dataclass(frozen=True)
class Space:
    """All layouts that a search may choose from.

    `service`: the base. `sites`: stations in question and new sites. `kinds`: kinds of unit in question; units of them
    at these stations may be moved, others stay as they are. `rosters`: that these units may have. `shifted`: rosters
    whose hours may change. `locked`: stations that must keep a unit. `most_opened`, `most_closed`: new sites with
    units, stations left without any. `keeps_owners`: no unit changes its organisation.
    `keeps_rosters`: as many units on each roster as today.
    """

    service: Service
    sites: tuple[SearchSite, ...]
    kinds: tuple[str, ...]
    rosters: tuple[str, ...]
    budget: Budget
    shifted: tuple[str, ...] = ()
    locked: frozenset[str] = field(default_factory=frozenset)
    most_opened: int = 0
    most_closed: int = 0
    keeps_owners: bool = True
    keeps_rosters: bool = False

    @cached_property
    def by_id(self) -> dict[str, SearchSite]:
        """Sites by id."""
        return {site.id: site for site in self.sites}

    @cached_property
    def today(self) -> Layout:
        """The layout of the base."""
        movable = self.movable
        return make_layout(Counter(Slot(u.kind, u.station, u.roster) for u in self.service.units if u.id in movable))

    @cached_property
    def movable(self) -> frozenset[str]:
        """Ids of the units in question."""
        places = {site.id for site in self.sites}
        return frozenset(u.id for u in self.service.units if u.kind in self.kinds and u.station in places)

    @cached_property
    def staying(self) -> Counter[str]:
        """Units that stay, by station."""
        return Counter(u.station for u in self.service.units if u.id not in self.movable)

    def cost(self, layout: Layout) -> float:
        """In the unit of the budget."""
        return self.budget.cost_of(self.budget.unit, layout, self._hours_of(layout.hours))

    def allows(self, layout: Layout) -> bool:
        """Whether a layout may be chosen."""
        return self.find_fault(layout) is None

    def find_fault(self, layout: Layout) -> str | None:
        """Why a layout may not be chosen, in a few words; None when it may."""
        for slot, _ in layout.units:
            if slot.site not in self.by_id or slot.kind not in self.kinds or slot.roster not in self._known_rosters:
                return f"{slot} is not in question"
        if not self.budget.allows(self.cost(layout)):
            return "it costs more than the budget"
        used = layout.sites()
        if len(self._new & used) > self.most_opened:
            return "too many stations are opened"
        empty = (self._had - self._new) - used
        if empty & self.locked:
            return "a locked station has no unit"
        if len(empty) > self.most_closed:
            return "too many stations are left without units"
        if any(find_overlaps(self.roster_rows(one)) for one in layout.hours):
            return "shifts of a roster overlap"
        if self.keeps_rosters and _on_rosters(layout) != _on_rosters(self.today):
            return "other rosters than today"
        return self._find_owner_fault(layout) if self.keeps_owners else None

    def roster_rows(self, hours: RosterHours) -> tuple[RosterRow, ...]:
        """The rows of a roster at other hours."""
        rows = (row for row in self.service.rosters if row.id == hours.roster)
        return tuple(RosterRow(row.id, row.weekdays, hours.start_s, hours.end_s) for row in rows)

    def all_slots(self) -> Iterator[Slot]:
        """Every slot, by kind, site and roster in their order."""
        for kind in self.kinds:
            for site in self.sites:
                for roster in self.rosters:
                    yield Slot(kind, site.id, roster)

    @cached_property
    def _known_rosters(self) -> frozenset[str]:
        return frozenset(self.rosters) | {slot.roster for slot, _ in self.today.units}

    @cached_property
    def _owned_today(self) -> dict[str, float]:
        return self._owned(self.today)

    @cached_property
    def _hours(self) -> dict[tuple[RosterHours, ...], dict[str, float]]:
        return {}

    def _hours_of(self, hours: tuple[RosterHours, ...]) -> dict[str, float]:
        """Hours a week by roster, worked out once: steps by the thousand ask for them."""
        if hours not in self._hours:
            self._hours[hours] = weekly_hours(self.service.rosters, hours)
        return self._hours[hours]

    @cached_property
    def _had(self) -> frozenset[str]:
        return frozenset(self.today.sites())

    @cached_property
    def _new(self) -> frozenset[str]:
        return frozenset(site.id for site in self.sites if site.is_new)

    def _owned(self, layout: Layout) -> dict[str, float]:
        """Seats times hours, by organisation: what cannot be handed over."""
        hours = self._hours_of(layout.hours)
        owned: dict[str, float] = {}
        for slot, count in layout.units:
            owner = self.by_id[slot.site].organisation
            owned[owner] = owned.get(owner, 0.0) + count * hours[slot.roster] * self.budget.seats[slot.kind]
        return owned

    def _find_owner_fault(self, layout: Layout) -> str | None:
        now = self._owned(layout)
        # What the budget leaves free today may go to anyone; what an organisation has today it keeps to itself.
        slack = max(0.0, sum(now.values()) - sum(self._owned_today.values()))
        for owner, seat_hours in now.items():
            if seat_hours > self._owned_today.get(owner, 0.0) + slack + 1e-6:
                return f"{owner} would get units of another organisation"
        return None


def _on_rosters(layout: Layout) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for slot, count in layout.units:
        found[slot.kind, slot.roster] += count
    return found
