"""Boats need water, and take nobody to hospital; a crisis must begin, end and mean something."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.checks.lack import Lack
from beredt.model.service import Service


def check_boats(service: Service) -> Iterator[Lack]:
    """Boats without landing points, or that can do what only a unit on the road can."""
    used = {unit.kind for unit in service.units}
    for kind in service.unit_kinds:
        if not kind.floats:
            continue
        if kind.flies:
            yield Lack("unit_kinds", kind.id, "floats", FLIES_TOO, "let it do one of the two", "error")
        if kind.transports or kind.primary:
            field = "transports" if kind.transports else "primary"
            yield Lack("unit_kinds", kind.id, field, ONLY_BESIDE, f"set {field} to 0, and ask for it", "error")
        if kind.id in used and not service.landing_points:
            message = f"{kind.id} floats, and there are no landing points"
            yield Lack("unit_kinds", kind.id, "floats", message, "add rows to landing_points", "error")


def check_crisis_rules(service: Service) -> Iterator[Lack]:
    """Crises that never begin, end at once, or change nothing."""
    for rule in service.crisis_rules:
        for field, message, remedy in rule.faults():
            yield Lack("crisis_rules", None, field, message, remedy, "error")


FLIES_TOO = "a kind of unit cannot both fly and float"
ONLY_BESIDE = "a boat takes nobody to hospital, and is no plain first unit: incidents ask for it"
