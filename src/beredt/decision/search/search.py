"""The search: from today's layout to a better one, by races between the incumbent and what looks better.

    look where it may be better → race a few layouts against the incumbent → the winner is the next incumbent → …

Where to look is told by a surrogate that learns from every block simulated. Every race is run on blocks that nobody
has seen. A new incumbent is run beside today's layout on further blocks of its own, so that what is said of it on the
way is not made better by its having been chosen. The last part of the budget goes to those that have run before; the
answer is then the one of which most is expected by all that was simulated.

The search decides by its options and by counts alone: with the same journal it comes to the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

import numpy as np
from numpy.typing import NDArray

from beredt.decision.search.guide import Guide
from beredt.decision.search.incumbent import Found, Incumbent, Status, Tried, compared, unseen
from beredt.decision.search.journal import Journal, Remembered
from beredt.decision.search.layout import Layout
from beredt.decision.search.neighbourhood import Guess, Sight
from beredt.decision.search.objective import Objective
from beredt.decision.search.race import Raced, RaceRules, race
from beredt.decision.search.sequential import Evidence
from beredt.decision.search.space import Space
from beredt.decision.search.surrogate import Doubts, Surrogate

F8 = NDArray[np.float64]

HOPELESS = 2.0
"""Standard errors behind the incumbent at which a layout that has run does not run again."""


@dataclass(frozen=True, slots=True)
class SearchRules:
    """How a search goes about it.

    `most_simulated`: layouts times blocks that may be spent. `batch`: challengers of a race. `beside_today`: blocks on
    which a new incumbent is run beside today's layout. `hope`: standard deviations of what running it may change, which
    are added to the expected gain of a layout when runners are chosen. `last_share`: of the budget, for the choice
    among those that have run. `doubts`: of the surrogate.
    """

    most_simulated: int
    batch: int = 6
    beside_today: int = 6
    hope: float = 2.0
    last_share: float = 0.15
    doubts: Doubts = field(default_factory=Doubts)
    race: RaceRules = field(default_factory=RaceRules)


Stop = Callable[[], bool]
"""Whether somebody wants the search to end with what there is."""


def never() -> bool:
    """Nobody wants it to end."""
    return False


OnNews = Callable[[Incumbent, int], None]
"""Told the incumbent and what is spent, after every race."""


def search(
    space: Space,
    objective: Objective,
    measure: Remembered,
    guess: Guess,
    rules: SearchRules,
    journal: Journal,
    on_news: OnNews,
    stop: Stop = never,
) -> Found:
    """Search until the budget is spent, nothing is left to try, or somebody stops it.

    Args:
        space: what may be chosen; today's layout must be allowed.
        objective: what makes a layout good.
        measure: simulates.
        guess: the cover model, which the surrogate begins with.
        rules: of the search.
        journal: where incumbents are written.
        on_news: told of progress.
        stop: asked before every stage of a race whether to end with what there is; Ctrl-C does the same at once.

    Raises:
        ValueError: today's layout is not one that may be chosen.
    """
    fault = space.find_fault(space.today)
    if fault is not None:
        raise ValueError(f"today's layout may not be chosen: {fault}")
    return _Search(space, objective, measure, guess, rules, journal, on_news, stop).run()


class _Search:
    def __init__(
        self,
        space: Space,
        objective: Objective,
        measure: Remembered,
        guess: Guess,
        rules: SearchRules,
        journal: Journal,
        on_news: OnNews,
        stop: Stop,
    ) -> None:
        self._space, self._objective, self._measure = space, objective, measure
        self._rules, self._journal, self._on_news, self._stop = rules, journal, on_news, stop
        self._fresh: Iterator[int] = count()
        self._sight = Sight(space, guess)
        self._surrogate = Surrogate(self._sight.typical_gain(), rules.doubts)
        self._guide = Guide(self._sight, self._surrogate, rules.hope)
        self._incumbents: list[Incumbent] = []
        self._tried: list[Tried] = []
        self._evidence: dict[Layout, Evidence] = {}
        self._dropped: set[Layout] = set()

    def run(self) -> Found:
        status: Status | None = None
        try:
            self._keep(self._space.today, Evidence())
            while status is None:
                status = self._race()
            self._choose()
        except KeyboardInterrupt:
            status = "stopped"
            if not self._incumbents:
                self._incumbents.append(unseen(self._space.today))
        return Found(status, tuple(self._incumbents), tuple(self._tried), self._measure.simulated, self._measure.calls)

    def _race(self) -> Status | None:
        """Run one race; why there will be no more, if so."""
        rules, left = self._rules, self._left() - 2 * self._rules.beside_today
        incumbent, is_last = self._incumbents[-1].layout, left <= rules.last_share * rules.most_simulated
        runners = self._runners(incumbent, is_last)
        if not runners:
            return "settled"
        raced = race(incumbent, runners, self._evidence, self._score, self._fresh, rules.race, max(left, 0))
        if not raced.blocks:
            return "spent"
        self._take_in(raced)
        winner = raced.find_winner()
        if winner is not None and not is_last:
            self._keep(winner.layout, winner.evidence)
        else:
            self._on_news(self._incumbents[-1], self._measure.simulated)
        return None

    def _runners(self, incumbent: Layout, is_last: bool) -> list[Layout]:
        rules = self._rules
        hopeless = [one for one, e in self._evidence.items() if e.mean + HOPELESS * e.error < 0.0]
        barred = self._dropped.union(hopeless)
        if not is_last:
            return self._guide.runners(incumbent, barred, rules.batch, rules.race.first)
        left = [one for one in self._surrogate.layouts if one != incumbent and one not in barred]
        return self._guide.spread(incumbent, left, rules.batch, rules.race.first)

    def _take_in(self, raced: Raced) -> None:
        """Note how the runners came through."""
        now = self._incumbents[-1]
        for ran in raced.ran:
            self._evidence[ran.layout] = ran.evidence
            if ran.outcome == "dropped":
                self._dropped.add(ran.layout)
            self._tried.append(Tried(now.number, self._sight.step(now.layout, ran.layout), ran))

    def _choose(self) -> None:
        """The answer, by all that is known."""
        incumbent = self._incumbents[-1].layout
        best = self._guide.expected_best([incumbent])
        if best != incumbent:
            self._keep(best, self._evidence.get(best, Evidence()))

    def _keep(self, layout: Layout, evidence: Evidence) -> None:
        """Make a layout the incumbent."""
        today, number = self._space.today, len(self._incumbents)
        wanted = min(self._rules.beside_today, self._left() // 2)
        blocks = [next(self._fresh) for _ in range(max(wanted, 0))]
        layouts = [today] if layout == today else [today, layout]
        scores = self._score(layouts, blocks)
        against = None if layout == today else compared(scores[1] - scores[0])
        level = float(scores[-1].mean()) * self._objective.sign if blocks else float("nan")
        step = self._sight.step(self._incumbents[-1].layout, layout) if number else "today"
        interval = evidence.interval(self._rules.race.alpha) if number else (0.0, 0.0)
        incumbent = Incumbent(number, layout, step, evidence, interval, against, level, self._measure.simulated)
        self._incumbents.append(incumbent)
        self._evidence, self._dropped = {}, set()
        self._journal.note_incumbent(number, incumbent.as_json())
        self._on_news(incumbent, self._measure.simulated)

    def _score(self, layouts: Sequence[Layout], blocks: Sequence[int]) -> F8:
        if self._stop():
            raise KeyboardInterrupt
        counted = self._measure(layouts, blocks)
        rows = [[self._objective.score(one) for one in row] for row in counted]
        scores = np.array(rows, np.float64).reshape(len(layouts), len(blocks))
        self._surrogate.learn(layouts, self._sight.known(layouts), scores)
        return scores

    def _left(self) -> int:
        return self._rules.most_simulated - self._measure.simulated
