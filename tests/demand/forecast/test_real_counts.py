"""Real counts: a slice of Rio de Janeiro's, and the log of a rural district. The whole is in benchmarks/forecast.py."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.rio_counts import read_rio
from beredt.demand.forecast.backtest import run_backtest
from beredt.demand.forecast.calendar import calendar_of
from beredt.demand.forecast.choose import choose
from beredt.demand.forecast.forecast import models_for

pytestmark = [pytest.mark.reference, pytest.mark.slow]


@pytest.mark.soak
def test_rio_in_hours_and_its_busiest_zones(reference_data: Path) -> None:
    """All counts are there; in the 12 busiest zones the regression beats the simple models, and its intervals hold."""
    counts, special = read_rio(reference_data / "calls" / "rio")
    assert counts.counts.sum(dtype=np.int64) == 229_857
    assert counts.counts.shape == (731 * 48, 76, 3)
    busiest = np.sort(np.argsort(counts.counts.sum(axis=(0, 2), dtype=np.int64))[-12:])
    hourly = counts.counts[:, busiest].reshape(731 * 24, 2, 12, 3).sum(axis=1, dtype=np.uint8)
    part = replace(
        counts, step_min=60, areas=tuple(counts.areas[n] for n in busiest), counts=hourly, lat=None, lon=None
    )
    models = {name: model for name, model in models_for(part).items() if name in {"week_mean", "medic", "glm"}}
    backtest = run_backtest(part, calendar_of(part, 0, special), 72, models, 8)
    choice = choose(backtest)
    assert choice.model == "glm"
    for one in choice.differences:
        if one.model == "glm" and one.level == "parts" and one.reference in {"week_mean", "medic"}:
            assert one.high < 0
            assert one.better == 1.0
    scores = choice.scores["glm", "parts"]
    assert scores.cover80.mean() == pytest.approx(0.8, abs=0.02)
    assert scores.cover95.mean() == pytest.approx(0.95, abs=0.01)
