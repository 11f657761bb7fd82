"""The tables that rules of relocation follow: which there are, and which one is followed."""

from __future__ import annotations

from collections.abc import Mapping

from beredt.model.compliance_row import ComplianceRow
from beredt.model.priority_entry import PriorityEntry
from beredt.model.relocation_rules import TABLE_RULES
from beredt.model.service import Service

Configurations = Mapping[int, tuple[tuple[str, ...], ...]]
"""Number of free units → its configurations in order, each the station of every slot."""


def list_tables(service: Service, rule: str) -> tuple[str, ...]:
    """Ids of the tables that a rule can follow, in the order of their rows; none for rules that follow none."""
    if rule not in TABLE_RULES:
        return ()
    return tuple(dict.fromkeys(row.table for row in _rows(service, rule)))


def find_followed(service: Service) -> str | None:
    """The table that the service's rule follows; None where it follows none, or where it is not clear which."""
    known = list_tables(service, service.relocation.rule)
    if service.relocation.table:
        return service.relocation.table if service.relocation.table in known else None
    return known[0] if len(known) == 1 else None


def ranked_stations(service: Service, table: str) -> tuple[str, ...]:
    """Stations of a priority list, the lowest rank first; empty for an unknown table."""
    entries = [entry for entry in service.priority_list if entry.table == table]
    return tuple(entry.station for entry in sorted(entries, key=lambda entry: entry.rank))


def configurations(service: Service, table: str) -> Configurations:
    """What a compliance table says: slots in the order of `service.stations`, a station with two units twice.

    Stations that the service does not have (an issue elsewhere) come last.

    Numbers of free units ascend. Empty for an unknown table.
    """
    order = {station.id: number for number, station in enumerate(service.stations)}
    found: dict[int, dict[int, list[str]]] = {}
    for row in sorted(service.compliance, key=lambda row: order.get(row.station, len(order))):
        if row.table == table:
            slots = found.setdefault(row.free_units, {}).setdefault(row.configuration, [])
            slots.extend([row.station] * row.units)
    return {
        free: tuple(tuple(slots) for _, slots in sorted(numbered.items())) for free, numbered in sorted(found.items())
    }


def _rows(service: Service, rule: str) -> tuple[ComplianceRow | PriorityEntry, ...]:
    return service.compliance if rule == "compliance" else service.priority_list
