"""Which neighbours to try first: the model's guess, set right by what the simulation has said so far.

The gain of a step is taken to be

    gain = κ · model's gain + Σ_s x_s · θ_s + noise

where x_s counts the duty hours (as a share of the week) that site s wins or loses, θ_s is what the model misjudges
there (a standby point nearby, a border, patients from elsewhere), and κ is how far the model exaggerates. All start
from a normal prior and are learnt from every paired difference that any race has measured: Bayesian linear regression
[1]. Only the order of trial depends on it, never who wins.

The model's gain of a step is first taken as the sum of what each slot loses and wins by itself, which needs one
evaluation for each slot; the most promising steps are then evaluated whole.

[1] C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), section 3.3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.decision.search.budget import weekly_hours
from beredt.decision.search.layout import Layout, Slot, find_changed, make_layout
from beredt.decision.search.moves import JOINED, Move, list_moves
from beredt.decision.search.sequential import Evidence
from beredt.decision.search.space import Space

F8 = NDArray[np.float64]

Guess = Callable[[Layout], float]
"""A guess at the score of a layout."""

WEEK_H = 168.0
KAPPA, KAPPA_SD = 0.6, 0.3
"""How far the model's gains come true, before anything is known."""

WHOLE = 40
"""Steps that are evaluated whole."""

HIGHEST = 8
"""Steps of a climb at most."""

MOST_TOGETHER = 6
"""Steps that are put together into one at most."""


class Proposal(NamedTuple):
    """A step that may be tried: `gain` as foretold, `doubt` its standard deviation."""

    move: Move
    layout: Layout
    gain: float
    doubt: float


class Learnt:
    """What the simulation has said of the model's guesses."""

    def __init__(self, space: Space, spread: float) -> None:
        """Begin with the prior.

        Args:
            space: whose sites are told apart.
            spread: by how much a unit more round the clock at a site may be misjudged, in the unit of the objective.
        """
        self._sites = {site.id: number + 1 for number, site in enumerate(space.sites)}
        self._hours = weekly_hours(space.service.rosters)
        size = len(self._sites) + 1
        self._precision = np.eye(size) / spread**2
        self._precision[0, 0] = 1.0 / KAPPA_SD**2
        self._pull = np.zeros(size)
        self._pull[0] = KAPPA / KAPPA_SD**2
        self._solved: tuple[F8, F8] | None = None

    def learn(self, before: Layout, after: Layout, guessed: float, evidence: Evidence) -> None:
        """Take in what a race has measured between two layouts. Evidence of fewer than three blocks says nothing."""
        if evidence.blocks < 3 or not evidence.error > 0.0:
            return
        x = self._features(before, after, guessed)
        weight = 1.0 / (evidence.error**2 + 1e-12)
        self._precision += weight * np.outer(x, x)
        self._pull += weight * evidence.mean * x
        self._solved = None

    def foretell(self, before: Layout, after: Layout, guessed: float) -> tuple[float, float]:
        """The gain of a step and the standard deviation of that."""
        mean, covariance = self._posterior()
        x = self._features(before, after, guessed)
        return float(mean @ x), sqrt(max(float(x @ covariance @ x), 0.0))

    def _posterior(self) -> tuple[F8, F8]:
        if self._solved is None:
            covariance: F8 = np.linalg.inv(self._precision).astype(np.float64)
            mean: F8 = covariance @ self._pull
            self._solved = mean, covariance
        return self._solved

    def _features(self, before: Layout, after: Layout, guessed: float) -> F8:
        x = np.zeros(len(self._sites) + 1)
        x[0] = guessed
        for layout, other, sign in ((after, before, 1.0), (before, after, -1.0)):
            for slot, count in set(layout.units) - set(other.units):
                x[self._sites[slot.site]] += sign * count * self._hours[slot.roster] / WEEK_H
        return x


def typical_gain(space: Space, layout: Layout, guess: Guess) -> float:
    """How far single steps from a layout move the guess: their standard deviation; 1 where no step changes anything.

    In the unit of the objective: what the guide takes for large and small is told by it, so that percentage points,
    seconds, and services of any size are treated alike.
    """
    gains = _linear_gains(space, layout, guess, guess(layout), [move for move, _ in list_moves(space, layout)])
    return float(np.std(gains)) or 1.0 if gains else 1.0


def propose(space: Space, incumbent: Layout, guess: Guess, learnt: Learnt) -> list[Proposal]:
    """Every step from the incumbent, the most promising first, with the best few put together into larger steps.

    Args:
        space: what may be chosen.
        incumbent: where the steps begin.
        guess: the model.
        learnt: what is known of its errors.
    """
    found = _steps(space, incumbent, guess, learnt)
    together = [*put_together(space, incumbent, found), *climb(space, incumbent, guess, learnt)]
    known, base = {one.layout for one in found} | {incumbent}, guess(incumbent)
    for move, after in together:
        if after not in known:
            known.add(after)
            found.append(Proposal(move, after, *learnt.foretell(incumbent, after, guess(after) - base)))
    return sorted(found, key=_promise)


def climb(space: Space, incumbent: Layout, guess: Guess, learnt: Learnt) -> list[tuple[Move, Layout]]:
    """Where the best step by what is known now leads, and the best one from there, and so on: all but the first.

    So a race may be about a layout that many steps lead to, none of which a race could tell from chance.

    Args:
        space: what may be chosen.
        incumbent: where the climb begins.
        guess: the model.
        learnt: what is known of its errors.
    """
    path: list[tuple[Move, Layout]] = []
    layout = incumbent
    for number in range(HIGHEST):
        best = max(_steps(space, layout, guess, learnt), key=lambda one: one.gain, default=None)
        if best is None or best.gain <= 0.0:
            break
        layout = best.layout
        if number > 0 and layout != incumbent:
            path.append((Move(JOINED, *_difference(incumbent, layout)), layout))
    return path


def _steps(space: Space, layout: Layout, guess: Guess, learnt: Learnt) -> list[Proposal]:
    """Every single step from a layout, the most promising first."""
    base = guess(layout)
    steps = list_moves(space, layout)
    linear = _linear_gains(space, layout, guess, base, [move for move, _ in steps])
    first = sorted(range(len(steps)), key=lambda i: -linear[i])
    whole = {i: guess(steps[i][1]) - base for i in first[:WHOLE]}
    whole |= {i: guess(steps[i][1]) - base for i in range(len(steps)) if steps[i][0].hours is not None}
    found = [
        Proposal(move, after, *learnt.foretell(layout, after, whole.get(i, linear[i])))
        for i, (move, after) in enumerate(steps)
    ]
    return sorted(found, key=_promise)


def _difference(before: Layout, after: Layout) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
    """Units to take and to give, from one layout to another; hours are not told."""
    lost, won = before.counts() - after.counts(), after.counts() - before.counts()
    return tuple(sorted(lost.elements())), tuple(sorted(won.elements()))


def _promise(one: Proposal) -> float:
    """What is tried first: a high gain that may well be higher."""
    return -(one.gain + 0.5 * one.doubt)


def _linear_gains(space: Space, layout: Layout, guess: Guess, base: float, moves: Sequence[Move]) -> list[float]:
    lost = {slot: guess(_changed(layout, take=slot)) - base for slot, _ in layout.units}
    slots = set(space.all_slots()) | {slot for move in moves for slot in move.give}
    won = {slot: guess(_changed(layout, give=slot)) - base for slot in sorted(slots)}
    return [sum(lost[slot] for slot in move.take) + sum(won[slot] for slot in move.give) for move in moves]


def _changed(layout: Layout, take: Slot | None = None, give: Slot | None = None) -> Layout:
    counts = layout.counts()
    if take is not None:
        counts[take] -= 1
    if give is not None:
        counts[give] += 1
    return make_layout(counts, layout.hours)


def put_together(space: Space, incumbent: Layout, steps: Sequence[Proposal]) -> list[tuple[Move, Layout]]:
    """Promising steps at different sites, two and more of them in one: a way to go far in one race."""
    layout, take, give = incumbent, list[Slot](), list[Slot]()
    touched: set[str] = set()
    joined: list[tuple[Move, Layout]] = []
    number = 0
    for one in steps:
        if one.gain <= 0.0 or number == MOST_TOGETHER:
            break
        sites = {slot.site for slot in (*one.move.take, *one.move.give)}
        if one.move.hours is not None or sites & touched:
            continue
        after = find_changed(layout, one.move.take, one.move.give)
        if after is None or not space.allows(after):
            continue
        layout, touched, number = after, touched | sites, number + 1
        take += one.move.take
        give += one.move.give
        if number > 1:
            joined.append((Move(JOINED, tuple(take), tuple(give)), layout))
    return joined
