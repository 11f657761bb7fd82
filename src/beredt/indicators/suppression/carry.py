"""Cells that must not be worked out, carried to the values that have to stay possible: many at once, then the rest."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.indicators.suppression.additive import F8, I8, B
from beredt.indicators.suppression.flows import TINY, Seen, cheapest_flow, with_moved
from beredt.indicators.suppression.neighbourhood import Web, near_cells
from beredt.indicators.suppression.simplify import PlainTable

ROUNDS_NEAR, ROUNDS_FAR = 6, 14
"""Flows that carry many cells at once, some up and some down, before those that are left are carried one by one: first
through their neighbourhoods, then through all of the table."""

CARRIED = 0.3
"""Share of the cells that one such flow carries."""

MANY = 4
"""Through all of the table a flow for fewer cells takes longer than a flow for each of them through what is near."""

NEAR_EACH = 20
"""Cells of the neighbourhood of each of many cells that are carried at once."""

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


def carry_all(table: PlainTable, web: Web, hidden: B, task: Task, near: int) -> B:
    """The hidden cells, with as many more as it takes for each secret one to be as uncertain as the table allows.

    Args:
        table: The counts.
        web: Of the cells that may move.
        hidden: [P] cells that are left out so far.
        task: What is to be carried where.
        near: Cells of the neighbourhood in which flows are looked for first.
    """
    hidden = _carry_many(table, web, hidden, task, near)
    for cell in np.flatnonzero(task.close() & web.inside).tolist():
        for value in (float(task.ends.low[cell]), float(task.ends.high[cell])):
            if not task.close()[cell]:
                break
            if not task.seen.low[cell] <= value <= task.seen.high[cell]:
                hidden = _carry_one(table, web, hidden, cell, value, task.seen, near)
    return hidden


def _carry_many(table: PlainTable, web: Web, hidden: B, task: Task, around: int) -> B:
    """The same by flows that carry many cells up or down, whichever chance says, for most of them.

    What goes up here comes down there, so that little else has to move.
    """
    random = np.random.default_rng(0)
    ends, seen = task.ends, task.seen
    for turn in range(ROUNDS_NEAR + ROUNDS_FAR):
        close = task.close() & web.inside
        up, down = close & (seen.high < ends.high), close & (seen.low > ends.low)
        if not (up | down).any():
            break
        upwards = np.where(up & down, random.random(close.size) < 0.5, up)
        value = np.where(upwards, ends.high, ends.low)
        # Those that are not carried this time may give way.
        carried = np.flatnonzero((up | down) & (random.random(close.size) < CARRIED))
        if not carried.size:
            continue
        if turn >= ROUNDS_NEAR and carried.size < MANY:
            break
        cells = max(around, NEAR_EACH * carried.size) if turn < ROUNDS_NEAR else close.size
        near = near_cells(web, carried, cells)
        moved = cheapest_flow(table, web, near, hidden, carried, value[carried], insist=False)
        if moved is not None:
            hidden = with_moved(table, hidden, near, moved, seen)
    return hidden


def _carry_one(table: PlainTable, web: Web, hidden: B, cell: int, value: float, seen: Seen, around: int) -> B:
    """The hidden cells, with as many more as it takes for `cell` to have `value` in a table that agrees.

    Where no table at all does, for the value next to it that one has.
    """
    best: tuple[float, I8, F8] | None = None
    for most in (around, table.counts.size):
        near = near_cells(web, np.array([cell]), most)
        moved = cheapest_flow(table, web, near, hidden, np.array([cell]), np.array([value]), insist=True)
        if moved is None:
            continue
        apart = abs(float(table.counts[cell] + moved[near == cell][0]) - value)
        if best is None or apart < best[0]:
            best = (apart, near, moved)
        if apart < TINY or near.size < around:
            break
    if best is None:
        raise RuntimeError(f"cell {cell} with {table.counts[cell]} cannot stay as it is")
    return with_moved(table, hidden, best[1], best[2], seen)
