"""Cells that must not be worked out, carried to the values that have to stay possible: many at once, then the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from beredt.indicators.suppression.additive import F8, I8, B
from beredt.indicators.suppression.flows import TINY, Seen, cheapest_flow, with_moved
from beredt.indicators.suppression.neighbourhood import Web, near_cells, web_of
from beredt.indicators.suppression.simplify import PlainTable


class Width(NamedTuple):
    """How far flows that carry many cells at once reach."""

    rounds: int
    carried: int  # cells that one flow carries, at most
    cells: int  # of their neighbourhood


WIDTHS = (Width(3, 30, 1_500), Width(3, 60, 5_000), Width(14, 100, 20_000))
"""Many cells are carried at once, some up and some down, before those that are left are carried one by one: at first
few of them through what is near. A flow takes far more than twice as long through twice as many cells, and through all
of a great table none is found at all, so that work grows with a table only when flows do not."""

MANY = 4
"""A flow for fewer cells through a wide neighbourhood takes longer than one for each of them through what is near."""

WORTHWHILE = 0.1
"""Share of the carried cells that a round through a wide neighbourhood must settle for there to be another."""

CARRIED = 0.3
"""Share of the cells that a round carries."""

GREATEST = 300_000
"""Cells that may move in a table from which on flows are first looked for among hidden cells alone: of all cells, those
that are near are then a small part of a sum over a hundred months or places, and flows end where they do."""

EVERYWHERE = 1 << 40
FEW_STEPS = 2_000
"""Steps of a program that carries few cells: one that needs more takes as long as a hundred others."""


class Round(NamedTuple):
    """One flow after the other through hidden cells alone."""

    carried: int  # cells that one flow carries
    cells: int  # hidden ones around them
    steps: int  # of a program


NEAR_ROUNDS = 4
"""Of these, the first ones where somebody comes after."""

HIDDEN_ROUNDS = (
    *NEAR_ROUNDS * (Round(20, 3_000, FEW_STEPS),),
    *2 * (Round(20, 10_000, FEW_STEPS),),
    *2 * (Round(1, 10_000, FEW_STEPS),),
    Round(1, EVERYWHERE, FEW_STEPS),
)
"""Few cells at once, of which most find their way among hidden cells near by. Some need a way through half of the
table, and get into each other's way when they are carried together."""

CELLS_EACH = 200
"""Cells of a neighbourhood for each of the cells that are carried through it at once, where it is wide."""

NEAR, FARTHER = 1_500, 20_000
"""Cells of the neighbourhood in which a flow is looked for before all of the table is; where it moves what had better
be printed, it pays to look farther."""


class Task(NamedTuple):
    """Cells that must not be worked out, and what has been found of them."""

    secret: B  # [P]
    ends: Seen  # [P] where each of them is to be carried
    enough: F8  # [P] how far apart two possible values of it must be for it to be left at that
    seen: Seen  # [P] what has been found to be possible; it is added to

    def close(self) -> B:
        """Those of which too little is known to be possible."""
        return self.secret & (self.seen.high - self.seen.low < self.enough)


def carry_all(table: PlainTable, web: Web, hidden: B, task: Task, near: int, *, last: bool) -> B:
    """The hidden cells, with as many more as it takes for each secret one to be as uncertain as the table allows.

    Args:
        table: The counts.
        web: Of the cells that may move.
        hidden: [P] cells that are left out so far.
        task: What is to be carried where.
        near: Cells of the neighbourhood in which flows are looked for first; in a great table, as `WIDTHS` say.
        last: Whether nobody comes after who may move more cells. In a great table cells are carried one by one only
            then: looking through all of it for each takes hours.
    """
    movable = np.count_nonzero(web.inside)
    great = movable > FARTHER
    if movable > GREATEST:
        _carry_through_hidden(table, web, hidden, task, HIDDEN_ROUNDS if last else HIDDEN_ROUNDS[:NEAR_ROUNDS])
    hidden = _carry_many(table, web, hidden, task, 0 if great else near)
    if great and not last:
        return hidden
    widths = tuple(dict.fromkeys((near, FARTHER, table.counts.size)))
    for cell in np.flatnonzero(task.close() & web.inside).tolist():
        for value in (float(task.ends.low[cell]), float(task.ends.high[cell])):
            if not task.close()[cell]:
                break
            if not task.seen.low[cell] <= value <= task.seen.high[cell]:
                hidden = _carry_one(table, web, hidden, cell, value, task.seen, widths)
    return hidden


class _Drawn(NamedTuple):
    """Some of the cells of which too little is known, and where chance says that each is to be carried."""

    close: int  # how many there are of these cells
    carried: I8  # [N] those of them that are carried; the others may give way
    value: F8  # [P] where to


def _draw(web: Web, task: Task, share: float, random: np.random.Generator) -> _Drawn | None:
    """Cells to carry up or down; None where all are settled."""
    ends, seen = task.ends, task.seen
    close = task.close() & web.inside
    up, down = close & (seen.high < ends.high), close & (seen.low > ends.low)
    if not (up | down).any():
        return None
    upwards = np.where(up & down, random.random(close.size) < 0.5, up)
    value = np.where(upwards, ends.high, ends.low)
    carried = np.flatnonzero((up | down) & (random.random(close.size) < share))
    return _Drawn(int(np.count_nonzero(close)), carried, value)


def _carry_through_hidden(table: PlainTable, web: Web, hidden: B, task: Task, rounds: Sequence[Round]) -> None:
    """Carry cells by flows through those that are hidden already, wherever these are, so that no more need be."""
    random = np.random.default_rng(0)
    through = web_of(table.relations, hidden & web.inside)
    for one in rounds:
        drawn = _draw(through, task, 1.0, random)
        if drawn is None:
            return
        for carried in np.array_split(drawn.carried, max(1, -(-drawn.carried.size // one.carried))):
            few = carried[task.close()[carried]]
            if few.size:
                near = near_cells(through, few, one.cells)
                moved = cheapest_flow(
                    table, through, near, hidden, few, drawn.value[few], insist=False, steps=one.steps
                )
                if moved is not None:
                    with_moved(table, hidden, near, moved, task.seen)


def _carry_many(table: PlainTable, web: Web, hidden: B, task: Task, around: int) -> B:
    """The same by flows that carry many cells up or down, whichever chance says, for most of them.

    What goes up here comes down there, so that little else has to move.
    """
    random = np.random.default_rng(0)
    for width in WIDTHS:
        cells = max(around, width.cells)
        together = max(width.carried, cells // CELLS_EACH)
        for _ in range(width.rounds):
            drawn = _draw(web, task, CARRIED, random)
            if drawn is None:
                return hidden
            carried = drawn.carried
            if not carried.size:
                continue
            if width is WIDTHS[-1] and carried.size < MANY:
                return hidden
            for few in np.array_split(carried, -(-carried.size // together)):
                hidden = _carry_few(table, web, hidden, few[task.close()[few]], drawn.value, task, cells)
            settled = drawn.close - np.count_nonzero(task.close() & web.inside)
            if width is WIDTHS[-1] and settled < WORTHWHILE * carried.size:
                return hidden
    return hidden


def _carry_few(table: PlainTable, web: Web, hidden: B, few: I8, value: F8, task: Task, cells: int) -> B:
    """The same by one flow that carries `few` cells to their values [P] through so many cells around them."""
    if not few.size:
        return hidden
    near = near_cells(web, few, cells)
    moved = cheapest_flow(table, web, near, hidden, few, value[few], insist=False)
    return hidden if moved is None else with_moved(table, hidden, near, moved, task.seen)


def _carry_one(table: PlainTable, web: Web, hidden: B, cell: int, value: float, seen: Seen, widths: Sequence[int]) -> B:
    """The hidden cells, with as many more as it takes for `cell` to have `value` in a table that agrees.

    Where no table at all does, for the value next to it that one has. It is looked for in a neighbourhood of so many
    cells, then in the next.
    """
    best: tuple[float, I8, F8] | None = None
    for most in widths:
        near = near_cells(web, np.array([cell]), most)
        moved = cheapest_flow(table, web, near, hidden, np.array([cell]), np.array([value]), insist=True)
        if moved is None:
            continue
        apart = abs(float(table.counts[cell] + moved[near == cell][0]) - value)
        if best is None or apart < best[0]:
            best = (apart, near, moved)
        if apart < TINY or near.size < most:
            break
    if best is None:
        raise RuntimeError(f"cell {cell} with {table.counts[cell]} cannot stay as it is")
    return with_moved(table, hidden, best[1], best[2], seen)
