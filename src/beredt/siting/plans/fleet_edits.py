"""Units with their hours, station by station, as the fewest edits of a service that make it so.

A unit of today that has the hours already stays as it is. Of the others, as many as are wanted get other hours, the
rest are removed, and what is still missing is added. Hours that no roster of the study has become a roster of their
own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from beredt.errors import SitingError
from beredt.model.edits.add_roster import AddRoster
from beredt.model.edits.add_unit import AddUnit
from beredt.model.edits.edit import Edit
from beredt.model.edits.remove_unit import RemoveUnit
from beredt.model.edits.reroster_unit import RerosterUnit
from beredt.model.service import Service
from beredt.model.unit import Unit
from beredt.siting.plans.hours_on_duty import Shift, Slots, shifts_of, slots_of

Duty = tuple[Shift, ...]
"""The shifts of one unit."""

ROSTER = "planned"


def fleet_edits(service: Service, wanted: Mapping[str, Sequence[Duty]]) -> tuple[Edit, ...]:
    """Edits after which stations have these units that may go first; other units and stations stay as they are.

    Args:
        service: that the edits change.
        wanted: shifts of every unit by station.

    Raises:
        SitingError: no kind of unit can go first and transport.
    """
    rosters = _Rosters(service)
    kind = _kind(service)
    first = {one.id for one in service.unit_kinds if one.primary}
    changed: list[Edit] = []
    taken = {unit.id for unit in service.units}
    for station, duties in wanted.items():
        there = [unit for unit in service.units if unit.station == station and unit.kind in first]
        missing, spare = _unmatched(duties, there, rosters)
        for unit, duty in zip(spare, missing, strict=False):
            changed.append(RerosterUnit(unit=unit.id, roster=rosters.named(duty)))
        changed += [RemoveUnit(unit=unit.id) for unit in spare[len(missing) :]]
        for duty in missing[len(spare) :]:
            name = _free(station, taken)
            changed.append(AddUnit(id=name, station=station, unit_kind=kind, roster=rosters.named(duty)))
    return (*rosters.added, *changed)


class _Rosters:
    """The rosters of a service by their hours, and those that are added."""

    def __init__(self, service: Service) -> None:
        rows: dict[str, list[Shift]] = {}
        for row in service.rosters:
            rows.setdefault(row.id, []).extend(shifts_of([row]))
        self._slots = {name: slots_of(shifts) for name, shifts in rows.items()}
        self._by_slots: dict[Slots, str] = {}
        for name, slots in self._slots.items():
            self._by_slots.setdefault(slots, name)
        self.added: list[Edit] = []

    def slots(self, unit: Unit) -> Slots:
        """When a unit of the service is on duty."""
        return self._slots.get(unit.roster, frozenset())

    def named(self, duty: Duty) -> str:
        """The roster with these hours, added if there is none."""
        slots = slots_of(duty)
        if slots not in self._by_slots:
            name = _free(ROSTER, set(self._slots))
            self._slots[name] = slots
            self._by_slots[slots] = name
            self.added.append(AddRoster(id=name, shifts=tuple(shift.text() for shift in duty)))
        return self._by_slots[slots]


def _unmatched(duties: Iterable[Duty], units: Sequence[Unit], rosters: _Rosters) -> tuple[list[Duty], list[Unit]]:
    """Duties that no unit has yet, and units whose hours nobody wants."""
    spare, missing = list(units), []
    for duty in duties:
        slots = slots_of(duty)
        found = next((unit for unit in spare if rosters.slots(unit) == slots), None)
        if found is None:
            missing.append(duty)
        else:
            spare.remove(found)
    # Whose hours are longest keeps a place: least of today is given up.
    spare.sort(key=lambda unit: -len(rosters.slots(unit)))
    missing.sort(key=lambda duty: -len(slots_of(duty)))
    return missing, spare


def _kind(service: Service) -> str:
    kind = next((one.id for one in service.unit_kinds if one.primary and one.transports), None)
    if kind is None:
        raise SitingError("no kind of unit goes first and transports: give one in unit_kinds")
    return kind


def _free(beginning: str, taken: set[str]) -> str:
    """The first of `beginning-1`, `beginning-2` … that is free, taken from now on."""
    name = next(one for number in range(1, len(taken) + 2) if (one := f"{beginning}-{number}") not in taken)
    taken.add(name)
    return name
