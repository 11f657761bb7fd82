"""Trees: rates that are known come back, twice the same, and the backtest alone says whether they are asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from beredt.demand.forecast.counts import F8, compact
from beredt.demand.forecast.forecast import models_for
from beredt.demand.forecast.models.boosting import LEAST_INCIDENTS, boosting
from beredt.demand.forecast.question import Question
from tests.demand.forecast.made_counts import asked, blank, drawn


@pytest.fixture(scope="module")
def rates() -> F8:
    """Forty weeks: nights quiet, days busy; the second area is small, and busy at night."""
    by_day = (np.arange(40 * 168) % 24 >= 8)[:, None]
    return np.where(by_day, [4.0, 0.3], [1.0, 0.6])[:, :, None]


@pytest.fixture(scope="module")
def question(rates: F8) -> Question:
    return asked(drawn(rates), 24)


def test_a_rhythm_and_an_area_that_is_unlike_the_others_come_back(rates: F8, question: Question) -> None:
    answer = boosting(question)
    assert np.abs(answer / rates[:24] - 1).mean() < 0.12
    assert answer[8:, 0].mean() / answer[:8, 0].mean() == pytest.approx(4.0, rel=0.15)
    assert answer[:8, 1].mean() / answer[8:, 1].mean() == pytest.approx(2.0, rel=0.15)
    np.testing.assert_array_equal(boosting(question), answer)


def test_what_has_never_come_is_expected_rarely_but_not_never(question: Question) -> None:
    counts = np.concatenate([question.past.counts, np.zeros_like(question.past.counts)], axis=2)
    both = replace(question.past, urgencies=("A", "H"), counts=compact(counts), lat=np.array([60.0, np.nan]),
                   lon=np.array([10.0, np.nan]))  # fmt: skip
    answer = boosting(replace(question, past=both))
    assert answer.shape == (24, 2, 2)
    assert (answer > 0).all()
    assert answer[:, :, 1].max() < 0.01


def test_only_long_logs_are_asked_of_trees() -> None:
    counts = blank(7)
    counts.counts[0] = 200
    many = replace(counts, counts=np.full((LEAST_INCIDENTS // 8, 1, 1), 8, np.uint8))
    assert "boosting" not in models_for(counts)
    assert "boosting" in models_for(many)
