"""Planned tasks need somebody who may do them; by-pass rules a hospital where somebody can wait."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.checks.lack import Lack
from beredt.model.service import Service


def check_planned_tasks(service: Service) -> Iterator[Lack]:
    """Tasks that nobody may do or that never open, and homes that nobody lives in."""
    for task in service.planned_tasks:
        units = [unit for unit in service.units if unit.kind in task.kinds]
        if not any(not task.stations or unit.station in task.stations for unit in units):
            message = f"nobody can do {task.id}: no unit of its kinds is at its stations"
            yield Lack("planned_tasks", task.id, "kinds", message, "add such a unit, or name other kinds", "warning")
        if task.start_s >= task.end_s:
            message = "its hours do not run forward within a day"
            yield Lack("planned_tasks", task.id, "end", message, "give an end after the start", "error")


def check_by_passes(service: Service) -> Iterator[Lack]:
    """Rules for a hospital where nobody ever waits, or that send patients to itself."""
    counted = {row.hospital for row in service.hospital_places}
    for rule in service.by_passes:
        if rule.hospital not in counted:
            message = f"nobody ever waits at {rule.hospital}: it has no places that are counted"
            remedy = "give it rows in hospital_places, or remove the rule"
            yield Lack("by_passes", None, "hospital", message, remedy, "warning")
        if rule.hospital == rule.instead:
            message = f"{rule.hospital} stands in for itself"
            yield Lack("by_passes", None, "instead", message, "name another hospital", "error")
