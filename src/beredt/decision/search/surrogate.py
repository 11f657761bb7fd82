"""What is known of all layouts, from the cover model and from everything that was simulated.

The score of layout l on block b is taken to be

    y(l, b) = f(l) + u(b) + chance

u is what a block does to all layouts alike; nothing is asked of it. f is a Gaussian process [1] about κ·m(l), m being
the gain against today's layout that the cover model foretells, with covariance

    σ_κ² m(l) m(l') + Σ_j σ_j² x_j(l) x_j(l') + ρ² exp(−|l − l'| / λ) + τ² [l = l']

The first term is how far the cover model exaggerates; the second what it misjudges at each site, once for all hours and
once for the day against the night (x: duty hours more than today's); the third what it misjudges of a layout as a
whole, which layouts like it share (|l − l'|: duty hours that are elsewhere); the last is this layout's alone. Every
block on which two layouts have both run tells of them, whichever race it belonged to, and of all that are like them.

Who is tried and who is chosen at the end depends on it; that a challenger beats the incumbent of a race does not.

[1] C. E. Rasmussen and C. K. I. Williams, *Gaussian Processes for Machine Learning* (2006), chapter 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from beredt.decision.search.layout import Layout

F8 = NDArray[np.float64]

PRIOR_FREEDOM = 4.0
"""Degrees of freedom that the prior of the chance is worth."""

SAME = 1e-9
"""Layouts with duty hours nearer than this are one."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """The prior: standard deviations in typical gains of a step, unless told otherwise.

    `kappa`, `kappa_sd`: how far the gains of the cover model come true, no unit. `site`: what is misjudged of one unit
    round the clock at a site; `hours`: of one by day rather than by night. `layout`: of a whole layout, and `reach`,
    how far others share it, in units round the clock that are elsewhere. `own`: of one layout alone. `chance`: of a
    score beside what its block does to all; simulation soon tells it.
    """

    kappa: float = 0.6
    kappa_sd: float = 0.3
    site: float = 0.35
    hours: float = 0.15
    layout: float = 0.4
    reach: float = 16.0
    own: float = 0.02
    chance: float = 0.5


class Known(NamedTuple):
    """What is known of n layouts without simulating them, beside today's.

    `guessed` [n]: gain by the cover model. `duty` [n, 2·s]: duty hours more, by day and then by night.
    """

    guessed: F8
    duty: F8

    def rows(self, chosen: Sequence[int] | NDArray[np.int64]) -> Known:
        """Some of them."""
        return Known(self.guessed[chosen], self.duty[chosen])


class Surrogate:
    """The Gaussian process of one search."""

    def __init__(self, typical: float, doubts: Doubts) -> None:
        """Begin with the prior.

        Args:
            typical: gain of a step, in the unit of the objective.
            doubts: of the prior.
        """
        self._doubts, self._typical = doubts, typical
        self._number: dict[Layout, int] = {}
        self._known = Known(np.zeros(0), np.zeros((0, 0)))
        self._seen, self._sums = np.zeros((0, 0)), np.zeros(0)
        self._squares, self._freedom = PRIOR_FREEDOM * (doubts.chance * typical) ** 2, PRIOR_FREEDOM
        self._fit: tuple[F8, F8] | None = None

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """All that were simulated, in their order."""
        return tuple(self._number)

    @property
    def chance(self) -> float:
        """Standard deviation of a score beside what its block does to all layouts."""
        return float(np.sqrt(self._squares / self._freedom))

    def learn(self, layouts: Sequence[Layout], known: Known, scores: F8) -> None:
        """Take in scores of layouts on blocks that all of them ran on.

        Args:
            layouts: all different.
            known: of them.
            scores: [layouts, blocks]; blocks with a NaN are left out.
        """
        rows = np.array([self._row(layout, known.rows([i])) for i, layout in enumerate(layouts)])
        scores = scores[:, np.isfinite(scores).all(axis=0)]
        if len(rows) < 2 or not scores.size:
            return
        count, blocks = scores.shape
        centred = scores - scores.mean(axis=0)
        self._seen[np.ix_(rows, rows)] += blocks * (np.eye(count) - 1.0 / count)
        self._sums[rows] += centred.sum(axis=1)
        self._squares += float(((centred - centred.mean(axis=1, keepdims=True)) ** 2).sum())
        self._freedom += (count - 1) * (blocks - 1)
        self._fit = None

    def mean(self, known: Known) -> F8:
        """[n] expected gains against today's layout, but for one constant."""
        pull, _ = self._fitted()
        found: F8 = self._doubts.kappa * known.guessed
        return found + self._covariance(known, self._known) @ pull if self._number else found

    def covariance(self, known: Known, other: Known) -> F8:
        """[n, m] posterior covariance of the gains of two lots of layouts."""
        prior = self._covariance(known, other)
        if not self._number:
            return prior
        _, weight = self._fitted()
        found: F8 = prior - self._covariance(known, self._known) @ weight @ self._covariance(self._known, other)
        return found

    def gains(self, known: Known, reference: Known) -> tuple[F8, F8]:
        """[n] expected gains against one layout, and their standard deviations."""
        mean = self.mean(known) - self.mean(reference)
        across = self.covariance(known, reference)[:, 0]
        variance = self._variance(known) - 2.0 * across + self.covariance(reference, reference)[0, 0]
        return mean, np.sqrt(np.maximum(variance, 0.0))

    def _variance(self, known: Known) -> F8:
        d, t = self._doubts, self._typical
        day, night = np.hsplit(known.duty, 2)
        prior: F8 = (d.kappa_sd * known.guessed) ** 2 + t**2 * (d.layout**2 + d.own**2)
        prior += t**2 * (d.site**2 * ((day + night) ** 2).sum(axis=1) + d.hours**2 * ((day - night) ** 2).sum(axis=1))
        if not self._number:
            return prior
        _, weight = self._fitted()
        across = self._covariance(known, self._known)
        found: F8 = prior - ((across @ weight) * across).sum(axis=1)
        return found

    def _covariance(self, one: Known, other: Known) -> F8:
        d, t = self._doubts, self._typical
        (day, night), (day_, night_) = np.hsplit(one.duty, 2), np.hsplit(other.duty, 2)
        apart = cdist(one.duty, other.duty, "cityblock")
        found: F8 = d.kappa_sd**2 * np.outer(one.guessed, other.guessed)
        found += t**2 * d.site**2 * (day + night) @ (day_ + night_).T
        found += t**2 * d.hours**2 * (day - night) @ (day_ - night_).T
        found += t**2 * d.layout**2 * np.exp(-0.5 * apart / d.reach)
        found += t**2 * d.own**2 * (apart < SAME)
        return found

    def _fitted(self) -> tuple[F8, F8]:
        """By what the covariance with the layouts seen is to be multiplied, for the mean and for the covariance.

        With A the sum over blocks of I − 11ᵀ/n on the layouts that ran on it, and s the sum of their scores less the
        block's mean, u(b) being unknown altogether: (σ²I + A K)⁻¹ (s − A μ) and (σ²I + A K)⁻¹ A.
        """
        if self._fit is None:
            prior = self._doubts.kappa * self._known.guessed
            within = self._seen @ self._covariance(self._known, self._known) if self._number else self._seen
            inverse = np.linalg.inv(self.chance**2 * np.eye(len(self._number)) + within)
            weight: F8 = inverse @ self._seen
            self._fit = inverse @ (self._sums - self._seen @ prior), 0.5 * (weight + weight.T)
        return self._fit

    def _row(self, layout: Layout, known: Known) -> int:
        if layout not in self._number:
            before = len(self._number)
            self._number[layout] = before
            duty = self._known.duty if before else np.zeros((0, known.duty.shape[1]))
            self._known = Known(np.append(self._known.guessed, known.guessed), np.vstack([duty, known.duty]))
            self._seen = np.pad(self._seen, (0, 1))
            self._sums = np.append(self._sums, 0.0)
        return self._number[layout]
