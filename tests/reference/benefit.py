"""Where free units should be by Zhang's integer programme, by trying all."""

from __future__ import annotations

from functools import cache

from beredt.dispatch.benefit import Slots


def best_slots(slots: Slots, cost_ms: list[list[int]]) -> list[int]:
    """The base of each unit: the most worth less driving; of equal answers the first in the order of a dictionary.

    Args:
        slots: of the world.
        cost_ms: of each unit to each base.
    """
    bases, worth_ms = slots.base.tolist(), slots.worth_ms.tolist()

    @cache
    def cheapest(unit: int, taken: frozenset[int]) -> tuple[int, tuple[int, ...]]:
        if unit == len(cost_ms):
            return 0, ()
        answers = []
        for slot, base in enumerate(bases):
            if slot not in taken:
                rest_ms, others = cheapest(unit + 1, taken | {slot})
                answers.append((cost_ms[unit][base] - worth_ms[slot] + rest_ms, (slot, *others)))
        return min(answers)

    return [bases[slot] for slot in cheapest(0, frozenset())[1]]
