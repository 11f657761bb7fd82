"""The price of a border by whole searches made again with other years: what chance there is in it, search included.

A repetition is everything that leads to the two fleets of an alternative, with its borders and without any: the work of
calls, Erlang's first guess, what an ample fleet reaches, mending, trimming, the proof. It meets years of its own: those
of another seed. Repetitions are independent, the two fleets of one are paired, and so the differences d_1 … d_n of n
repetitions have the interval

    mean(d) ± t(0.975, n − 1) · s(d) / √n

which covers both the years and the way that the search took. It is an interval for what one search with so many years
gives in the mean; like all of them it covers chance, and no assumption.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.estimate import estimate
from beredt.model.study import Study
from beredt.siting.dimensioning.price import Price

F8 = NDArray[np.float64]

SEED_STEP = 1_000_003
"""Seeds of repetitions lie so far apart: a prime, so that nobody who counts seeds by hand meets them."""


def with_other_years(study: Study, number: int) -> Study:
    """The study with the seed of a repetition, 1 for the first; the same study gives the same years.

    Args:
        study: as it is.
        number: 1 or more.
    """
    settings = study.settings
    seed = (settings.simulation.seed + number * SEED_STEP) % 2**63
    simulation = settings.simulation.model_copy(update={"seed": seed})
    return replace(study, settings=settings.model_copy(update={"simulation": simulation}))


def with_repetitions(prices: Mapping[str, Price], differences: Mapping[str, Sequence[float]]) -> dict[str, Price]:
    """Prices with what repetitions say of them.

    Args:
        prices: by alternative.
        differences: by alternative, units round the clock with its borders less those without, one for each repetition.
    """
    return {
        name: price._replace(repeated=estimate(np.array(differences[name], np.float64)))
        if differences.get(name)
        else price
        for name, price in prices.items()
    }
