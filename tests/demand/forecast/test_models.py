"""The models: worked out by hand, against slow twins, and by what must hold whatever the counts are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.demand.forecast.counts import F8, Counts
from beredt.demand.forecast.forecast import models_for
from beredt.demand.forecast.models.area_shape import Cells, fit_departures
from beredt.demand.forecast.models.glm import glm
from beredt.demand.forecast.models.medic import medic
from beredt.demand.forecast.models.split import shares, split_kernel, split_shares
from beredt.demand.forecast.models.volume import design_of, volume
from beredt.demand.forecast.models.week_mean import week_mean, week_mean_of_a_year
from beredt.demand.forecast.reconcile import reconcile
from beredt.demand.forecast.ridge import fit_poisson
from tests.demand.forecast import naive
from tests.demand.forecast.made_counts import asked, blank, drawn


def week_rates(weeks: int, areas: int = 1, urgencies: int = 1) -> F8:
    """Busy days, quiet nights, areas and urgencies of very different sizes."""
    hour = np.arange(weeks * 168)
    rhythm = np.exp(0.5 * np.sin((hour % 24 - 9) * np.pi / 12) + 0.2 * (hour // 24 % 7 >= 5))
    size = np.outer(2.0 ** -np.arange(areas), 0.6 ** np.arange(urgencies))
    return rhythm[:, None, None] * size


def test_two_weeks_of_one_call_at_noon_on_mondays() -> None:
    """2 calls in 2 Mondays at noon; one step more that is as the series always is: 2.5 in 337 steps."""
    counts = blank(14)
    counts.counts[[12, 12 + 168]] = 1
    answer = week_mean(asked(counts, 24))[:, 0, 0]
    usual = 2.5 / 337
    assert answer[12] == pytest.approx((2 + usual) / 3)
    assert answer[11] == pytest.approx(usual / 3)


def test_medic_takes_four_weeks_of_each_year() -> None:
    """A call in the very hour one week ago, and one 52 + 4 weeks ago; a call five weeks ago is not looked at."""
    counts = blank(60 * 7)
    for weeks in (1, 5, 56):
        counts.counts[counts.steps + 3 - weeks * 168] = 1
    answer = medic(asked(counts, 24))[3, 0, 0]
    assert answer == pytest.approx((2 + 3.5 / (counts.steps + 1)) / (8 + 1))


@settings(max_examples=15, deadline=None)
@given(st.integers(5, 120), st.sampled_from([24, 72, 7 * 24 * 5]), st.integers(0, 99))
def test_medic_equals_plain_loops(weeks: int, ahead: int, seed: int) -> None:
    question = asked(drawn(week_rates(weeks, 2, 2), seed), ahead)
    np.testing.assert_allclose(medic(question), naive.medic(question))


def test_a_year_is_the_latest_52_weeks() -> None:
    counts = blank(60 * 7)
    counts.counts[: 8 * 168] = 200
    assert week_mean(asked(counts, 24)).min() > 20
    assert week_mean_of_a_year(asked(counts, 24)).max() < 0.1


def test_the_regression_equals_an_optimiser_on_the_whole_likelihood() -> None:
    """For the variances that were found, the coefficients are those of the maximum."""
    counts = drawn(3 * week_rates(12))
    y = counts.counts[:, 0, 0].astype(np.float64)
    design = design_of(asked(counts, 24).calendar, len(y), None).part(slice(0, len(y)))
    fit = fit_poisson(y, design)
    twin = naive.penalised_fit(y, design, fit.variance, fit.slot_variance, fit.dispersion)
    np.testing.assert_allclose(fit.log_mean(design), twin, atol=3e-3)
    assert fit.dispersion == pytest.approx(1.0, abs=0.1)


def test_a_constant_process_gives_back_its_rate() -> None:
    """Within four standard errors of all there is to know, and nearly the same at every hour."""
    counts = drawn(np.full((52 * 168, 3, 2), 0.4))
    answer = glm(asked(counts, 72))
    assert answer.mean() == pytest.approx(0.4, abs=4 * np.sqrt(0.4 / counts.counts.size))
    assert np.abs(answer / 0.4 - 1).max() < 0.06


def test_a_rhythm_is_found_and_growth_is_followed() -> None:
    rates = 4 * week_rates(80, 2) * np.linspace(0.5, 1.0, 80 * 168)[:, None, None]
    answer = glm(asked(drawn(rates[:-168]), 168))
    np.testing.assert_allclose(answer, rates[-168:], rtol=0.25)
    assert np.abs(answer / rates[-168:] - 1).mean() < 0.05
    assert week_mean(asked(drawn(rates[:-168]), 168)).sum() < 0.85 * rates[-168:].sum()


def test_small_areas_borrow_the_shape_of_the_others() -> None:
    """An area of 3 calls a week is as busy by day, to within a tenth, as the others are: alone it could not tell."""
    hour = np.arange(30 * 168) % 24
    rates = np.where((hour >= 8) & (hour < 20), 1.5, 0.5)[:, None, None] * np.array([2, 1, 1, 0.02])[None, :, None]
    question = asked(drawn(rates), 24)
    answer = glm(question)[:, 3, 0]
    alone = glm(replace(question, past=replace(question.past, areas=("d",), counts=question.past.counts[:, 3:])))
    by_day = (hour[:24] >= 8) & (hour[:24] < 20)
    assert answer[by_day].mean() / answer[~by_day].mean() == pytest.approx(3.0, rel=0.15)
    truth = rates[:24, 3, 0]
    assert np.abs(answer - truth).sum() < np.abs(alone[:, 0, 0] - truth).sum()


def test_departures_of_series_that_are_alike_are_none() -> None:
    expected = np.full((6, 40), 5.0)
    columns = np.column_stack([np.ones(40), np.tile([1.0, -1.0], 20)])
    b = fit_departures(Cells(columns, expected.copy(), 6 * expected))
    np.testing.assert_allclose(b[:, 0], np.log(1 / 6), atol=2e-3)
    np.testing.assert_allclose(b[:, 1], 0.0, atol=1e-6)


def test_an_urgency_that_has_never_come_is_expected_rarely() -> None:
    counts = drawn(week_rates(20, 3, 2))
    counts.counts[:, :, 1] = 0
    counts.counts[:, 2, 0] = 0
    for name, model in models_for(placed(counts)).items():
        answer = model(asked(placed(counts), 24))
        assert np.all((answer > 0) & np.isfinite(answer)), name
        assert answer[:, :, 1].max() < 0.01, name


def test_weather_that_matters_is_used() -> None:
    rng = np.random.default_rng(1)
    counts = blank(7 * 30)
    frost = rng.normal(size=(counts.steps + 48, 1))
    y = rng.poisson(np.exp(0.5 + 0.4 * frost[: counts.steps, 0])).astype(np.float64)
    mean = volume(y, asked(counts, 48).calendar, frost)
    slope = np.polyfit(frost[counts.steps :, 0], np.log(mean[counts.steps :]), 1)[0]
    assert slope == pytest.approx(0.4, abs=0.05)


@settings(max_examples=4, deadline=None)
@given(st.permutations(range(4)), st.integers(0, 99))
def test_permuting_areas_permutes_the_answers(order: list[int], seed: int) -> None:
    counts = placed(drawn(week_rates(20, 4, 2), seed))
    assert counts.lat is not None
    assert counts.lon is not None
    turned = replace(counts, counts=counts.counts[:, order], lat=counts.lat[order], lon=counts.lon[order])
    for name, model in models_for(counts).items():
        np.testing.assert_allclose(
            model(asked(turned, 24)), model(asked(counts, 24))[:, order], rtol=1e-6, err_msg=name
        )


def placed(counts: Counts) -> Counts:
    """Areas on a line, 10 km apart and a little more."""
    places: F8 = np.arange(len(counts.areas), dtype=np.float64) ** 1.1
    return replace(counts, lat=60 + places * 0.09, lon=np.full(len(places), 10.5))


def test_a_split_forecast_is_volume_times_share() -> None:
    counts = placed(drawn(week_rates(20, 4, 2)))
    answer = split_shares(asked(counts, 24))
    share = shares(counts)
    np.testing.assert_allclose(share.sum(axis=0), 1.0)
    np.testing.assert_allclose(answer / answer.sum(axis=1, keepdims=True), np.broadcast_to(share, answer.shape))
    np.testing.assert_allclose(split_kernel(asked(counts, 24)).sum(axis=1), answer.sum(axis=1))


def test_an_area_without_a_position_keeps_its_share() -> None:
    """Neighbours have swapped their shares in the last quarter: a wide kernel is best, but not for the last area."""
    rates = np.ones((40 * 168, 5, 1)) * np.array([4.0, 1.0, 4.0, 1.0, 2.0])[None, :, None]
    rates[30 * 168 :, :4] = rates[30 * 168 :, [1, 0, 3, 2]]
    counts = placed(drawn(rates))
    assert counts.lat is not None
    counts = replace(counts, lat=np.append(counts.lat[:4], np.nan))
    answer = split_kernel(asked(counts, 24))
    share, before = answer[0, :, 0] / answer[0].sum(), shares(counts)[:, 0]
    assert np.ptp(share[:4]) < 0.8 * np.ptp(before[:4])
    assert share[4] == pytest.approx(before[4])


@given(st.integers(1, 4), st.integers(1, 3), st.integers(0, 999))
def test_reconciled_forecasts_are_those_of_least_squares(areas: int, urgencies: int, seed: int) -> None:
    """Against the textbook's formula with the summing matrix written out."""
    rng = np.random.default_rng(seed)
    parts = rng.uniform(1.0, 2.0, (1, areas, urgencies))
    own, total = parts.sum(axis=2) * rng.uniform(0.9, 1.1, areas), parts.sum() * rng.uniform(0.9, 1.1, 1)
    bottom = areas * urgencies
    summing = np.vstack([np.eye(bottom), np.kron(np.eye(areas), np.ones(urgencies)), np.ones(bottom)])
    said = np.concatenate([parts.ravel(), own.ravel(), total])
    weight = np.diag(1.0 / said)
    twin = np.linalg.solve(summing.T @ weight @ summing, summing.T @ weight @ said)
    np.testing.assert_allclose(reconcile(parts, own, total).ravel(), twin, rtol=1e-9)
