"""Uncertain numbers drawn together: draws, what a pretended simulator makes of them, and the picture of it."""

from __future__ import annotations

from math import inf, isnan

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, triang

from beredt.decision.comparison.linear_picture import fit_picture
from beredt.decision.comparison.probabilistic import Drawn, draw_differences, draw_values, triangular
from beredt.decision.comparison.probabilistic_tables import binomial_interval, probabilistic_tables
from beredt.model.edits.scale_interval import ScaleInterval
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.uncertain import Uncertain
from tests.decision.made_measures import rule
from tests.decision.pretended import GROUPS, Pretender, services_of

LENGTH = Uncertain(
    "length",
    {"en": "Length"},
    0.8,
    1.0,
    1.4,
    (ScaleInterval(interval="on_scene", urgency="*", factor=1.0),),
    ((0, "factor"),),
)


def test_draws_fill_every_part_of_the_range_once() -> None:
    values = draw_values([LENGTH, LENGTH], 40, seed=5)
    for column in values.T:
        chances = triang.cdf(column, (1.0 - 0.8) / 0.6, loc=0.8, scale=0.6)
        assert sorted((chances * 40).astype(int)) == list(range(40))
    assert values.tolist() == draw_values([LENGTH, LENGTH], 40, seed=5).tolist()
    assert values.tolist() != draw_values([LENGTH, LENGTH], 40, seed=6).tolist()


@given(st.floats(0.0, 1.0), st.floats(-5.0, 5.0), st.floats(0.0, 3.0), st.floats(0.1, 3.0))
def test_the_triangle_is_scipys(chance: float, low: float, rise: float, fall: float) -> None:
    mode, high = low + rise, low + rise + fall
    known = triang.ppf(chance, rise / (high - low), loc=low, scale=high - low)
    assert triangular(low, mode, high, np.array([chance]))[0] == pytest.approx(known, abs=1e-9)


def scene_factor(service: Service, base: Service) -> float:
    """How much longer crews stay at the scene than in the base."""
    seconds = [
        {i.urgency: i.median_s for i in one.intervals if i.interval == "on_scene"}["A"] for one in (service, base)
    ]
    return seconds[0] / seconds[1]


def test_a_draw_moves_the_difference_of_the_whole_run(tiny: Study) -> None:
    services = services_of(tiny)
    names = list(services)
    baseline = names[0]
    moved = names[1]

    def slowness(service: Service) -> float:
        # The alternative loses 100 s for each time that missions get longer; the baseline nothing.
        factor = scene_factor(service, tiny.service)
        is_moved = service.stations != services[baseline].stations or service.units != services[baseline].units
        return 100.0 * (factor - 1.0) if is_moved else 0.0

    gate = rule(GROUPS, mean_s=10.0).model_copy(update={"baseline": baseline})
    chosen = {baseline: services[baseline], moved: services[moved]}
    pretender = Pretender(slowness)
    whole = pretender(chosen, 20)
    values = np.array([[0.8], [1.0], [1.2], [1.4]])
    drawn = draw_differences(chosen, whole, [LENGTH], values, gate, pretender)
    full = float((whole[moved].mean_s - whole[baseline].mean_s)[:, 0].mean())
    found = drawn.differences[moved][GROUPS[0], "response_mean_s"]
    # What luck there is in a single period is the same at the mode, and so falls out.
    expected = full + 100.0 * (values[:, 0] - 1.0)
    assert found == pytest.approx(expected, abs=0.5)


def drawn_of(differences: np.ndarray, values: np.ndarray) -> Drawn:
    return Drawn((LENGTH,), values, {"2": {("east", "response_mean_s"): differences}})


def test_shares_and_the_break_even_are_those_of_a_straight_line() -> None:
    values = np.linspace(0.8, 1.4, 13)[:, np.newaxis]
    tables = probabilistic_tables(drawn_of(50.0 * (values[:, 0] - 1.0), values), rule(mean_s=10.0))
    (effect,) = tables["uncertain_effects"].iter_rows(named=True)
    assert effect["effect"] == pytest.approx(30.0)
    assert effect["break_even"] == pytest.approx(1.2)
    assert effect["explained"] == pytest.approx(1.0)
    whole = tables["draw_shares"].filter(pl.col("group") == "").row(0, named=True)
    assert (whole["draws"], whole["within"]) == (13, 9)
    assert tables["draw_differences"]["within"].sum() == 9


def test_a_break_even_beyond_the_range_is_none() -> None:
    values = np.linspace(0.8, 1.4, 13)[:, np.newaxis]
    tables = probabilistic_tables(drawn_of(1.0 * (values[:, 0] - 1.0), values), rule(mean_s=10.0))
    assert tables["uncertain_effects"]["break_even"].to_list() == [None]


def test_fieller_holds_the_crossing_as_often_as_it_says() -> None:
    generator, positions = np.random.default_rng(4), np.linspace(-0.5, 0.5, 24)[:, np.newaxis]
    held = 0
    for _ in range(1000):
        picture = fit_picture(positions, 2.0 + 8.0 * positions[:, 0] + generator.normal(0.0, 2.0, 24))
        _, low, high = picture.crossing(0, 4.0, 0.95)
        held += low <= 0.25 <= high
    assert held == pytest.approx(950, abs=25)


def test_a_number_without_effect_crosses_nowhere_and_a_weak_one_anywhere() -> None:
    positions = np.linspace(-0.5, 0.5, 10)[:, np.newaxis]
    assert isnan(fit_picture(positions, np.zeros(10)).crossing(0, 1.0, 0.95)[0])
    noisy = np.tile([5.0, -5.0], 5) + 0.01 * positions[:, 0]
    assert fit_picture(positions, noisy).crossing(0, 0.5, 0.95)[1:] == (-inf, inf)


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="draw at least 4"):
        fit_picture(np.zeros((3, 2)), np.zeros(3))


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_a_share_is_scipys(share: tuple[int, int]) -> None:
    known = binomtest(*share).proportion_ci(0.95, method="exact")
    assert binomial_interval(*share, 0.95) == pytest.approx((known.low, known.high), abs=1e-9)
