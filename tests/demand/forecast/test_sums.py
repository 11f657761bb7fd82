"""Sums over hours: an interval of a sum holds what came, and that of hours apart from one another does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from beredt.demand.forecast.backtest import Backtest
from beredt.demand.forecast.choose import Choice
from beredt.demand.forecast.counts import Counts
from beredt.demand.forecast.forecast import Forecast
from beredt.demand.forecast.levels import bands, levels_of
from beredt.demand.forecast.spread import covered
from beredt.demand.forecast.sums import alpha_of_sums, lengths_of, sum_coverage_table, sums_table, window_sums

ORIGINS, AHEAD, DAY_VARIANCE = 400, 48, 0.08
START = datetime(2026, 1, 1, tzinfo=UTC)


def made(seed: int) -> Forecast:
    """Forecasts that are right on average, of days that are busy or quiet as a whole."""
    rng = np.random.default_rng(seed)
    mean = np.tile(np.where(np.arange(24) < 8, 2.0, 5.0), AHEAD // 24)
    day = rng.gamma(1 / DAY_VARIANCE, DAY_VARIANCE, (ORIGINS, AHEAD // 24)).repeat(24, axis=1)
    came = rng.poisson(day * mean)[:, :, None, None].astype(np.float64)
    said = np.broadcast_to(mean[None, :, None, None], came.shape)
    moments = tuple(START + timedelta(days=2 * n) for n in range(ORIGINS))
    tested = Backtest(moments, 12, levels_of(1, 1), bands(AHEAD, 24), came, {"m": said}, {})
    counts = Counts(START, 60, "Europe/Oslo", ("x",), ("A",), came.reshape(-1, 1, 1).astype(np.uint8))
    choice = Choice("m", "m", "m", None, {}, ())
    return Forecast(counts.end, counts, "m", said[0].copy(), {"total": np.full(2, DAY_VARIANCE)}, tested, choice)


def test_the_interval_of_a_sum_holds_what_came() -> None:
    answer = made(1)
    found = sum_coverage_table(answer)
    assert found["hours"].to_list() == [6, 24, 48]
    for hours, cover80, cover95 in found.select("hours", "cover80", "cover95").rows():
        error = 4.5 * np.sqrt(0.16 * hours / (ORIGINS * AHEAD) * 2)
        assert cover80 == pytest.approx(0.8, abs=error + 0.01), hours
        assert cover95 == pytest.approx(0.95, abs=error / 2 + 0.01), hours
    # The scatter of hours, were they apart from one another, is far too little for a day.
    day = window_sums(answer.backtest.came[:, :, 0], 24)
    mean = np.full_like(day, answer.mean[:24].sum())
    apart = DAY_VARIANCE * (answer.mean[:24] ** 2).sum() / answer.mean[:24].sum() ** 2
    assert covered(0.95, day, mean, np.full_like(mean, apart)).mean() < 0.75


def test_how_far_sums_scatter_comes_back() -> None:
    answer = made(2)
    alpha = alpha_of_sums(answer.backtest, "m", "total", 24)
    assert alpha == pytest.approx(DAY_VARIANCE, abs=4.5 * (DAY_VARIANCE + 1 / 96) * np.sqrt(2 / ORIGINS))


def test_sums_are_sums() -> None:
    answer = made(3)
    table = sums_table(answer)
    assert table["hours"].to_list() == [6] * 8 + [24] * 2 + [48]
    assert table.filter(hours=24)["mean"].to_list() == pytest.approx([96.0, 96.0])
    assert str(table["begin"][0]).startswith(answer.moment.astimezone(tz=None).strftime("%Y"))
    rows = table.rows(named=True)
    assert all(row["q025"] <= row["q10"] <= row["q50"] <= row["q90"] <= row["q975"] for row in rows)
    assert lengths_of(4, 1) == (4,)
    assert lengths_of(336, 2) == (12, 48, 336)
