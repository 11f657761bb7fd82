"""Rates put in come back within their intervals, and areas drawn towards one another foretell best."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from beredt.demand.rate_fit.fit_rates import fit_rates, gamma_interval
from beredt.demand.rate_fit.gamma_poisson import fit_area_factors, log_likelihood
from beredt.demand.rate_fit.held_out import deviance, held_out
from beredt.errors import OutOfRangeError

RATES = np.array([20.0, 12.0, 25.0, 30.0, 35.0, 50.0, 90.0, 160.0, 320.0, 450.0]) / 1000.0
AGES = np.array([0.10, 0.11, 0.14, 0.15, 0.14, 0.13, 0.11, 0.08, 0.03, 0.01])
AREAS, ROUNDS = 150, 300
F8 = np.ndarray


def people(rng: np.random.Generator, areas: int = AREAS) -> F8:
    """Small and large areas, each with ages of its own."""
    size = rng.lognormal(6.0, 1.0, areas)
    return size[:, None] * rng.dirichlet(60 * AGES, areas)


def counted(rng: np.random.Generator, people: F8, shape: float, years: float = 1.0) -> tuple[F8, F8]:
    factor = rng.gamma(shape, 1.0 / shape, len(people)) if np.isfinite(shape) else np.ones(len(people))
    return rng.poisson(factor[:, None] * people * RATES * years).astype(np.float64), factor


@pytest.mark.parametrize("shape", [6.0, np.inf])
def test_rates_lie_in_their_intervals_as_often_as_promised(shape: float) -> None:
    rng = np.random.default_rng(17)
    inside = {0.95: 0, 0.8: 0}
    for _ in range(ROUNDS):
        there = people(rng)
        counts, _ = counted(rng, there, shape)
        for confidence in inside:
            fit = fit_rates(counts, there, 1.0, confidence)
            inside[confidence] += int(((fit.low <= RATES) & (fit.high >= RATES)).sum())
    total = ROUNDS * len(RATES)
    for confidence, found in inside.items():
        # Groups of one round share the areas' factors: as if a fifth of them stood alone.
        error = np.sqrt(confidence * (1 - confidence) / (total / 5))
        assert abs(found / total - confidence) < 4.5 * error + 0.005, (confidence, found / total)


def test_how_far_areas_differ_comes_back() -> None:
    rng = np.random.default_rng(3)
    found = []
    for _ in range(60):
        there = people(rng)
        counts, _ = counted(rng, there, 6.0)
        found.append(fit_rates(counts, there, 1.0).areas.shape)
    assert abs(np.mean(np.log(found)) - np.log(6.0)) < 4.5 * np.std(np.log(found)) / np.sqrt(60) + 0.05
    alike = [fit_rates(counted(rng, there, np.inf)[0], there, 1.0).areas.shape for there in [people(rng)] * 40]
    assert np.median(alike) > 150.0


def test_factors_of_areas_lie_in_what_is_known_of_them() -> None:
    rng = np.random.default_rng(5)
    inside = total = 0
    for _ in range(40):
        there = people(rng)
        counts, factor = counted(rng, there, 6.0)
        known = fit_area_factors(counts.sum(axis=1), there @ RATES)
        low, high = gamma_interval(known.factor, known.relative_sd**2, 0.9)
        inside += int(((low <= factor) & (factor <= high)).sum())
        total += AREAS
    assert abs(inside / total - 0.9) < 4.5 * np.sqrt(0.09 / total) + 0.01


@pytest.mark.parametrize(("shape", "years"), [(6.0, 0.25), (6.0, 2.0), (25.0, 1.0), (1.5, 0.25)])
def test_drawn_together_areas_foretell_better_than_alone_or_all_alike(shape: float, years: float) -> None:
    rng = np.random.default_rng(9)
    gain = []
    for _ in range(25):
        there = people(rng)
        counts, factor = counted(rng, there, shape, years)
        expected = there @ RATES
        later = rng.poisson(factor * expected).astype(np.float64)
        told = held_out(counts.sum(axis=1), expected * years, later, expected)
        gain.append((told.own - told.shrunk, told.common - told.shrunk))
    mean, error = np.mean(gain, axis=0), np.std(gain, axis=0) / np.sqrt(len(gain))
    assert (mean > 3 * error).all(), (mean, error)


def test_by_hand() -> None:
    """Two areas of 1,000 and 3,000 people, 40 and 60 incidents in two years."""
    fit = fit_rates(np.array([[40.0], [60.0]]), np.array([[1000.0], [3000.0]]), 2.0)
    assert fit.rate[0] == pytest.approx(100 / 8000)
    phi = fit.areas.shape
    assert fit.areas.factor == pytest.approx([(phi + 40) / (phi + 25), (phi + 60) / (phi + 75)])
    assert fit.relative_sd[0] ** 2 == pytest.approx(1 / 100 + (0.25**2 + 0.75**2) / phi)


def test_the_likelihood_is_that_of_the_negative_binomial() -> None:
    n, e = np.array([0.0, 3.0, 11.0]), np.array([1.0, 2.5, 6.0])
    constant = [
        log_likelihood(s, n, e) - float(np.sum(stats.nbinom.logpmf(n, s, s / (s + e)))) for s in (0.5, 4.0, 300.0)
    ]
    assert np.ptp(constant) < 1e-9


@given(
    arrays(np.float64, 12, elements=st.integers(0, 400).map(float)),
    arrays(np.float64, 12, elements=st.just(0.0) | st.floats(1e-3, 300.0)),
)
def test_a_factor_lies_between_the_area_alone_and_all_alike(counts: F8, expected: F8) -> None:
    known = fit_area_factors(counts, expected)
    some = expected > 0.0
    alone = counts[some] / expected[some]
    assert (known.factor[some] >= np.minimum(alone, 1.0) - 1e-9).all()
    assert (known.factor[some] <= np.maximum(alone, 1.0) + 1e-9).all()
    assert (known.factor[~some] == 1.0).all()


def test_nothing_seen_is_not_nothing_possible() -> None:
    fit = fit_rates(np.zeros((3, 2)), np.full((3, 2), 100.0), 1.0)
    assert fit.rate.tolist() == [0.0, 0.0]
    assert fit.high == pytest.approx(-np.log(0.05) / 300.0)
    with pytest.raises(OutOfRangeError):
        fit_rates(np.array([[-1.0]]), np.array([[5.0]]), 1.0)
    assert deviance(np.array([0.0, 2.0]), np.array([1.0, 2.0])) == pytest.approx(1.0)
