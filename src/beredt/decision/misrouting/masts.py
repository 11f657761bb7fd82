"""Which centre answers where masts are known: the one of the mast that is heard best.

The signal of a mast at a place is its strength over the square of the distance, as in free space; beyond its range it
is not heard. Hills, frequencies and the load of a mast are not in it: it tells where masts of the other side are
nearer, not what a telephone does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.group_measures import F8
from beredt.model.service import Service
from beredt.roads.flat import laying_of

NEAREST_KM = 0.01
"""Nearer than this all places hear a mast alike."""

UNHEARD = -1


def best_mast(here_km: F8, masts_km: F8, range_km: F8, strength: F8) -> NDArray[np.int64]:
    """Number of the mast that is heard best at each place; the first of equals, −1 where none is heard.

    Args:
        here_km: [n, 2] places on the flat map.
        masts_km: [m, 2] masts.
        range_km: [m] how far each is heard.
        strength: [m] above 0.
    """
    if not len(masts_km):
        return np.full(len(here_km), UNHEARD, np.int64)
    distance = np.hypot(here_km[:, None, 0] - masts_km[:, 0], here_km[:, None, 1] - masts_km[:, 1])
    signal = strength / np.square(np.maximum(distance, NEAREST_KM))
    signal[distance > range_km] = 0.0
    return np.where(signal.max(axis=1) > 0.0, signal.argmax(axis=1), UNHEARD)


def centres_that_answer(service: Service, masts: pl.DataFrame) -> list[str]:
    """For every area the centre whose mast is heard best there, empty where none is.

    Args:
        service: after an alternative's edits.
        masts: the study's table of that name.
    """
    lat, lon = (np.array([getattr(area, name) for area in service.areas]) for name in ("lat", "lon"))
    lay = laying_of(lat, lon)
    areas_km, masts_km = lay(lat, lon), lay(masts["lat"].to_numpy(), masts["lon"].to_numpy())
    best = best_mast(areas_km, masts_km, masts["range_km"].to_numpy(), masts["strength"].to_numpy())
    of_mast = _centres_of_masts(service, areas_km, masts_km, masts["centre"].to_list())
    return [of_mast[number] if number != UNHEARD else "" for number in best.tolist()]


def _centres_of_masts(service: Service, areas_km: F8, masts_km: F8, stated: Sequence[str | None]) -> list[str]:
    """Stated, or the centre that is responsible for the area nearest to the mast."""
    squares = np.square(masts_km[:, None, :] - areas_km).sum(axis=2)
    nearest = squares.argmin(axis=1)
    return [given or service.areas[int(area)].centre for given, area in zip(stated, nearest, strict=True)]


def count_answers(service: Service, answers: Sequence[str], amounts: F8) -> Mapping[tuple[str, str], float]:
    """Amounts (people or calls, [areas]) by responsible centre and the one that answers."""
    found: dict[tuple[str, str], float] = {}
    for area, answer, amount in zip(service.areas, answers, amounts.tolist(), strict=True):
        key = (area.centre, answer)
        found[key] = found.get(key, 0.0) + amount
    return found
