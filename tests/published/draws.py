"""Chance for plain worlds: calls at random, and missions of one part or of several."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from beredt.dispatch.world import F8
from tests.published.plain_worlds import PlainIncidents

MISSION_S = 2400.0
"""Mean duration of a mission, always."""


def whole_ms(values_s: F8) -> F8:
    """Durations and times of the kernel are whole milliseconds."""
    return np.round(values_s, 3)


def calls_at_random(random: Generator, load: float, calls: int) -> F8:
    """Times of Poisson calls that bring so many erlangs, s."""
    return whole_ms(np.cumsum(random.exponential(MISSION_S / load, calls)))


def exponential_s(random: Generator, calls: int) -> F8:
    """Exponential durations with the mean of a mission."""
    return whole_ms(random.exponential(MISSION_S, calls))


def lognormal_s(random: Generator, mean_s: float, sigma: float, calls: int) -> F8:
    """Lognormal values with a given mean."""
    return mean_s * random.lognormal(-sigma * sigma / 2, sigma, calls)


DRIVES_S = (300.0, 480.0, 900.0)
"""From the one base to three places, for whole missions."""


def whole_missions(random: Generator, load: float, calls: int) -> PlainIncidents:
    """Missions of several parts: mobilisation, drive, work at the scene, drive to the hospital at the base, handover.

    Drives of 300, 480 or 900 s, twice, with a lognormal factor; the parts have means of 120 + 560 + 600 + 560 + 560 s,
    2400 s together.
    """
    return PlainIncidents(
        call_t=calls_at_random(random, load, calls),
        urgency=random.integers(0, 2, calls),
        place=random.integers(0, 3, calls),
        noise=lognormal_s(random, 1.0, 0.25, calls),
        mobilisation_s=whole_ms(random.uniform(0.0, 240.0, calls)),
        on_scene_s=whole_ms(lognormal_s(random, 600.0, 0.8, calls)),
        handover_s=whole_ms(lognormal_s(random, 560.0, 0.5, calls)),
        to_base=0,
    )
