"""From a layout to the edits that make it out of the base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count

from beredt.decision.search.layout import Layout, Slot
from beredt.decision.search.space import Space
from beredt.model.edits.add_unit import AddUnit
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.close_station import CloseStation
from beredt.model.edits.edit import Edit
from beredt.model.edits.move_unit import MoveUnit
from beredt.model.edits.remove_unit import RemoveUnit
from beredt.model.edits.reroster_unit import RerosterUnit
from beredt.model.edits.set_roster_hours import SetRosterHours
from beredt.model.service import Service
from beredt.model.unit import Unit


def layout_edits(space: Space, layout: Layout) -> tuple[Edit, ...]:
    """As few edits as possible that turn the base into a layout; none for today's.

    Stations are opened first; then hours change, units change roster, move, are removed and added; at last stations
    without units are closed, where nothing speaks against it. A unit keeps what it has wherever some unit of the layout
    has that.
    """
    opened = [site.opened() for site in space.sites if site.is_new and site.id in layout.sites()]
    hours = [SetRosterHours(roster=h.roster, start=_clock(h.start_s), end=_clock(h.end_s)) for h in layout.hours]
    units = _unit_edits(space, layout)
    before = apply_edits(space.service, [*opened, *hours, *units])
    return (*opened, *hours, *units, *_closings(space, before))


def service_of_layout(space: Space, layout: Layout) -> Service:
    """The base after the edits of a layout."""
    return apply_edits(space.service, layout_edits(space, layout))


def _unit_edits(space: Space, layout: Layout) -> list[Edit]:
    waiting = [unit for unit in space.service.units if unit.id in space.movable]
    wanted = layout.counts()
    edits: list[Edit] = []
    for match in (_same, _same_site, _same_roster, _same_kind):
        left = []
        for unit in waiting:
            slot = next((slot for slot in sorted(wanted) if wanted[slot] and match(unit, slot)), None)
            if slot is None:
                left.append(unit)
                continue
            wanted[slot] -= 1
            if unit.roster != slot.roster:
                edits.append(RerosterUnit(unit=unit.id, roster=slot.roster))
            if unit.station != slot.site:
                edits.append(MoveUnit(unit=unit.id, station=slot.site))
        waiting = left
    edits += [RemoveUnit(unit=unit.id) for unit in waiting]
    return [*edits, *_additions(space, wanted)]


def _additions(space: Space, wanted: Counter[Slot]) -> Iterator[Edit]:
    taken = {unit.id for unit in space.service.units}
    for slot in sorted(wanted):
        for _ in range(wanted[slot]):
            name = next(name for n in count(1) if (name := f"{slot.site}-new-{n}") not in taken)
            taken.add(name)
            yield AddUnit(id=name, station=slot.site, unit_kind=slot.kind, roster=slot.roster)


def _closings(space: Space, service: Service) -> list[Edit]:
    """A station that had units and has none is closed, unless a standby point would lose its only home station."""
    edits: list[Edit] = []
    had, has = {unit.station for unit in space.service.units}, {unit.station for unit in service.units}
    for site in space.sites:
        if site.is_new or site.id in has or site.id not in had:
            continue
        edit = CloseStation(station=site.id)
        if not list(edit.objections(service)):
            service = edit.apply(service)
            edits.append(edit)
    return edits


def _same(unit: Unit, slot: Slot) -> bool:
    return (unit.kind, unit.station, unit.roster) == slot


def _same_site(unit: Unit, slot: Slot) -> bool:
    return (unit.kind, unit.station) == (slot.kind, slot.site)


def _same_roster(unit: Unit, slot: Slot) -> bool:
    return (unit.kind, unit.roster) == (slot.kind, slot.roster)


def _same_kind(unit: Unit, slot: Slot) -> bool:
    return unit.kind == slot.kind


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
