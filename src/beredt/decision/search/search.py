"""The search: from today's layout to a better one, by races between the incumbent and its neighbours.

    propose neighbours → race a few of them against the incumbent → the winner is the next incumbent → …

Neighbours come in the order in which the model, set right by what was learnt, expects most of them. Every race is run
on blocks that nobody has seen. A new incumbent is run beside today's layout on further blocks of its own, so that what
is said of it on the way is not made better by its having been chosen. When every neighbour has been tried, those that
were parked run again, the best first, with their evidence kept, until the budget is spent.

The search decides by its options and by counts alone: with the same journal it comes to the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from math import sqrt
from typing import Any, Literal

import numpy as np

from beredt.decision.compare import mean_and_error, t_quantile
from beredt.decision.search.guide import F8, Guess, Learnt, Proposal, climb, propose, put_together, typical_gain
from beredt.decision.search.journal import Journal, Remembered
from beredt.decision.search.layout import Layout
from beredt.decision.search.moves import JOINED, Move
from beredt.decision.search.objective import Objective
from beredt.decision.search.race import Raced, RaceRules, Ran, race
from beredt.decision.search.sequential import Evidence
from beredt.decision.search.space import Space

Status = Literal["spent", "settled", "stopped"]
"""The budget is spent · every neighbour of the incumbent was found to be worse · somebody stopped it."""

CONFIDENCE = 0.95

RACES_PER_CLIMB = 3
"""After so many races without a winner the guide climbs again, by what it has learnt from them."""

HOPE = 0.5
"""Standard deviations above its expected gain by which a neighbour is judged when the next to run are chosen."""


@dataclass(frozen=True, slots=True)
class SearchRules:
    """How a search goes about it.

    `most_simulated`: layouts times blocks that may be spent. `batch`: challengers of a race. `beside_today`: blocks on
    which a new incumbent is run beside today's layout. `site_doubt`, `step_doubt`: what the model may misjudge at a
    site, and in a single step beyond that, in typical gains of a step.
    """

    most_simulated: int
    batch: int = 6
    beside_today: int = 12
    site_doubt: float = 0.45
    step_doubt: float = 0.15
    race: RaceRules = field(default_factory=RaceRules)


@dataclass(frozen=True, slots=True)
class Compared:
    """A difference of two layouts over independent blocks, more is better, with its t-interval."""

    difference: float
    low: float
    high: float
    blocks: int


@dataclass(frozen=True, slots=True)
class Incumbent:
    """The best layout at some time of the search, and why.

    `via`: the step from the one before; None for today's. `evidence`: paired differences to the one before, from its
    races; `interval`: their confidence sequence at the level of the race. `against_today`: on blocks that no race has
    seen; None for today's own. `level`: mean on the blocks beside today's, as people read it. `simulated`: spent then.
    """

    number: int
    layout: Layout
    via: Move | None
    evidence: Evidence
    interval: tuple[float, float]
    against_today: Compared | None
    level: float
    simulated: int

    def as_json(self) -> dict[str, Any]:
        """What journals and answers say of it."""
        against = self.against_today
        return {
            "layout": self.layout.key,
            "step": "today" if self.via is None else self.via.kind,
            "blocks": self.evidence.blocks,
            "gain": self.evidence.mean if self.via else None,
            "gain_low": _finite(self.interval[0]),
            "gain_high": _finite(self.interval[1]),
            "today_blocks": against.blocks if against else None,
            "against_today": against.difference if against else None,
            "against_today_low": _finite(against.low) if against else None,
            "against_today_high": _finite(against.high) if against else None,
            "level": _finite(self.level),
            "simulated": self.simulated,
        }


@dataclass(frozen=True, slots=True)
class Tried:
    """A layout that ran against an incumbent, and how that ended."""

    against: int
    step: str
    ran: Ran


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search: its incumbents, the last of which is the answer, and all that was tried."""

    status: Status
    incumbents: tuple[Incumbent, ...]
    tried: tuple[Tried, ...]
    simulated: int
    calls: int

    @property
    def best(self) -> Incumbent:
        """The answer."""
        return self.incumbents[-1]


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
        guess: orders what is tried.
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
        self._guess, self._rules, self._journal, self._on_news = guess, rules, journal, on_news
        self._stop = stop
        self._guessed: dict[Layout, float] = {}
        self._fresh: Iterator[int] = count()
        self._typical = typical_gain(space, space.today, self._model)
        self._learnt = Learnt(space, rules.site_doubt * self._typical)
        self._incumbents: list[Incumbent] = []
        self._tried: list[Tried] = []

    def run(self) -> Found:
        status: Status | None = None
        try:
            self._keep(self._space.today, None, Evidence(), (0.0, 0.0))
            while status is None:
                status = self._improve()
        except KeyboardInterrupt:
            status = "stopped"
            if not self._incumbents:
                self._incumbents.append(_unseen(self._space.today))
        return Found(status, tuple(self._incumbents), tuple(self._tried), self._measure.simulated, self._measure.calls)

    def _improve(self) -> Status | None:
        """Race until there is a new incumbent; else why there will be none."""
        incumbent = self._incumbents[-1].layout
        proposals = propose(self._space, incumbent, self._model, self._learnt)
        field = _Field(incumbent, proposals, self._rules.step_doubt * self._typical)
        races = 0
        while True:
            runners = field.next_runners(self._rules.batch)
            if not runners:
                return "settled"
            raced = race(incumbent, runners, field.evidence, self._score, self._fresh, self._rules.race, self._left())
            if not raced.blocks:
                return "spent"
            self._take_in(incumbent, raced, field)
            winner = raced.find_winner()
            if winner is not None:
                interval = winner.evidence.interval(self._rules.race.alpha)
                self._keep(winner.layout, field.move_to(winner.layout), winner.evidence, interval)
                return None
            field.foretell(lambda layout: self._foretell(incumbent, layout))
            field.join(lambda steps: put_together(self._space, incumbent, steps))
            races += 1
            if races % RACES_PER_CLIMB == 0:
                field.add(self._climbed(incumbent))
            self._on_news(self._incumbents[-1], self._measure.simulated)

    def _climbed(self, incumbent: Layout) -> list[Proposal]:
        """Where the best steps lead by what has been learnt since the last climb."""
        base = self._model(incumbent)
        return [
            Proposal(move, layout, *self._learnt.foretell(incumbent, layout, self._model(layout) - base))
            for move, layout in climb(self._space, incumbent, self._model, self._learnt)
        ]

    def _foretell(self, incumbent: Layout, layout: Layout) -> tuple[float, float] | None:
        """Gain and doubt by what is known now; None for steps that the model never evaluated whole."""
        if layout not in self._guessed:
            return None
        return self._learnt.foretell(incumbent, layout, self._guessed[layout] - self._model(incumbent))

    def _take_in(self, incumbent: Layout, raced: Raced, field: _Field) -> None:
        base = self._model(incumbent)
        number = self._incumbents[-1].number
        for ran in raced.ran:
            self._learnt.learn(incumbent, ran.layout, self._model(ran.layout) - base, ran.evidence)
            field.take_in(ran)
            self._tried.append(Tried(number, field.move_to(ran.layout).kind, ran))

    def _keep(self, layout: Layout, via: Move | None, evidence: Evidence, interval: tuple[float, float]) -> None:
        """Make a layout the incumbent."""
        today = self._space.today
        wanted = min(self._rules.beside_today, self._left() // 2)
        blocks = [next(self._fresh) for _ in range(max(wanted, 0))]
        layouts = [today] if layout == today else [today, layout]
        scores = self._score(layouts, blocks)
        against = None if via is None else compared(scores[1] - scores[0])
        level = float(scores[-1].mean()) * self._objective.sign if blocks else float("nan")
        number = len(self._incumbents)
        incumbent = Incumbent(number, layout, via, evidence, interval, against, level, self._measure.simulated)
        self._incumbents.append(incumbent)
        self._journal.note_incumbent(number, incumbent.as_json())
        self._on_news(incumbent, self._measure.simulated)

    def _score(self, layouts: Sequence[Layout], blocks: Sequence[int]) -> F8:
        if self._stop():
            raise KeyboardInterrupt
        counted = self._measure(layouts, blocks)
        scores = [[self._objective.score(one) for one in row] for row in counted]
        return np.array(scores, np.float64).reshape(len(layouts), len(blocks))

    def _model(self, layout: Layout) -> float:
        if layout not in self._guessed:
            self._guessed[layout] = self._guess(layout)
        return self._guessed[layout]

    def _left(self) -> int:
        return self._rules.most_simulated - self._measure.simulated


class _Field:
    """The neighbours of one incumbent: who has not run yet, who is parked, what is known of each."""

    def __init__(self, incumbent: Layout, proposals: Sequence[Proposal], step_doubt: float) -> None:
        self._incumbent = incumbent
        self._step_doubt = step_doubt
        self._waiting = {one.layout: one for one in proposals}
        self._moves = {one.layout: one.move for one in proposals}
        self.evidence: dict[Layout, Evidence] = {}

    def move_to(self, layout: Layout) -> Move:
        """The step to a neighbour."""
        return self._moves[layout]

    def next_runners(self, most: int) -> list[Layout]:
        """The most promising of those that have not been dropped, nor measured to be all but surely worse."""
        left = [(self._promise(one), one.layout) for one in self._waiting.values() if not self._is_hopeless(one)]
        return [layout for _, layout in sorted(left, key=lambda pair: -pair[0])[:most]]

    def _is_hopeless(self, one: Proposal) -> bool:
        """Measured, and two standard errors behind: no guess alone keeps a neighbour from being tried."""
        found = self.evidence.get(one.layout)
        return found is not None and found.mean + 2.0 * found.error < 0.0

    def foretell(self, known: Callable[[Layout], tuple[float, float] | None]) -> None:
        """Set the expected gains right by what has been learnt."""
        for layout, one in self._waiting.items():
            found = known(layout)
            if found is not None:
                self._waiting[layout] = one._replace(gain=found[0], doubt=found[1])

    def take_in(self, ran: Ran) -> None:
        """Note how a neighbour came through a race."""
        self.evidence[ran.layout] = ran.evidence
        if ran.outcome == "dropped":
            self._waiting.pop(ran.layout, None)

    def add(self, proposals: Sequence[Proposal]) -> None:
        """Take in further neighbours; known ones stay as they are."""
        for one in proposals:
            if one.layout not in self._moves and one.layout != self._incumbent:
                self._waiting[one.layout] = one
                self._moves[one.layout] = one.move

    def join(self, put: Callable[[Sequence[Proposal]], list[tuple[Move, Layout]]]) -> None:
        """Propose steps that were measured and look good together: their gains mostly add up."""
        good = []
        for one in self._waiting.values():
            if one.layout in self.evidence and one.move.kind != JOINED:
                mean, variance = self._expected(one)
                if mean > 0.0:
                    good.append(one._replace(gain=mean, doubt=sqrt(variance)))
        good.sort(key=lambda one: -one.gain)
        for number, (move, layout) in enumerate(put(good), start=2):
            if layout not in self._moves and layout != self._incumbent:
                gain = sum(one.gain for one in good[:number])
                self._waiting[layout] = Proposal(move, layout, gain, good[0].doubt * sqrt(number))
                self._moves[layout] = move

    def _promise(self, one: Proposal) -> float:
        """The gain that a neighbour may well have."""
        mean, variance = self._expected(one)
        return mean + HOPE * sqrt(variance)

    def _expected(self, one: Proposal) -> tuple[float, float]:
        """What was foretold and what was measured, each by its weight, and the variance of that."""
        mean, variance = one.gain, one.doubt**2 + self._step_doubt**2
        found = self.evidence.get(one.layout)
        if found is not None and found.error > 0.0:
            weight = variance / (variance + found.error**2)
            mean, variance = mean + weight * (found.mean - mean), (1.0 - weight) * variance
        return mean, variance


def compared(differences: F8, confidence: float = CONFIDENCE) -> Compared:
    """Mean of paired differences (n,) with its t-interval, for blocks that were not chosen by what they say."""
    kept = differences[np.isfinite(differences)]
    mean, error = mean_and_error(kept)
    if not np.isfinite(error):
        return Compared(mean, float("nan"), float("nan"), len(kept))
    half = t_quantile(0.5 + confidence / 2.0, len(kept) - 1) * error
    return Compared(mean, mean - half, mean + half, len(kept))


def _unseen(layout: Layout) -> Incumbent:
    return Incumbent(0, layout, None, Evidence(), (0.0, 0.0), None, float("nan"), 0)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
