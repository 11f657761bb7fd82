"""Compliance tables: for each number of free units, the bases where they should be.

A number of free units may have one configuration or several; of several, the one that takes the least driving in all
is chosen, the first on a tie. Who drives where is the cheapest assignment. Where there are more units than slots, a
unit without a slot goes to its home base, and that drive counts as well [1].

[1] M. Gendreau, G. Laporte and F. Semet, The maximal expected coverage relocation problem for emergency vehicles,
    Journal of the Operational Research Society 57 (2006) 22–28, doi 10.1057/palgrave.jors.2601991.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from beredt.dispatch.assignment import AssignmentRoom, assign, assignment_room
from beredt.dispatch.compiled import apart
from beredt.dispatch.roads import I4, I8


class ComplianceTable(NamedTuple):
    """Configurations by number of free units, for up to U units; K configurations."""

    first_configuration: I4  # [U + 2] those of n free units are first_configuration[n] … first_configuration[n + 1] - 1
    first_slot: I4  # [K + 1] slots of configuration k are first_slot[k] … first_slot[k + 1] - 1
    slot_base: I4  # [*] base of each slot; a base with two slots stands twice


class ComplianceRoom(NamedTuple):
    """Room for one look into a table; what is in it between calls means nothing."""

    cost_ms: I8  # [U, U]
    column_of: I4  # [U]
    assignment: AssignmentRoom


def compliance_room(units: int) -> ComplianceRoom:
    """Room for up to `units` free units."""
    return ComplianceRoom(np.zeros((units, units), np.int64), np.zeros(units, np.int32), assignment_room(units))


def compliance_table(configurations: Mapping[int, Sequence[Sequence[int]]], units: int) -> ComplianceTable:
    """The arrays of a table.

    A number of free units that is not in the table is served as the next smaller one that is: its extra units go home.

    Args:
        configurations: number of free units (≥ 1) to its configurations, each a list of bases; of a list longer than
            the number of free units the last are left out.
        units: the largest number of free units there can be.
    """
    first_configuration, first_slot = [0], [0]
    slots: list[int] = []
    now: Sequence[Sequence[int]] = ()
    for n in range(units + 1):
        now = configurations.get(n, now)
        for bases in now:
            slots.extend(bases[:n])
            first_slot.append(len(slots))
        first_configuration.append(len(first_slot) - 1)
    return ComplianceTable(*(np.array(cells, np.int32) for cells in (first_configuration, first_slot, slots)))


@apart
def goals_in_table(table: ComplianceTable, n: int, drive_ms: I8, home: I4, goal: I4, room: ComplianceRoom) -> bool:
    """Where each of n free units should be.

    Args:
        table: from `compliance_table`.
        n: free units, 0 to U.
        drive_ms: [≥ n, B] what the drive from where it is now to each base costs each of them, from 0 to `NEVER_MS`.
        home: [≥ n] home base of each.
        goal: [≥ n] the answer is written here: the base of each.
        room: from `compliance_room`.

    Returns:
        False when the table says nothing about so few units; then nothing is written.
    """
    first, last = table.first_configuration[n], table.first_configuration[n + 1]
    best_ms = -1
    for k in range(first, last):
        slot = table.first_slot[k]
        slots = table.first_slot[k + 1] - slot
        for i in range(n):
            for j in range(n):
                base = table.slot_base[slot + j] if j < slots else home[i]
                room.cost_ms[i, j] = drive_ms[i, base]
        total_ms = assign(room.cost_ms, n, room.column_of, room.assignment)
        if best_ms >= 0 and total_ms >= best_ms:
            continue
        best_ms = total_ms
        for i in range(n):
            j = room.column_of[i]
            goal[i] = table.slot_base[slot + j] if j < slots else home[i]
    return best_ms >= 0
