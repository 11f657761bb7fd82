"""From the first guess to a fleet that keeps the rule and from which no unit can be taken.

1. An **ample** fleet is tried first. What it does not reach, no number of units reaches: there the rule is not asked
   for. Fleets that are to be compared are asked for the same.
2. **Mend**: where the rule is broken, one unit more in that band of that station, all such places at once, until none
   is broken.
3. **Trim**: every unit that could go is tried, one at a time. Of those that may go, the one that leaves most to spare
   goes in each band; where these do not go together, only the first of them does.
4. **Prove**: for the fleet that is left, taking one unit from any band of any station is tried anew, and breaks the
   rule somewhere. Then no unit can be taken. That is a minimum among fleets one unit away, not among all fleets.

Who answers what a fleet keeps is not known here: it is asked for, so that a test can put a formula in the place of a
simulation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from beredt.siting.dimensioning.fleet import Fleet
from beredt.siting.dimensioning.rule import DimensionRule
from beredt.siting.dimensioning.shares import Shares, asked_of, breaks, wanted_shares
from beredt.siting.program import Stop

B = NDArray[np.bool_]
I8 = NDArray[np.int64]

Evaluate = Callable[[Sequence[Fleet]], Mapping[Fleet, Shares]]
"""What each of some fleets keeps, all on the same calls."""

Cell = tuple[int, int]
"""A station and a band."""

What = Literal["add", "remove"]
Status = Literal["proved", "stopped"]


@dataclass(frozen=True, slots=True)
class Step:
    """One change on the way, and why.

    `round`: changes of one round were made together. `part` and `share`: of an addition, the part of the rule (0
    nearest, 1 target) that was broken in that cell, and its share there before; of a removal, the part that was nearest
    to being broken in that cell, and its share there after.
    """

    what: What
    round: int
    cell: Cell
    part: int
    share: float


@dataclass(frozen=True, slots=True)
class Removal:
    """What taking one unit from `cell` breaks: the cell and part of the rule that are furthest below their share."""

    cell: Cell
    broken: Cell
    part: int
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the search came to.

    `asked`: bool (2, S, P), where the rule is asked for. `status`: "proved": every removal breaks the rule;
    "stopped": by the user, with the smallest fleet so far that keeps it. `removals`: the proof, with what was counted
    in `without`; both empty unless proved. `evaluations`: fleets that were tried.
    """

    fleet: Fleet
    shares: Shares
    ample: Fleet
    ample_shares: Shares
    asked: B
    steps: tuple[Step, ...]
    removals: tuple[Removal, ...]
    without: Mapping[Cell, Shares]
    status: Status
    evaluations: int


class StoppedError(Exception):
    """The user stopped a simulation; `find_fleet` answers with the best so far."""


def find_fleet(
    evaluate: Evaluate,
    guess: I8,
    ample: I8,
    rule: DimensionRule,
    stop: Stop | None = None,
    may_ask: B | None = None,
) -> Found:
    """The search above.

    Args:
        evaluate: tells what fleets keep; asked for each at most once.
        guess: (S, P) units to begin with.
        ample: (S, P) units of the ample fleet.
        rule: what must hold.
        stop: asked before every simulation whether to stop with the best fleet so far.
        may_ask: (2, S, P) where the rule may be asked for at all; None for wherever an ample fleet reaches it.
    """
    search = _Search(evaluate, ample, rule, stop, may_ask)
    try:
        search.mend(Fleet.of(np.minimum(guess, ample)))
        removals = search.trim()
    except StoppedError:
        return search.found((), "stopped")
    return search.found(removals, "proved")


class _Search:
    """The state of a search: what is known of every fleet that was tried, and the best fleet so far."""

    def __init__(
        self, evaluate: Evaluate, ample: I8, rule: DimensionRule, stop: Stop | None, may_ask: B | None
    ) -> None:
        self._evaluate, self._rule, self._stop = evaluate, rule, stop
        self._known: dict[Fleet, Shares] = {}
        self._steps: list[Step] = []
        self._ample = Fleet.of(ample)
        self._known |= evaluate([self._ample])
        self._asked = asked_of(self._known[self._ample], rule)
        if may_ask is not None:
            self._asked &= may_ask
        self._best = self._ample

    def found(self, removals: tuple[Removal, ...], status: Status) -> Found:
        """What was come to."""
        without = {one.cell: self._known[self._best.changed(one.cell, -1)] for one in removals}
        return Found(
            fleet=self._best,
            shares=self._known[self._best],
            ample=self._ample,
            ample_shares=self._known[self._ample],
            asked=self._asked,
            steps=tuple(self._steps),
            removals=removals,
            without=without,
            status=status,
            evaluations=len(self._known),
        )

    def mend(self, fleet: Fleet) -> None:
        """Add units until nothing is broken; at the latest the ample fleet breaks nothing."""
        ample, number = self._ample.array(), 0
        while (broken := self._broken(fleet)).any():
            counts, share = fleet.array(), self._of([fleet])[fleet].share()
            below: B = counts < ample
            cells = np.argwhere(_where_to_add(np.asarray(broken.any(axis=0)), below))
            number += 1
            for s, b in cells.tolist():
                part = int(np.argmax(broken[:, s, b]))
                self._steps.append(Step("add", number, (s, b), part, float(share[part, s, b])))
                counts[s, b] += 1
            fleet = Fleet.of(counts)
        self._best = fleet

    def trim(self) -> tuple[Removal, ...]:
        """Take units until none can go; the proof that none can."""
        hopeless: set[Cell] = set()
        number = 0
        while True:
            cells = [cell for cell in self._cells() if cell not in hopeless]
            may_go = self._may_go(cells)
            hopeless |= set(cells) - set(may_go)
            if not may_go:
                may_go = self._may_go(self._cells())  # the proof: fewer neighbours may have changed what broke before
                if not may_go:
                    return tuple(self._removal(cell) for cell in self._cells())
            number += 1
            self._take(may_go, number)

    def _take(self, may_go: Sequence[Cell], number: int) -> None:
        """Take one unit in each band if they may go together, otherwise only the first."""
        ranked = sorted(may_go, key=lambda cell: -self._to_spare(self._best.changed(cell, -1), cell[1]))
        first_of_band = {cell[1]: cell for cell in reversed(ranked)}
        together, fleet = sorted(first_of_band.values()), self._best
        for cell in together:
            fleet = fleet.changed(cell, -1)
        if len(together) > 1 and self._broken(fleet).any():
            together, fleet = [ranked[0]], self._best.changed(ranked[0], -1)
        spare = self._of([fleet])[fleet].share() - wanted_shares(self._rule)
        for s, b in together:
            part = int(np.argmin(np.where(self._asked[:, s, b], spare[:, s, b], np.inf)))
            share = float(self._known[fleet].share()[part, s, b])
            self._steps.append(Step("remove", number, (s, b), part, share))
        self._best = fleet

    def _cells(self) -> list[Cell]:
        """Cells that have more units than they must."""
        counts = self._best.array()
        return [(s, b) for s, b in np.argwhere(counts > self._rule.least_units).tolist()]

    def _may_go(self, cells: Sequence[Cell]) -> list[Cell]:
        trials = {cell: self._best.changed(cell, -1) for cell in cells}
        self._of(list(trials.values()))
        return [cell for cell, fleet in trials.items() if not self._broken(fleet).any()]

    def _removal(self, cell: Cell) -> Removal:
        fleet = self._best.changed(cell, -1)
        share = self._known[fleet].share()
        short = np.where(self._broken(fleet), wanted_shares(self._rule) - share, -np.inf)
        part, s, b = np.unravel_index(int(short.argmax()), short.shape)
        return Removal(cell, (int(s), int(b)), int(part), float(share[part, s, b]))

    def _to_spare(self, fleet: Fleet, band: int) -> float:
        """The least that any part of the rule has to spare in a band."""
        spare = self._known[fleet].share() - wanted_shares(self._rule)
        return float(np.where(self._asked, spare, np.inf)[:, :, band].min())

    def _broken(self, fleet: Fleet) -> B:
        return breaks(self._of([fleet])[fleet], self._rule, self._asked)

    def _of(self, fleets: Sequence[Fleet]) -> Mapping[Fleet, Shares]:
        unknown = list(dict.fromkeys(one for one in fleets if one not in self._known))
        if unknown:
            if self._stop is not None and self._stop():
                raise StoppedError
            self._known |= self._evaluate(unknown)
        return self._known


def _where_to_add(broken: B, below: B) -> B:
    """Cells that get a unit: those that are broken; where these are ample already, their neighbours draw on them, and
    get one in the same band; where these are ample too, every other cell does. bool (S, P) each; never nothing, since
    the ample fleet breaks nothing.
    """
    for cells in (broken & below, broken.any(axis=0) & below):
        if cells.any():
            return cells
    return below
