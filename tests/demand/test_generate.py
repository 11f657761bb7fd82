"""Generated incidents: what is put in comes out, and nothing depends on what it should not depend on."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from beredt.demand.generate import (
    Demand,
    GeneratedCalls,
    generate_calls,
    incident_counts,
    prepare_demand,
)
from beredt.demand.intensity import Period, weekly_profile
from beredt.demand.philox import uniforms
from beredt.demand.population import people_by_age
from beredt.demand.purposes import Purpose, draw_blocks
from beredt.demand.rates import yearly_incidents
from beredt.demand.stratum_numbers import stratum_numbers
from beredt.model.area import Area
from beredt.model.urgency import URGENCIES
from tests.demand import naive
from tests.demand.small_service import (
    KM_EAST,
    YEAR,
    hour_weight,
    small_age_shares,
    small_population,
    small_profile,
    small_service,
)

F8 = NDArray[np.float64]
SEED = 2026
YEAR_PERIOD = Period(date(2026, 1, 1), 2, 365, 1)
SHORT = Period(date(2026, 1, 1), 1, 12, 1)
UNLIKELY = 0.001
"""Tests of chance have fixed seeds: they always pass or always fail."""


def areas_of(names: list[str]) -> list[Area]:
    area = small_service().areas[0]
    return [replace(area, id=name, lon=10.5 + n * KM_EAST) for n, name in enumerate(names)]


def yearly_of_small() -> F8:
    service = small_service()
    return yearly_incidents(service, people_by_age(service.areas, small_population(), small_age_shares(), YEAR))


def small_demand(factor: float = 1.0, period: Period = YEAR_PERIOD) -> Demand:
    service = small_service()
    return prepare_demand(service.areas, yearly_of_small() * factor, weekly_profile(service.profile), period)


def demand_for(names: list[str], yearly: F8, period: Period = SHORT) -> Demand:
    return prepare_demand(areas_of(names), yearly, weekly_profile(small_profile()), period)


def by_name(calls: GeneratedCalls) -> dict[tuple[int, int], tuple[float, ...]]:
    """Incident → its time and draws."""
    rows = np.vstack([calls.call_t, calls.draws]).T
    names = zip(calls.stratum.tolist(), calls.k.tolist(), strict=True)
    return {name: tuple(row) for name, row in zip(names, rows.tolist(), strict=True)}


@pytest.fixture(scope="module")
def years() -> list[GeneratedCalls]:
    """Sixty replications of a year: about 83,000 incidents."""
    return [generate_calls(small_demand(), SEED, replication) for replication in range(60)]


def counts_by_stratum(years: list[GeneratedCalls]) -> F8:
    """Incidents by area and urgency over all replications, [8, 3]."""
    code = np.concatenate([calls.area * 3 + calls.urgency for calls in years])
    return np.bincount(code, minlength=24).reshape(8, 3).astype(np.float64)


def test_the_expectation_of_a_year_is_the_yearly_one() -> None:
    """368 days of 365, but for the weekdays on which the odd days fall."""
    total = small_demand().expected.sum()
    assert total == pytest.approx(yearly_of_small().sum() * 368 / 365, rel=2e-3)


def test_totals_match_within_poisson_error(years: list[GeneratedCalls]) -> None:
    counts = counts_by_stratum(years)
    expected = np.zeros(24)
    demand = small_demand()
    expected[demand.area * 3 + demand.urgency] = demand.expected * len(years)
    assert abs(counts.sum() - expected.sum()) < 3 * np.sqrt(expected.sum())
    lived_in = expected > 0
    deviation = (counts.ravel()[lived_in] - expected[lived_in]) ** 2 / expected[lived_in]
    assert stats.chi2.sf(deviation.sum(), lived_in.sum()) > UNLIKELY
    assert not counts.ravel()[~lived_in].any()


def test_counts_spread_like_poisson() -> None:
    """Over 400 replications the variance of each stratum's count is its mean."""
    demand = small_demand()
    counts = np.array([incident_counts(demand, SEED, replication) for replication in range(400)])
    lived_in = demand.expected > 0
    dispersion = ((counts - demand.expected) ** 2)[:, lived_in].sum(axis=0) / demand.expected[lived_in]
    assert stats.kstest(stats.chi2.cdf(dispersion, 400), "uniform").pvalue > UNLIKELY
    between = np.corrcoef(counts[:, lived_in].T) - np.eye(int(lived_in.sum()))
    assert abs(between).max() < 4.5 / np.sqrt(400)


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_profile_of_the_week_is_recovered(years: list[GeneratedCalls], code: int) -> None:
    times = np.concatenate([calls.call_t[calls.urgency == code] for calls in years])
    hour_of_week = ((times // 3600).astype(int) + 24) % 168  # simulated time 0 is a Tuesday
    counts = np.bincount(hour_of_week, minlength=168)
    weights = np.array([hour_weight(URGENCIES[code], day, hour) for day in range(1, 8) for hour in range(24)])
    often = np.bincount((np.arange(368 * 24) + 24) % 168, minlength=168)
    expected = weights * often
    expected *= counts.sum() / expected.sum()
    assert not counts[expected == 0].any()
    busy = expected > 0
    assert stats.chisquare(counts[busy], expected[busy]).pvalue > UNLIKELY


def test_times_are_even_within_the_hour(years: list[GeneratedCalls]) -> None:
    times = np.concatenate([calls.call_t for calls in years])
    assert stats.kstest(times % 3600 / 3600, "uniform").pvalue > UNLIKELY


def test_the_mix_of_urgencies_is_recovered(years: list[GeneratedCalls]) -> None:
    counts = counts_by_stratum(years).sum(axis=0)
    expected = yearly_of_small().sum(axis=0)
    assert stats.chisquare(counts, expected * counts.sum() / expected.sum()).pvalue > UNLIKELY


def test_the_effect_of_age_is_recovered(years: list[GeneratedCalls]) -> None:
    """Per resident, old a2 has as many incidents more than young a1 as its people need more."""
    counts = counts_by_stratum(years).sum(axis=1)
    expected = yearly_of_small().sum(axis=1)
    assert expected[1] / 3000 > 1.5 * expected[0] / 4000
    both = counts[:2].sum()
    share = expected[1] / expected[:2].sum()
    assert abs(counts[1] / both - share) < 3 * np.sqrt(share * (1 - share) / both)


def test_in_order_and_in_whole_milliseconds(years: list[GeneratedCalls]) -> None:
    for calls in years[:5]:
        assert np.all(np.diff(calls.call_t) >= 0)
        assert calls.call_t[0] >= 0
        assert calls.call_t[-1] < YEAR_PERIOD.end_s
        np.testing.assert_array_equal(np.rint(calls.call_t * 1000) / 1000, calls.call_t)


def test_equal_times_are_in_order_of_stratum_and_number() -> None:
    """60,000 incidents in one hour of 3.6 million milliseconds meet often."""
    week = np.zeros((3, 168))
    week[:, 3 * 24] = 168.0
    demand = prepare_demand(areas_of(["x", "y"]), np.full((2, 3), 3.7e6), week, Period(date(2026, 1, 1), 0, 1, 0))
    calls = generate_calls(demand, SEED, 0)
    order = np.lexsort((calls.k, calls.stratum, calls.call_t))
    assert (np.diff(calls.call_t) == 0).sum() > 100
    np.testing.assert_array_equal(order, np.arange(len(order)))


def test_draws_are_those_of_the_incident(years: list[GeneratedCalls]) -> None:
    calls = years[3]
    assert calls.draws.shape == (len(Purpose), len(calls.call_t))
    for purpose in Purpose:
        block = uniforms(SEED, 3, calls.stratum, calls.k.astype(np.int64), draw_blocks()[purpose // 4])
        np.testing.assert_array_equal(calls.draws[purpose], block[:, purpose % 4])


def test_draws_are_uniform_and_independent_of_each_other_and_of_the_time(years: list[GeneratedCalls]) -> None:
    draws = np.concatenate([calls.draws for calls in years], axis=1)
    for row in draws:
        assert stats.kstest(row, "uniform").pvalue > UNLIKELY
    times = np.concatenate([calls.call_t for calls in years])
    correlation = np.corrcoef(np.vstack([draws, times])) - np.eye(len(Purpose) + 1)
    assert abs(correlation).max() < 4.5 / np.sqrt(len(times))


def test_replications_and_seeds_differ() -> None:
    demand = small_demand(period=SHORT)
    first = generate_calls(demand, SEED, 0).call_t.tolist()
    assert generate_calls(demand, SEED, 0).call_t.tolist() == first
    assert generate_calls(demand, SEED, 1).call_t.tolist() != first
    assert generate_calls(demand, SEED + 1, 0).call_t.tolist() != first


@given(factor=st.floats(1.0, 6.0), replication=st.integers(0, 2**32))
def test_a_raised_rate_keeps_every_incident(factor: float, replication: int) -> None:
    before = by_name(generate_calls(small_demand(1.0, SHORT), SEED, replication))
    after = by_name(generate_calls(small_demand(factor, SHORT), SEED, replication))
    assert before.items() <= after.items()
    added = after.keys() - before.keys()
    last = dict(sorted(before))
    assert all(k > last.get(stratum, -1) for stratum, k in added)


@settings(max_examples=40)
@given(
    yearly=st.lists(st.floats(0, 900), min_size=5, max_size=5),
    kept=st.permutations(range(5)).flatmap(lambda order: st.integers(0, 5).map(lambda n: order[:n])),
)
def test_an_area_knows_neither_the_others_nor_its_place(yearly: list[float], kept: list[int]) -> None:
    names = ["p", "q", "r", "s", "t"]
    rates = np.outer(yearly, [1.0, 0.5, 0.25])
    whole = generate_calls(demand_for(names, rates), SEED, 4)
    part = generate_calls(demand_for([names[i] for i in kept], rates[kept].reshape(-1, 3)), SEED, 4)
    mine = np.isin(whole.area, kept)
    np.testing.assert_array_equal(part.call_t, whole.call_t[mine])
    np.testing.assert_array_equal(part.stratum, whole.stratum[mine])
    np.testing.assert_array_equal(part.k, whole.k[mine])
    np.testing.assert_array_equal(part.draws, whole.draws[:, mine])
    assert [names[kept[i]] for i in part.area] == [names[i] for i in whole.area[mine]]


def test_another_profile_of_one_urgency_moves_no_other() -> None:
    week = weekly_profile(small_profile())
    flat = week.copy()
    flat[2] = 1.0
    before, after = (
        generate_calls(prepare_demand(small_service().areas, yearly_of_small(), w, SHORT), SEED, 0)
        for w in (week, flat)
    )
    np.testing.assert_array_equal(before.call_t[before.urgency < 2], after.call_t[after.urgency < 2])
    np.testing.assert_array_equal(before.draws[:, before.urgency < 2], after.draws[:, after.urgency < 2])


def test_the_slow_twin_makes_the_same_incidents() -> None:
    yearly = yearly_of_small()
    period = Period(date(2027, 12, 20), 2, 40, 1)
    service = small_service()
    calls = generate_calls(prepare_demand(service.areas, yearly, weekly_profile(service.profile), period), SEED, 7)
    per_stratum = {
        (area.id, code): yearly[i, code] for i, area in enumerate(service.areas) for code in range(len(URGENCIES))
    }
    weights = {
        code: [hour_weight(urgency, day, hour) for day in range(1, 8) for hour in range(24)]
        for code, urgency in enumerate(URGENCIES)
    }
    slow = sorted(naive.incidents(per_stratum, weights, (period.start, 2, 43), SEED, 7), key=lambda row: row[1:3])
    order = np.lexsort((calls.k, calls.stratum))
    names = [service.areas[i].id for i in calls.area[order]]
    fast = zip(calls.stratum[order].tolist(), calls.k[order].tolist(), names, calls.urgency[order], strict=True)
    assert list(fast) == [row[1:] for row in slow]
    # Adding up the hours in another order may move a time over the edge of a millisecond.
    np.testing.assert_allclose(calls.call_t[order], [row[0] for row in slow], rtol=0, atol=0.0011)


def test_the_checksum_is_of_the_demand_and_nothing_else() -> None:
    assert small_demand().checksum() == small_demand().checksum()
    assert small_demand().checksum() != small_demand(1.000001).checksum()
    assert small_demand().checksum() != small_demand(period=SHORT).checksum()


def test_no_two_strata_share_a_number() -> None:
    numbers = stratum_numbers([f"oslo-{i}" for i in range(5000)])
    assert len(np.unique(numbers)) == 15_000
    assert numbers.min() >= 0
    np.testing.assert_array_equal(numbers % 4, np.tile([0, 1, 2], (5000, 1)))


def test_nobody_no_incident() -> None:
    calls = generate_calls(demand_for(["x"], np.zeros((1, 3))), SEED, 0)
    assert len(calls.call_t) == 0
    assert calls.draws.shape == (len(Purpose), 0)
    assert len(generate_calls(demand_for([], np.zeros((0, 3))), SEED, 0).call_t) == 0


def test_calls_are_frozen_and_said_to_be_generated() -> None:
    calls = generate_calls(small_demand(period=SHORT), SEED, 0)
    with pytest.raises(FrozenInstanceError):
        calls.call_t = np.zeros(1)  # type: ignore[misc]
    assert "generated" in (GeneratedCalls.__doc__ or "")


def test_every_purpose_has_a_row_of_its_table() -> None:
    assert [int(purpose) for purpose in Purpose] == list(range(12))
    for purpose in Purpose:
        assert f"| {purpose.value} " in (Purpose.__doc__ or "")
        assert f"| {purpose.name} " in (Purpose.__doc__ or "")
