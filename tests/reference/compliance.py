"""Where free units should be by a compliance table: the cheapest assignment, by trying all."""

from __future__ import annotations

from functools import cache

from beredt.dispatch.compliance import ComplianceTable


def configurations(table: ComplianceTable, free_units: int) -> list[list[int]]:
    """The lists of bases for a number of free units."""
    numbers = range(table.first_configuration[free_units], table.first_configuration[free_units + 1])
    return [table.slot_base[table.first_slot[n] : table.first_slot[n + 1]].tolist() for n in numbers]


def goals(table: ComplianceTable, cost_ms: list[list[int]], home: list[int]) -> list[int] | None:
    """The base where each free unit should be; None when the table says nothing about so few.

    Args:
        table: of the world.
        cost_ms: of each unit to each base.
        home: own station of each unit, where it goes without a slot.
    """
    found = [_assigned(bases, cost_ms, home) for bases in configurations(table, len(home))]
    return min(found, key=lambda answer: answer[0], default=(0, None))[1]


def _assigned(bases: list[int], cost_ms: list[list[int]], home: list[int]) -> tuple[int, list[int] | None]:
    """The least sum, and who goes where: the first of equally cheap answers in the order of a dictionary."""
    units = len(home)

    def base_in(unit: int, slot: int) -> int:
        return bases[slot] if slot < len(bases) else home[unit]

    @cache
    def cheapest(unit: int, taken: frozenset[int]) -> tuple[int, tuple[int, ...]]:
        """For this unit and all after it; of equal sums the smaller row of slots is the smaller tuple."""
        if unit == units:
            return 0, ()
        answers = []
        for slot in range(units):
            if slot not in taken:
                rest_ms, slots = cheapest(unit + 1, taken | {slot})
                answers.append((cost_ms[unit][base_in(unit, slot)] + rest_ms, (slot, *slots)))
        return min(answers)

    total_ms, slots = cheapest(0, frozenset())
    return total_ms, [base_in(unit, slot) for unit, slot in enumerate(slots)]
