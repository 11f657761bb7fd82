"""Which layouts to race next: where the surrogate expects most, near the incumbent and far from it.

From the incumbent, and from the layout of which most is expected among all that have run, the surrogate *climbs*: to
the best neighbour by what is known now, from there to the best of its neighbours, and so on to a local optimum. No
simulation is spent on that. Runners are chosen among the neighbours of the incumbent and of both tops, the layouts on
the way, and all that have run before.

A layout is judged by its expected gain over the incumbent and by how far that may change when it runs: of variance v,
measured with noise w, it will change by a standard deviation of v / √(v + w) [1]. So what is known well does not run
again and again. When one is chosen, the covariance of the others becomes what will be left of it when that one has run:
no two are chosen to find out the same [2].

[1] P. Frazier, W. Powell and S. Dayanik, The knowledge-gradient policy for correlated normal beliefs, *INFORMS Journal
    on Computing* 21 (2009), 599–613. doi:10.1287/ijoc.1080.0314
[2] T. Desautels, A. Krause and J. W. Burdick, Parallelizing exploration–exploitation tradeoffs in Gaussian process
    bandit optimization, *Journal of Machine Learning Research* 15 (2014), 4053–4103.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from beredt.decision.search.layout import Layout
from beredt.decision.search.neighbourhood import Neighbourhood, Sight
from beredt.decision.search.surrogate import Surrogate

F8 = NDArray[np.float64]

HIGHEST = 16
"""Steps of a climb at most."""

CLOSER = 12
"""Neighbours that are evaluated whole at each step of a climb."""

LOOKED_AT = 64
"""Layouts among which runners are chosen with regard to each other."""


class Guide:
    """Proposes runners."""

    def __init__(self, sight: Sight, surrogate: Surrogate, hope: float) -> None:
        """Look at a space.

        Args:
            sight: of its layouts.
            surrogate: what is known of them.
            hope: standard deviations of what running it may change that are added to a layout's expected gain.
        """
        self._sight, self._surrogate, self._hope = sight, surrogate, hope

    def climb(self, start: Layout) -> list[Layout]:
        """The layouts from a start to where no neighbour is expected to be better, the start first."""
        path = [start]
        while len(path) <= HIGHEST:
            around = self._sight.neighbours(path[-1])
            if not around.layouts:
                break
            self._look_at_best(around)
            mean = self._surrogate.mean(around.known)
            here = self._surrogate.mean(self._sight.known(path[-1:]))[0]
            best = int(np.argmax(np.where(around.whole, mean, -np.inf)))
            if mean[best] <= here or around.layouts[best] in path:
                break
            path.append(around.layouts[best])
        return path

    def _look_at_best(self, around: Neighbourhood) -> None:
        mean = self._surrogate.mean(around.known)
        self._sight.look_closer(around, np.argsort(-mean, kind="stable")[:CLOSER])

    def runners(self, incumbent: Layout, barred: Collection[Layout], most: int, blocks: int) -> list[Layout]:
        """Who shall run against the incumbent next, the most promising first.

        Args:
            incumbent: who is to be beaten.
            barred: who shall not run.
            most: runners.
            blocks: that they will run on.
        """
        path = self.climb(incumbent)
        other = self.climb(self.expected_best([incumbent]))
        pool: dict[Layout, None] = {}
        for hood in dict.fromkeys([incumbent, path[-1], other[-1]]):
            pool |= dict.fromkeys(self._promising(self._sight.neighbours(hood), incumbent))
        pool |= dict.fromkeys(chain(path, other, self._surrogate.layouts))
        left = [one for one in pool if one != incumbent and one not in barred]
        return self.spread(incumbent, left, most, blocks)

    def expected_best(self, among: Iterable[Layout]) -> Layout:
        """Of these and all that have run, the layout of which most is expected."""
        layouts = list(dict.fromkeys([*among, *self._surrogate.layouts]))
        mean = self._surrogate.mean(self._sight.known(layouts))
        return layouts[int(np.argmax(mean))]

    def _promising(self, around: Neighbourhood, incumbent: Layout) -> list[Layout]:
        """The neighbours that are worth a closer look."""
        if not around.layouts:
            return []
        reference = self._sight.known([incumbent])
        gain, doubt = self._surrogate.gains(around.known, reference)
        first = np.argsort(-(gain + self._hope * doubt), kind="stable")[:LOOKED_AT]
        self._sight.look_closer(around, first)
        return [around.layouts[i] for i in first]

    def spread(self, incumbent: Layout, layouts: Sequence[Layout], most: int, blocks: int) -> list[Layout]:
        """Of these the most promising, each chosen with regard to what the ones before will tell."""
        if not layouts:
            return []
        known, reference = self._sight.known(layouts), self._sight.known([incumbent])
        gain, doubt = self._surrogate.gains(known, reference)
        noise = 2.0 * self._surrogate.chance**2 / blocks
        first = np.argsort(-(gain + self._hope * _change(doubt**2, noise)), kind="stable")[:LOOKED_AT]
        known, gain = known.rows(first), gain[first]
        across = self._surrogate.covariance(known, reference)
        spread = self._surrogate.covariance(known, known) - across - across.T
        spread += self._surrogate.covariance(reference, reference)[0, 0]
        chosen: list[Layout] = []
        for i in choose_in_turn(gain, spread, self._hope, noise, most):
            chosen.append(layouts[first[i]])
        return chosen


def _change(variance: F8, noise: float) -> F8:
    """Standard deviations of what measuring gains of these variances with this noise will change about them."""
    changed: F8 = variance / np.sqrt(variance + noise)
    return changed


def choose_in_turn(gain: F8, spread: F8, hope: float, noise: float, most: int) -> list[int]:
    """Places of the chosen: the most promising, then the most promising when that has run, and so on.

    Args:
        gain: [n] expected.
        spread: [n, n] covariance; changed.
        hope: standard deviations of what running may change.
        noise: variance of a measured gain.
        most: to be chosen.
    """
    chosen: list[int] = []
    open_ = np.ones(len(gain), np.bool_)
    while len(chosen) < most and open_.any():
        bound = gain + hope * _change(np.maximum(np.diag(spread), 0.0), noise)
        best = int(np.argmax(np.where(open_, bound, -np.inf)))
        chosen.append(best)
        open_[best] = False
        column = spread[:, best].copy()
        spread -= np.outer(column, column) / (column[best] + noise)
    return chosen
