"""A race: challengers against the incumbent, block by block, until it is clear who is worse.

All of them meet the same blocks, which no earlier race has seen, so that an incumbent is never judged on the incidents
that made it one. After every stage

* a challenger is **dropped** when the confidence sequence (`sequential`) of its difference to the incumbent, or to any
  other runner, lies wholly below 0. Each of the K comparisons of a runner has the level α/K (Bonferroni), so the runner
  that is truly best is dropped in a race with probability at most α, however often one looks;
* a challenger **wins** when its confidence sequence against the incumbent lies wholly above 0, at level α, and of
  several that one with the highest mean: a challenger that is not better than the incumbent wins with probability at
  most α;
* a challenger that is behind, by more than its standard error, is **parked**: nothing is said of it, its evidence is
  kept, and it may run again. So nobody is dropped to save time.

At the end of the blocks allowed, those left are parked, too. This is the racing of Maron and Moore [1] and of F-race
[2] with an anytime-valid paired test in the place of their fixed ones.

[1] O. Maron and A. W. Moore, The racing algorithm: model selection for lazy learners, *Artificial Intelligence Review*
    11 (1997), 193–225. doi:10.1023/A:1006556606079
[2] M. Birattari, T. Stützle, L. Paquete and K. Varrentrapp, A racing algorithm for configuring metaheuristics,
    *GECCO 2002*, 11–18.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from beredt.decision.search.layout import Layout
from beredt.decision.search.sequential import Evidence

F8 = NDArray[np.float64]

Outcome = Literal["won", "dropped", "parked"]


class Scores(Protocol):
    """Scores of layouts on blocks, more is better; the same layout and block always give the same."""

    def __call__(self, layouts: Sequence[Layout], blocks: Sequence[int]) -> F8:
        """[layouts, blocks], NaN where a block has no incident that counts."""
        ...


@dataclass(frozen=True, slots=True)
class RaceRules:
    """`alpha`: the level of both errors. `first`: blocks of the first stage. `step`: of every further one.

    `most`: blocks of the whole race.
    """

    alpha: float = 0.2
    first: int = 5
    step: int = 5
    most: int = 10


@dataclass(frozen=True, slots=True)
class Ran:
    """How one challenger came through: `evidence` is that of all its races against this incumbent."""

    layout: Layout
    outcome: Outcome
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Raced:
    """A race that is over. `blocks`: those that were run; `simulated`: layouts times blocks."""

    ran: tuple[Ran, ...]
    blocks: tuple[int, ...]
    simulated: int

    def find_winner(self) -> Ran | None:
        """The challenger that won, if one did."""
        return next((one for one in self.ran if one.outcome == "won"), None)


def race(
    incumbent: Layout,
    challengers: Sequence[Layout],
    before: Mapping[Layout, Evidence],
    score: Scores,
    fresh: Iterator[int],
    rules: RaceRules,
    most_simulated: int | None = None,
) -> Raced:
    """Run one race.

    Args:
        incumbent: who is to be beaten.
        challengers: all different, none of them the incumbent.
        before: what earlier races say of them against this incumbent.
        score: simulates.
        fresh: numbers of blocks that nobody has seen.
        rules: of the race.
        most_simulated: layouts times blocks that may be spent; None for no limit.

    Raises:
        ValueError: a layout would run against itself.
    """
    if len({incumbent, *challengers}) != 1 + len(challengers):
        raise ValueError("a layout cannot run against itself: challengers are all different, and none is the incumbent")
    runners = _Runners(incumbent, challengers, before, rules.alpha)
    seen: list[int] = []
    simulated = 0
    while runners.running and len(seen) < rules.most:
        stage = rules.step if seen else rules.first
        stage = min(stage, rules.most - len(seen))
        if most_simulated is not None:
            stage = min(stage, (most_simulated - simulated) // (1 + len(runners.running)))
            if stage < 1:
                break
        blocks = [next(fresh) for _ in range(stage)]
        layouts = [incumbent, *runners.running]
        runners.take_in(score(layouts, blocks))
        seen += blocks
        simulated += len(layouts) * len(blocks)
        if runners.settle():
            break
    return Raced(runners.results(), tuple(seen), simulated)


class _Runners:
    """Who still runs, with everybody's scores since the race began."""

    def __init__(
        self, incumbent: Layout, challengers: Sequence[Layout], before: Mapping[Layout, Evidence], alpha: float
    ) -> None:
        self._incumbent = incumbent
        self._order = tuple(challengers)
        self._evidence = {one: before.get(one, Evidence()) for one in challengers}
        self._scores: dict[Layout, F8] = {one: np.empty(0) for one in (incumbent, *challengers)}
        self._alpha, self._alpha_each = alpha, alpha / max(len(challengers), 1)
        self._outcome: dict[Layout, Outcome] = {}

    @property
    def running(self) -> list[Layout]:
        return [one for one in self._order if one not in self._outcome]

    def take_in(self, scores: F8) -> None:
        """Scores of the incumbent and of all that run, [1 + running, blocks]."""
        for one, row in zip([self._incumbent, *self.running], scores, strict=True):
            self._scores[one] = np.concatenate([self._scores[one], row])
            if one != self._incumbent:
                self._evidence[one] = self._evidence[one].and_also((row - scores[0]).tolist())

    def settle(self) -> bool:
        """Drop, park, and find a winner; whether there is one."""
        running = self.running
        sure = {one: self._evidence[one].interval(self._alpha)[0] for one in running}
        leader = max(running, key=lambda one: (sure[one] > 0.0, self._evidence[one].mean))
        if sure[leader] > 0.0:
            self._outcome[leader] = "won"
            return True
        for one in running:
            found = self._evidence[one]
            if found.interval(self._alpha_each)[1] < 0.0 or self._is_beaten(one, leader):
                self._outcome[one] = "dropped"
            elif found.mean + found.error < 0.0:
                self._outcome[one] = "parked"
        return False

    def _is_beaten(self, one: Layout, leader: Layout) -> bool:
        if one == leader:
            return False
        against = Evidence().and_also((self._scores[one] - self._scores[leader]).tolist())
        return against.interval(self._alpha_each)[1] < 0.0

    def results(self) -> tuple[Ran, ...]:
        return tuple(Ran(one, self._outcome.get(one, "parked"), self._evidence[one]) for one in self._order)
