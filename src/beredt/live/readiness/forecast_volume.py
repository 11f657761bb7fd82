"""The coming hours by the forecast models of `demand`: the one that was best on this very past."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

import numpy as np

from beredt.demand.forecast.calendar import norwegian_days
from beredt.demand.forecast.counts import F8, Counts
from beredt.demand.forecast.forecast import forecast, models_for
from beredt.errors import BeredtError
from beredt.live.readiness.past_counts import PastCounts, past_counts
from beredt.live.readiness.volume import Volume, by_study

HOURS = 24
ORIGINS = 12
TOO_DEAR = frozenset({"boosting"})
"""Models that take most of the time, and are for areas."""


def forecast_volume(opened: Mapping[int, list[int]], history: Counts | None, now_ms: int) -> Volume:
    """Forecast the coming day, in a process of its own, so that the feed never waits for it.

    Args:
        opened: as `past_counts`.
        history: as `past_counts`.
        now_ms: the moment.
    """
    past = past_counts(opened, history, now_ms)
    if isinstance(past, str):
        return by_study(past)
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(volume_of, past).result()
    except (BeredtError, OSError) as error:
        return by_study(f"forecast_failed: {error}")


def volume_of(past: PastCounts, origins: int = ORIGINS) -> Volume:
    """The same in this process, of counts that are laid out.

    Raises OptionError where they are too few to judge models by.
    """
    counts, ahead = past.counts, past.gap + HOURS
    models = {name: model for name, model in models_for(counts).items() if name not in TOO_DEAR}
    special = norwegian_days(counts.start, counts.end + timedelta(hours=ahead))
    answer = forecast(counts, special, ahead, models, origins)
    mean: F8 = np.ascontiguousarray(answer.mean[:, 0, :])
    return Volume(answer.model, "", past.filled, round(counts.end.timestamp() * 1000), mean)
