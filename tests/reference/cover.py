"""What free units cover: the section *Cover* of the rules, counted anew every time."""

from __future__ import annotations

from collections.abc import Iterable

from beredt.dispatch import cover as arrays


class Cover:
    """Sets of demand, and the bases that cover them."""

    def __init__(self, cover: arrays.Cover) -> None:
        bases = len(cover.base_first) - 1
        self._sets_of = [
            cover.base_sets[cover.base_first[base] : cover.base_first[base + 1]].tolist() for base in range(bases)
        ]
        self._weight: list[float] = cover.set_weight.tolist()
        self._power: list[float] = cover.power.tolist()  # (1 - q)·q^k
        self._offered = [base for base in range(bases) if cover.offered[base]]

    def loss(self, base: int, free_bases: Iterable[int]) -> float:
        """What is lost when one of the free units, one of this base, goes."""
        free = list(free_bases)
        assert base in free
        free.remove(base)
        return self.gain(base, free)

    def gain(self, base: int, free_bases: Iterable[int]) -> float:
        """What one more free unit of a base adds to free units of these bases."""
        free = list(free_bases)
        gain = 0.0
        for number in self._sets_of[base]:
            covering = sum(number in self._sets_of[other] for other in free)
            gain += self._weight[number] * self._power[covering]
        return gain

    def best_base(self, free_bases: Iterable[int], present: int) -> int:
        """The offered base that adds most, the first on a tie; the present one when none is offered."""
        free = list(free_bases)
        return max(self._offered, key=lambda base: self.gain(base, free), default=present)
