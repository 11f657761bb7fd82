"""The surrogate beside the same model written down observation by observation; what it learns, and of what."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from beredt.decision.search.guide import choose_in_turn
from beredt.decision.search.layout import Layout
from beredt.decision.search.surrogate import Doubts, Known, Surrogate
from tests.decision.search.pretended import pretended_layouts

F8 = NDArray[np.float64]

DOUBTS = Doubts()
TYPICAL = 0.5
SITES = 3


def pretended_known(rng: np.random.Generator, number: int) -> Known:
    """Guesses and duty hours of made-up layouts, the first of which is today's."""
    duty = rng.integers(-1, 2, size=(number, 2 * SITES)).astype(np.float64)
    duty[0] = 0.0
    guessed = rng.normal(0.0, TYPICAL, number)
    guessed[0] = 0.0
    return Known(guessed, duty)


def covariance(one: Known, i: int, other: Known, j: int) -> float:
    """The prior, term by term."""
    x, y = one.duty[i], other.duty[j]
    apart = sum(abs(a - b) for a, b in zip(x, y, strict=True))
    value = DOUBTS.kappa_sd**2 * one.guessed[i] * other.guessed[j]
    for s in range(SITES):
        both, turned = (x[s] + x[s + SITES], x[s] - x[s + SITES]), (y[s] + y[s + SITES], y[s] - y[s + SITES])
        value += TYPICAL**2 * (DOUBTS.site**2 * both[0] * turned[0] + DOUBTS.hours**2 * both[1] * turned[1])
    value += TYPICAL**2 * DOUBTS.layout**2 * np.exp(-0.5 * apart / DOUBTS.reach)
    return float(value + TYPICAL**2 * DOUBTS.own**2 * (apart == 0.0))


def slow_posterior(known: Known, races: list[tuple[list[int], F8]], chance: float) -> tuple[F8, F8]:
    """Mean and covariance of all layouts, from one equation for each score; blocks have a prior that says nothing."""
    n = len(known.guessed)
    prior = np.array([[covariance(known, i, known, j) for j in range(n)] for i in range(n)])
    rows, values, blocks = list[int](), list[float](), list[int]()
    count = 0
    for layouts, scores in races:
        for b in range(scores.shape[1]):
            rows += layouts
            values += scores[:, b].tolist()
            blocks += [count] * len(layouts)
            count += 1
    picked = np.eye(n)[rows]
    same_block = np.equal.outer(blocks, blocks)
    noise = chance**2 * np.eye(len(rows)) + 1e6 * same_block
    gain = prior @ picked.T @ np.linalg.inv(picked @ prior @ picked.T + noise)
    level = np.mean(values)
    mean = DOUBTS.kappa * known.guessed
    return mean + gain @ (np.array(values) - level - picked @ mean), prior - gain @ picked @ prior


@given(st.integers(0, 2**20))
@settings(max_examples=25, deadline=None)
def test_it_is_the_posterior_of_every_score_with_unknown_block_levels(seed: int) -> None:
    rng = np.random.default_rng(seed)
    layouts = pretended_layouts(6)
    known = pretended_known(rng, 6)
    surrogate = Surrogate(TYPICAL, DOUBTS)
    races = []
    for _ in range(3):
        ran = rng.choice(5, size=3, replace=False).tolist()  # the sixth never runs
        scores = rng.normal(75.0, 1.0, size=(3, 4))
        races.append((ran, scores))
        surrogate.learn([layouts[i] for i in ran], known.rows(ran), scores)
    mean, spread = slow_posterior(known, races, surrogate.chance)
    gains, doubts = surrogate.gains(known, known.rows([0]))
    assert gains == pytest.approx(mean - mean[0], abs=1e-4)
    across = np.diag(spread) - 2.0 * spread[0] + spread[0, 0]
    assert doubts == pytest.approx(np.sqrt(np.maximum(across, 0.0)), abs=1e-3)
    whole = surrogate.covariance(known, known)
    assert np.linalg.eigvalsh(whole - whole[:1] - whole[:, :1] + whole[0, 0]).min() > -1e-9


def test_before_anything_was_simulated_it_says_what_the_model_says() -> None:
    known = pretended_known(np.random.default_rng(1), 4)
    gains, doubts = Surrogate(TYPICAL, DOUBTS).gains(known, known.rows([0]))
    assert gains == pytest.approx(DOUBTS.kappa * known.guessed)
    assert doubts[0] == pytest.approx(0.0, abs=1e-9)
    assert doubts[1:].min() > 0.0


def test_it_finds_a_site_that_the_model_misjudges() -> None:
    """One layout has a unit more at a site; another one that never ran has it, too."""
    today, one, other = pretended_layouts(3)
    guessed = np.zeros(3)
    duty = np.zeros((3, 2 * SITES))
    duty[1, [0, SITES]] = 0.5
    duty[2, [0, SITES, 1]] = 0.5
    known = Known(guessed, duty)
    surrogate = Surrogate(TYPICAL, DOUBTS)
    scores = np.random.default_rng(3).normal(0.0, 0.1, size=(2, 60)) + np.array([[0.0], [0.4]])
    surrogate.learn([today, one], known.rows([0, 1]), scores)
    gains, doubts = surrogate.gains(known, known.rows([0]))
    assert gains[1] == pytest.approx(0.4, abs=0.1)
    assert 0.1 < gains[2] < gains[1]
    assert doubts[1] < doubts[2]
    assert surrogate.chance == pytest.approx(0.1, rel=0.3)
    assert other not in surrogate.layouts


def test_blocks_with_nobody_to_count_say_nothing() -> None:
    layouts: list[Layout] = pretended_layouts(2)
    known = pretended_known(np.random.default_rng(5), 2)
    whole, holed = Surrogate(TYPICAL, DOUBTS), Surrogate(TYPICAL, DOUBTS)
    scores = np.array([[1.0, 2.0, 4.0], [2.0, 2.5, 3.0]])
    whole.learn(layouts, known, scores)
    holed.learn(layouts, known, np.insert(scores, 1, [np.nan, 7.0], axis=1))
    assert holed.gains(known, known.rows([0]))[0] == pytest.approx(whole.gains(known, known.rows([0]))[0])


def test_no_two_are_chosen_to_find_out_the_same() -> None:
    gain = np.array([0.3, 0.29, 0.1, -5.0])
    spread = np.eye(4)
    spread[0, 1] = spread[1, 0] = 1.0  # what the first tells is known of the second
    assert choose_in_turn(gain, spread.copy(), 1.0, 0.01, 2) == [0, 2]
    assert choose_in_turn(gain, spread.copy(), 0.0, 0.01, 9) == [0, 1, 2, 3]


def test_what_is_known_well_does_not_run_again() -> None:
    gain, spread = np.array([0.10, 0.05]), np.diag([0.01, 0.09])
    assert choose_in_turn(gain, spread.copy(), 1.0, 0.04, 1) == [1]
    assert choose_in_turn(gain, spread.copy(), 0.0, 0.04, 1) == [0]
