"""Figures that are known only within a range, and what can be said of what is worked out from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray

F8 = NDArray[np.float64]

DRAWS = 10_000
LOW_SHARE, HIGH_SHARE = 0.1, 0.9
"""Ends of the intervals that are told: four of five draws lie between them."""


@dataclass(frozen=True, slots=True)
class Range:
    """A figure with the lowest and highest value that is held possible; low ≤ likely ≤ high."""

    low: float
    likely: float
    high: float

    def case(self, name: str) -> float:
        """The value of the case `low`, `likely` or `high`."""
        return {"low": self.low, "likely": self.likely, "high": self.high}[name]

    @property
    def is_certain(self) -> bool:
        """Whether nothing is uncertain."""
        return self.low == self.high


CASES = ("low", "likely", "high")


def read_ranges(frame: pl.DataFrame | None) -> Mapping[str, Range]:
    """The figures of a table with the columns figure, low, likely and high, by name; none of a table without rows."""
    if frame is None or frame.is_empty():
        return MappingProxyType({})
    rows = frame.select("figure", "low", "likely", "high").iter_rows()
    return MappingProxyType({str(figure): Range(low, likely, high) for figure, low, likely, high in rows})


def draw(range_: Range, seed: int, name: str) -> F8:
    """Draws of a figure: triangular between its ends with its top at the likely value.

    They belong to (seed, name): another figure beside it, or another alternative, changes none of them.

    Args:
        range_: the figure.
        seed: of the study, 0 or more.
        name: of the figure, of any form.

    Returns:
        [DRAWS] float64.
    """
    uniform = np.random.default_rng([seed, crc32(name.encode())]).random(DRAWS)
    return triangular(uniform, range_)


def triangular(uniform: F8, range_: Range) -> F8:
    """The triangular quantile function: [n] uniforms in [0, 1) to [n] values from low to high."""
    low, likely, high = range_.low, range_.likely, range_.high
    if low == high:
        return np.full(uniform.shape, likely)
    width = high - low
    top = (likely - low) / width
    left = low + np.sqrt(uniform * width * (likely - low))
    right = high - np.sqrt((1.0 - uniform) * width * (high - likely))
    return np.asarray(np.where(uniform < top, left, right))


class Spread(NamedTuple):
    """The middle draw, and the ends between which four of five lie."""

    low: float
    middle: float
    high: float


def spread_of(values: F8) -> Spread:
    """Quantiles 0.1, 0.5 and 0.9 of draws; of equal draws all three are that value."""
    low, middle, high = np.quantile(values, [LOW_SHARE, 0.5, HIGH_SHARE]).tolist()
    return Spread(low, middle, high)
