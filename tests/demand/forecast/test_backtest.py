"""The backtest: nobody sees the future, intervals hold, and the simple mean wins where it is as good."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from beredt.demand.forecast.backtest import WARM_UP, place_origins, run_backtest
from beredt.demand.forecast.calendar import calendar_of
from beredt.demand.forecast.choose import choose, interval
from beredt.demand.forecast.counts import F8
from beredt.demand.forecast.forecast import forecast
from beredt.demand.forecast.levels import at_level, bands, levels_of
from beredt.demand.forecast.models.glm import glm
from beredt.demand.forecast.models.week_mean import week_mean
from beredt.demand.forecast.question import Question
from beredt.demand.forecast.scores import deviance, pit_histogram, score
from beredt.demand.forecast.tables import forecast_table
from beredt.errors import OptionError
from tests.demand.forecast.made_counts import blank, drawn


def test_origins_are_apart_and_end_with_the_past() -> None:
    places, warm_up = place_origins(blank(730), 72, 20)
    assert (len(places), warm_up) == (20 + WARM_UP, WARM_UP)
    assert places[-1] + 72 == 730 * 24
    assert set(np.diff(places)) == {240}
    assert len(set(places // 24 % 7)) == 7


def test_a_short_past_gives_fewer_origins_and_a_shorter_one_says_what_it_needs() -> None:
    places, warm_up = place_origins(blank(120), 72, 20)
    assert places[0] >= 56 * 24
    assert np.diff(places).min() >= 72
    assert 4 <= warm_up < len(places) - 3
    places, warm_up = place_origins(blank(120), 72, 12)
    assert len(places) - warm_up == 12
    with pytest.raises(OptionError, match="needs 80"):
        place_origins(blank(60), 72, 20)


def test_no_model_sees_what_comes_after() -> None:
    """A past that changes after the origin changes no answer there."""
    seen: list[int] = []

    def watch(question: Question) -> F8:
        seen.append(int(question.past.counts.max()))
        return np.full((question.ahead, 1, 1), 0.1)

    counts = blank(200)
    places, _ = place_origins(counts, 24, 6)
    counts.counts[places[0] :] = 9
    run_backtest(counts, calendar_of(counts, 0, {}), 24, {"watch": watch}, 6)
    assert seen[0] == 0
    assert seen[-1] == 9


def test_deviance_by_hand() -> None:
    """2 (3 ln 1.5 − 1) for 3 where 2 were expected; 2 · 2 for none."""
    assert deviance(np.array([3.0, 0.0, 2.0]), np.full(3, 2.0)) == pytest.approx([2 * (3 * np.log(1.5) - 1), 4.0, 0.0])


def test_levels_and_bands() -> None:
    parts = np.arange(6.0).reshape(1, 3, 2)
    assert at_level(parts, "areas").tolist() == [[1, 5, 9]]
    assert at_level(parts, "urgencies").tolist() == [[6, 9]]
    assert at_level(parts, "total").tolist() == [[15]]
    assert levels_of(1, 3) == ("urgencies", "total")
    assert bands(24 * 22, 24)[[0, 23, 24, 24 * 7 - 1, 24 * 7, 24 * 14]].tolist() == [0, 0, 1, 6, 7, 8]


def test_intervals_cover_on_simulated_counts_with_shared_shocks() -> None:
    """Each hour shares a shock over areas: the total scatters far more than its parts, and every level is covered."""
    hour = np.arange(7 * 24 * 90) % 24
    rates = (1 + 0.5 * np.sin(hour * np.pi / 12))[:, None, None] * np.full((1, 4, 2), 1.5)
    counts = drawn(rates, alpha=0.15)
    backtest = run_backtest(counts, calendar_of(counts, 0, {}), 72, {"week_mean": week_mean, "glm": glm}, 24)
    for level in backtest.levels:
        scores = score(backtest, "glm", level)
        assert scores.cover80.mean() == pytest.approx(0.8, abs=0.02)
        assert scores.cover95.mean() == pytest.approx(0.95, abs=0.01)
        assert scores.within80.mean() >= 0.8 - 0.02
    assert np.abs(pit_histogram(backtest, "glm", "total") - 0.05).max() < 0.015
    assert backtest.alpha["glm", "total"][-1].mean() == pytest.approx(0.15, abs=0.03)


def test_where_the_week_repeats_itself_the_simple_mean_is_chosen() -> None:
    rng = np.random.default_rng(3)
    rates = np.tile(rng.uniform(3, 9, 168), 60)[:, None, None]
    answer = forecast(drawn(rates), {}, 24, {"week_mean": week_mean, "glm": glm}, 12)
    assert answer.model == "week_mean"
    assert answer.choice.simple_is_as_good


def test_where_demand_has_doubled_the_regression_is_chosen() -> None:
    rates = np.linspace(1, 2, 168 * 60)[:, None, None] * np.ones((1, 2, 1))
    answer = forecast(drawn(rates), {}, 24, {"week_mean": week_mean, "glm": glm}, 12)
    against = answer.choice.against_simple
    assert answer.model == "glm"
    assert against is not None
    assert against.high < 0 < against.skill
    assert answer.mean.mean() == pytest.approx(2.0, rel=0.08)
    table = forecast_table(answer)
    total = table.filter(level="total")["mean"].to_numpy()
    np.testing.assert_allclose(total, table.filter(level="areas")["mean"].to_numpy().reshape(-1, 2).sum(axis=1))


def test_the_interval_over_origins_is_students() -> None:
    """1, 2, 3: mean 2, standard error 1 / √3, and 4.3027 of them with two degrees of freedom."""
    assert interval(np.array([1.0, 2.0, 3.0])) == pytest.approx(
        (2.0, 2.0 - 4.30265 / 3**0.5, 2.0 + 4.30265 / 3**0.5), abs=1e-4
    )


def test_choosing_compares_at_the_finest_level() -> None:
    counts = drawn(np.full((100 * 24, 2, 2), 0.5))
    both = {"week_mean": week_mean, "twice": lambda question: 2 * week_mean(question)}
    choice = choose(run_backtest(counts, calendar_of(counts, 0, {}), 24, both, 8))
    assert (choice.best, choice.against_simple) == ("week_mean", None)
    worse = next(one for one in choice.differences if one.model == "twice" and one.level == "parts")
    assert worse.low > 0
    assert worse.skill < 0
    assert worse.better == 0.0


def test_history_is_only_viewed() -> None:
    counts = blank(200)
    assert np.shares_memory(counts.until(10).counts, counts.counts)
    assert replace(counts.since(24)).start.day == 2
