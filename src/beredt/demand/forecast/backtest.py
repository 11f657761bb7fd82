"""What models would have said at moments of the past, against what came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from beredt.demand.forecast.calendar import Calendar
from beredt.demand.forecast.counts import F8, I8, Counts
from beredt.demand.forecast.levels import at_level, bands, levels_of
from beredt.demand.forecast.question import Model, Question
from beredt.demand.forecast.spread import find_alpha
from beredt.errors import OptionError

WARM_UP = 12
"""Origins whose forecasts only teach how far counts scatter; they are not scored."""

LEAST_WARM_UP = 4
LEAST_SCORED = 4
LEAST_PAST_DAYS = 8 * 7
USUAL_PAST_DAYS = 26 * 7

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Backtest:
    """Forecasts of the past, and what came.

    Attributes:
        moments: [O] origins, in order; each forecast has ended when the next begins.
        warm_up: How many of them, from the first, are not scored.
        levels: Levels that are looked at.
        band: [H] band of each step ahead.
        came: float64[O, H, A, U].
        said: float64[O, H, A, U] by model.
        alpha: float64[O, bands] by model and level, from earlier origins only; nan while warming up.
    """

    moments: tuple[datetime, ...]
    warm_up: int
    levels: tuple[str, ...]
    band: I8
    came: F8
    said: Mapping[str, F8]
    alpha: Mapping[tuple[str, str], F8]

    @property
    def scored(self) -> slice:
        """Origins that are scored."""
        return slice(self.warm_up, None)


def run_backtest(
    counts: Counts,
    calendar: Calendar,
    ahead: int,
    models: Mapping[str, Model],
    origins: int,
    weather: F8 | None = None,
    tell: Tell = lambda *_: None,
) -> Backtest:
    """Ask every model at every origin, with nothing known but what had happened by then.

    Weather is an exception: what it was stands for what would have been forecast.

    Args:
        counts: Of the whole past [T, A, U].
        calendar: Of its steps, and perhaps more.
        ahead: Steps of a forecast.
        models: By name.
        origins: How many are wanted to be scored, beside those that warm up.
        weather: [T, k] or longer.
        tell: Told of the progress.
    """
    places, warm_up = place_origins(counts, ahead, origins)
    came = np.stack([counts.counts[at : at + ahead] for at in places]).astype(np.float64)
    said = {name: np.empty_like(came) for name in models}
    for number, at in enumerate(places):
        known = None if weather is None else weather[: at + ahead]
        question = Question(counts.until(at), calendar.part(0, at + ahead), ahead, known)
        for name, model in models.items():
            said[name][number] = model(question)
        tell("Backtest", number + 1, len(places))
    levels = levels_of(len(counts.areas), len(counts.urgencies))
    band = bands(ahead, counts.steps_per_day)
    alpha = {
        (name, level): _alphas(at_level(came, level), at_level(said[name], level), band, warm_up)
        for name in models
        for level in levels
    }
    moments = tuple(counts.start + int(at) * counts.step for at in places)
    return Backtest(moments, warm_up, levels, band, came, said, alpha)


def place_origins(counts: Counts, ahead: int, wanted: int) -> tuple[I8, int]:
    """Origins in steps from the start, and how many of them warm up.

    The last forecast ends with the past. Origins stand whole days apart, no two forecasts overlap, and where there is
    room they are ten days apart, so that they fall on all weekdays; the first has half a year behind it where there
    is room.

    Raises:
        OptionError: The past is too short for a backtest.
    """
    day = counts.steps_per_day
    last = counts.steps - ahead
    apart = -(-ahead // day) * day
    room = last - LEAST_PAST_DAYS * day
    count = room // apart + 1 if room >= 0 else 0
    if count < LEAST_SCORED + LEAST_WARM_UP:
        needed = LEAST_PAST_DAYS + (LEAST_SCORED + LEAST_WARM_UP) * apart // day
        raise OptionError(
            "--hours", str(ahead * counts.step_min // 60), f"the past is {counts.steps // day} days long",
            f"a backtest needs {needed} at least: ask for fewer hours, or give a longer log",
        )  # fmt: skip
    wanted_all = min(count, wanted + WARM_UP)
    for past_days in (USUAL_PAST_DAYS, LEAST_PAST_DAYS):
        free = last - past_days * day
        if free >= (wanted_all - 1) * apart:
            apart = min(max(apart, 10 * day), free // (wanted_all - 1) // day * day)
            break
    warm_up = min(WARM_UP, max(LEAST_WARM_UP, wanted_all // 3, wanted_all - wanted))
    return last - apart * np.arange(wanted_all)[::-1], warm_up


def alphas_of(backtest: Backtest, model: str, level: str) -> F8:
    """[bands] over-dispersion from all origins: what a forecast of the real future is given."""
    came, said = at_level(backtest.came, level), at_level(backtest.said[model], level)
    return _by_band(came, said, backtest.band)


def _alphas(came: F8, said: F8, band: I8, warm_up: int) -> F8:
    """[O, bands], each origin's from those before it."""
    out = np.full((len(came), int(band.max()) + 1), np.nan)
    for origin in range(warm_up, len(came)):
        out[origin] = _by_band(came[:origin], said[:origin], band)
    return out


def _by_band(came: F8, said: F8, band: I8) -> F8:
    found = [find_alpha(came[:, band == b].ravel(), said[:, band == b].ravel()) for b in range(int(band.max()) + 1)]
    return np.array(found)
