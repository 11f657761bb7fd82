"""Krippendorff's alpha: a published example, a slow twin, and what must hold of any scores."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.risk.agreement import ordinal_alpha

STEPS = (1, 2, 3, 4, 5)
UNITS = st.lists(st.lists(st.integers(1, 5), max_size=5), max_size=8)

# K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), C: four observers, twelve units, None for missing.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def slow_alpha(units: Sequence[Sequence[int]]) -> float | None:
    """The same by every pair of scores, as the definition has it."""
    pairable = [unit for unit in units if len(unit) > 1]
    values = [value for unit in pairable for value in unit]
    if len(values) < 2:
        return None

    def apart(one: int, other: int) -> float:
        low, high = sorted((one, other))
        between = sum(low <= value <= high for value in values)
        return (between - (values.count(one) + values.count(other)) / 2) ** 2 if one != other else 0.0

    observed = sum(sum(apart(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in pairable) / len(
        values
    )
    expected = sum(apart(a, b) for a, b in permutations(values, 2)) / (len(values) * (len(values) - 1))
    return None if expected == 0 else 1 - observed / expected


def test_the_published_example() -> None:
    units = [[score for score in unit if score is not None] for unit in zip(*OBSERVERS, strict=True)]
    assert ordinal_alpha(units, STEPS) == pytest.approx(0.815, abs=0.0005)


@given(UNITS)
def test_it_is_what_every_pair_of_scores_gives(units: list[list[int]]) -> None:
    found, slow = ordinal_alpha(units, STEPS), slow_alpha(units)
    assert (found is None) == (slow is None)
    if found is not None:
        assert found == pytest.approx(slow, abs=1e-9)
        assert found <= 1.0 + 1e-12


@given(st.lists(st.integers(1, 5), min_size=2, max_size=8).filter(lambda steps: len(set(steps)) > 1))
def test_full_agreement_is_one(steps: list[int]) -> None:
    assert ordinal_alpha([[step] * 3 for step in steps], STEPS) == pytest.approx(1.0)


def test_nothing_to_compare_is_none() -> None:
    assert ordinal_alpha([], STEPS) is None
    assert ordinal_alpha([[1], [5]], STEPS) is None
    assert ordinal_alpha([[3, 3], [3, 3]], STEPS) is None, "one and the same score everywhere: chance cannot be told"
