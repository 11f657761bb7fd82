"""Crews that are off duty and called in: further units at the stations, which nobody has before their time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from beredt.model.service import Service
from beredt.model.unit import Unit

PREFIX = "called-in-"


def with_called_in(service: Service, share: float) -> tuple[Service, tuple[int, ...]]:
    """A service with the units that crews called in would man, after all others, and their numbers.

    Each station gets `share` (0 to 1) of its units that can carry out a mission, halves rounded up, as copies of the
    first of them; what roster they have does not matter, since only the call brings them on duty.
    """
    primary = {kind.id for kind in service.unit_kinds if kind.primary}
    at: dict[str, list[Unit]] = defaultdict(list)
    for unit in service.units:
        if unit.kind in primary:
            at[unit.station].append(unit)
    extra = [
        replace(units[number % len(units)], id=f"{PREFIX}{station}-{number + 1}")
        for station, units in at.items()
        for number in range(int(share * len(units) + 0.5))
    ]
    own = len(service.units)
    if not extra:
        return service, ()
    return replace(service, units=(*service.units, *extra)), tuple(range(own, own + len(extra)))
