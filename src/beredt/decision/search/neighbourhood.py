"""Layouts as the surrogate sees them, and the neighbours of a layout with what the cover model foretells of each.

The gain of a step is first taken as the sum of what each slot loses and wins by itself, which takes one evaluation of
the model for each slot; only steps that look promising are then evaluated whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.decision.search.duty import DutyHours
from beredt.decision.search.layout import Layout, Slot, make_layout
from beredt.decision.search.moves import JOINED, Move, list_moves
from beredt.decision.search.space import Space
from beredt.decision.search.surrogate import Known

F8 = NDArray[np.float64]

Guess = Callable[[Layout], float]
"""A guess at the score of a layout."""

KEPT = 64
"""Neighbourhoods that are kept ready."""


class Neighbourhood:
    """All layouts one step from a layout, with their steps. `known` is set right as they are evaluated whole."""

    def __init__(self, moves: Sequence[Move], layouts: Sequence[Layout], known: Known) -> None:
        self.layouts, self.known = layouts, known
        self.step = {layout: move.kind for move, layout in zip(moves, layouts, strict=True)}
        self.whole: NDArray[np.bool_] = np.zeros(len(layouts), np.bool_)


class Sight:
    """What can be seen of layouts without simulating them."""

    def __init__(self, space: Space, guess: Guess) -> None:
        """Look at a space with a model.

        Args:
            space: whose layouts are looked at.
            guess: the cover model.
        """
        self._space, self._guess = space, guess
        self._hours = DutyHours(space)
        self._guessed: dict[Layout, float] = {}
        self._kept: dict[Layout, Neighbourhood] = {}
        self._today = self._hours.of(space.today)

    def known(self, layouts: Sequence[Layout]) -> Known:
        """What is known of layouts, evaluated whole."""
        base = self._value(self._space.today)
        guessed = np.array([self._value(one) - base for one in layouts], np.float64)
        return Known(guessed, self._duty(layouts))

    def neighbours(self, layout: Layout) -> Neighbourhood:
        """All steps from a layout."""
        if layout not in self._kept:
            if len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[layout] = self._look_around(layout)
        return self._kept[layout]

    def look_closer(self, around: Neighbourhood, chosen: Sequence[int] | NDArray[np.int64]) -> None:
        """Evaluate some neighbours whole."""
        base = self._value(self._space.today)
        for i in chosen:
            if not around.whole[i]:
                around.known.guessed[i] = self._value(around.layouts[i]) - base
                around.whole[i] = True

    def step(self, before: Layout, after: Layout) -> str:
        """The kind of step from a layout to another; `several` where it takes more than one."""
        return self.neighbours(before).step.get(after, JOINED)

    def typical_gain(self) -> float:
        """How far single steps from today's layout move the guess: their standard deviation; 1 where none does.

        In the unit of the objective: what is large and small is told by it, so that percentage points, seconds, and
        services of any size are treated alike.
        """
        gains = self.neighbours(self._space.today).known.guessed
        return float(np.std(gains)) or 1.0 if gains.size else 1.0

    def _look_around(self, layout: Layout) -> Neighbourhood:
        steps = list_moves(self._space, layout)
        moves, layouts = [move for move, _ in steps], [after for _, after in steps]
        gains = self._linear_gains(layout, moves)
        gained = self._value(layout) - self._value(self._space.today)
        around = Neighbourhood(moves, layouts, Known(gained + gains, self._duty(layouts)))
        self.look_closer(around, [i for i, move in enumerate(moves) if move.hours is not None])
        return around

    def _linear_gains(self, layout: Layout, moves: Sequence[Move]) -> F8:
        base = self._value(layout)
        lost = {slot: self._value(_changed(layout, slot, -1)) - base for slot, _ in layout.units}
        slots = set(self._space.all_slots()) | {slot for move in moves for slot in move.give}
        won = {slot: self._value(_changed(layout, slot, 1)) - base for slot in sorted(slots)}
        return np.array([sum(lost[s] for s in move.take) + sum(won[s] for s in move.give) for move in moves])

    def _duty(self, layouts: Sequence[Layout]) -> F8:
        found = np.array([self._hours.of(one) for one in layouts], np.float64).reshape(len(layouts), self._hours.size)
        return found - self._today

    def _value(self, layout: Layout) -> float:
        if layout not in self._guessed:
            self._guessed[layout] = self._guess(layout)
        return self._guessed[layout]


def _changed(layout: Layout, slot: Slot, by: int) -> Layout:
    counts = layout.counts()
    counts[slot] += by
    return make_layout(counts, layout.hours)
