"""Ranks under every weight: a story, a twin that counts by hand, known shares, and the gate that no weight can lift."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.comparison.pools import pools_of
from beredt.decision.comparison.ranks import draw_weights, rank_alternatives, ranks_of, resampled_means


def generator() -> np.random.Generator:
    return np.random.default_rng(1)


def sure(benefits: list[list[float]], draws: int = 20_000) -> np.ndarray:
    """The same benefits, alternatives × measures, in every draw."""
    return np.broadcast_to(np.array(benefits), (draws, *np.shape(benefits)))


def test_what_is_better_in_everything_always_comes_first() -> None:
    ranks = rank_alternatives(sure([[0.0, 0.0], [1.0, 2.0]]), [0, 1], generator())
    assert ranks.acceptability.tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert np.isnan(ranks.central[0]).all()
    assert np.isnan(ranks.confidence[0])
    assert ranks.confidence[1] == 1.0


def test_two_that_are_good_at_one_thing_each_share_the_weights() -> None:
    ranks = rank_alternatives(sure([[1.0, 0.0], [0.0, 1.0]]), [0, 1], generator())
    assert ranks.acceptability[:, 0] == pytest.approx([0.5, 0.5], abs=0.01)
    # Where the first wins, its weight is even between one half and one.
    assert ranks.central[0] == pytest.approx([0.75, 0.25], abs=0.01)


def test_three_times_as_good_wins_three_quarters_of_the_weights() -> None:
    # w·3 > (1 − w)·1 for w above a quarter.
    ranks = rank_alternatives(sure([[3.0, 0.0], [0.0, 1.0]]), [0, 1], generator())
    assert ranks.acceptability[0, 0] == pytest.approx(0.75, abs=0.01)
    assert ranks.central[0, 0] == pytest.approx((1 + 0.25) / 2, abs=0.01)


def test_equals_share_a_rank() -> None:
    ranks = rank_alternatives(sure([[0.0], [0.0], [1.0]]), [0], generator())
    assert ranks.acceptability[:, 0].tolist() == [0.0, 0.0, 1.0]
    assert ranks.acceptability[:2, 1].tolist() == [1.0, 1.0]


def test_many_measures_of_a_criterion_do_not_make_it_heavier() -> None:
    weights, by_measure = draw_weights(50_000, np.array([0, 0, 0, 1]), generator())
    assert weights.mean(axis=0) == pytest.approx([0.5, 0.5], abs=0.01)
    assert by_measure[:, :3].sum(axis=1) == pytest.approx(weights[:, 0])
    assert by_measure.sum(axis=1) == pytest.approx(np.ones(50_000))


def test_weights_are_even_over_all_that_are_possible() -> None:
    weights, _ = draw_weights(50_000, np.array([0, 1, 2]), generator())
    # The share of the triangle where one weight is above one half is a quarter.
    assert (weights > 0.5).mean(axis=0) == pytest.approx([0.25] * 3, abs=0.01)


@given(st.lists(st.lists(st.integers(-3, 3), min_size=2, max_size=4), min_size=1, max_size=5).filter(
    lambda rows: len({len(row) for row in rows}) == 1
))  # fmt: skip
def test_ranks_are_those_counted_by_hand(rows: list[list[int]]) -> None:
    benefit = np.array(rows, np.float64)
    by_hand = [[sum(other > own for other in row) for own in row] for row in rows]
    assert ranks_of(benefit).tolist() == by_hand


@given(st.floats(0.01, 100.0), st.integers(2, 4), st.integers(1, 3))
def test_shares_of_ranks_hang_on_no_common_scale(scale: float, alternatives: int, measures: int) -> None:
    benefits = np.random.default_rng(7).normal(size=(200, alternatives, measures))
    criterion_of = list(range(measures))
    one, other = (rank_alternatives(benefits * by, criterion_of, generator()) for by in (1.0, scale))
    assert one.acceptability == pytest.approx(other.acceptability)
    assert one.acceptability.sum(axis=1) == pytest.approx(np.ones(alternatives))


def test_resampled_means_spread_as_means_do() -> None:
    values = np.random.default_rng(2).normal(10.0, 2.0, size=(1, 20))
    drawn = resampled_means(values, 40_000, generator())
    assert drawn.mean() == pytest.approx(values.mean(), abs=0.01)
    assert drawn.std() == pytest.approx(values.std(ddof=1) / np.sqrt(20), rel=0.02)


def test_resampling_keeps_alternatives_together() -> None:
    base = np.random.default_rng(2).normal(10.0, 5.0, size=20)
    drawn = resampled_means(np.stack([base, base + 1.0]), 500, generator())
    assert drawn[:, 1] - drawn[:, 0] == pytest.approx(np.ones(500))


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="must be numbers"):
        rank_alternatives(np.full((5, 2, 1), np.nan), [0], generator())


VERDICTS = st.sampled_from(["meets", "fails", "undecided"])


@given(st.dictionaries(st.sampled_from(["1", "2", "3", "4"]), VERDICTS))
def test_what_fails_premise_1_is_in_no_pool(verdicts: dict[str, str]) -> None:
    pools = pools_of(("0+", "1", "2", "3", "4"), verdicts, "0+")
    for one in ("1", "2", "3", "4"):
        answer = verdicts.get(one, "undecided")
        assert (one in pools["meets"]) == (answer == "meets")
        assert (one in pools["meets_or_undecided"]) == (answer != "fails")
    assert all("0+" in pool for pool in pools.values())
