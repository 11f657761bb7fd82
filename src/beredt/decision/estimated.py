"""A figure with its interval, as one number of a table tells it."""

from __future__ import annotations

from math import isnan
from typing import NamedTuple

from beredt.indicators.estimate import Estimate


class Estimated(NamedTuple):
    """A mean over replications with its 95 % interval, which is NaN for fewer than two."""

    value: float
    low: float
    high: float

    def columns(self, name: str) -> dict[str, float | None]:
        """As columns `name`, `name_low` and `name_high`; None for what nobody knows."""
        ends = ((name, self.value), (f"{name}_low", self.low), (f"{name}_high", self.high))
        return {column: None if isnan(value) else value for column, value in ends}


def estimated(found: Estimate) -> Estimated:
    """The first figure of an estimate."""
    return Estimated(float(found.value[0]), float(found.low[0]), float(found.high[0]))
