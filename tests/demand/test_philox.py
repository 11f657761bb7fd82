"""Counter-based uniforms: the published generator, bit for bit, and nothing that depends on order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from beredt.demand.philox import uniform_rows, uniforms, words

WORD = st.integers(0, 2**64 - 1)
COUNT = st.integers(0, 2**63 - 1)


@given(seed=WORD, replication=WORD, stratum=COUNT, k=COUNT, block=st.integers(1, 2**64 - 1))
def test_words_equal_numpy_philox_bit_for_bit(seed: int, replication: int, stratum: int, k: int, block: int) -> None:
    key = np.array([seed, replication], np.uint64)
    counter = np.array([block - 1, k, stratum, 0], np.uint64)
    expected = np.random.Philox(key=key, counter=counter).random_raw(4)
    np.testing.assert_array_equal(words(seed, replication, np.array([stratum]), np.array([k]), block)[0], expected)


def test_known_answers_of_the_authors() -> None:
    """Random123's own `kat_vectors`, philox4x64 with 10 rounds: counter and key of zeros."""
    zeros = np.zeros(1, np.int64)
    expected = [0x16554D9ECA36314C, 0xDB20FE9D672D0FDC, 0xD7E772CEE186176B, 0x7E68B68AEC7BA23B]
    assert words(0, 0, zeros, zeros, 0)[0].tolist() == expected


def test_uniforms_are_the_upper_52_bits_at_the_middle_of_their_step() -> None:
    stratum, k = np.arange(500), np.arange(500) % 7
    raw = words(7, 3, stratum, k, 2)
    expected = [[((int(word) >> 12) + 0.5) / 2**52 for word in row] for row in raw]
    np.testing.assert_array_equal(uniforms(7, 3, stratum, k, 2), expected)


def test_the_ends_of_the_interval_are_never_reached() -> None:
    assert ((0 >> 12) + 0.5) * 2.0**-52 > 0.0
    assert (((2**64 - 1) >> 12) + 0.5) * 2.0**-52 < 1.0
    u = uniforms(1, 1, np.arange(50_000), np.zeros(50_000, np.int64), 0)
    assert u.min() > 0.0
    assert u.max() < 1.0


def test_rows_are_the_blocks_one_after_another() -> None:
    stratum, k = np.arange(40), np.arange(40)[::-1].copy()
    rows = uniform_rows(5, 6, stratum, k, range(3, 5))
    np.testing.assert_array_equal(rows[:4].T, uniforms(5, 6, stratum, k, 3))
    np.testing.assert_array_equal(rows[4:].T, uniforms(5, 6, stratum, k, 4))


@given(st.permutations(range(12)))
def test_a_draw_does_not_know_its_neighbours(order: list[int]) -> None:
    stratum, k = np.arange(12) * 31, np.arange(12) % 5
    whole = uniforms(9, 0, stratum, k, 1)
    np.testing.assert_array_equal(uniforms(9, 0, stratum[order], k[order], 1), whole[order])


def test_uniform_and_independent_along_every_part_of_the_counter() -> None:
    n = 40_000
    run, none = np.arange(n), np.zeros(n, np.int64)
    along = {"k": uniforms(1, 0, none, run, 0), "stratum": uniforms(1, 0, run, none, 0)}
    for u in along.values():
        for column in u.T:
            assert stats.kstest(column, "uniform").pvalue > 0.001
        correlation = np.corrcoef(np.vstack([u.T, [*u[1:, 0], 0.5]]))
        assert np.abs(correlation - np.eye(5)).max() < 0.02


def test_no_incident_at_all() -> None:
    nobody = np.zeros(0, np.int64)
    assert uniforms(1, 1, nobody, nobody, 0).shape == (0, 4)


@pytest.mark.parametrize(
    ("seed", "stratum", "k", "said"),
    [(-1, [0], [0], "seed"), (0, [-2], [0], "stratum"), (0, [0], [-1], "k holds"), (0, [0, 1], [0], "one row per")],
)
def test_what_is_wrong_is_said(seed: int, stratum: list[int], k: list[int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        uniforms(seed, 0, np.array(stratum), np.array(k), 0)
