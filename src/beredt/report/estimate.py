"""A figure with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications and its interval (`low` to `high`), which are NaN where they cannot be known."""

    value: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether there is a value at all."""
        return isfinite(self.value)

    @property
    def has_interval(self) -> bool:
        """Whether the interval is known."""
        return isfinite(self.low) and isfinite(self.high)

    @property
    def holds_zero(self) -> bool:
        """Whether the interval holds zero: then there is no clear difference. So it is without an interval."""
        return not self.has_interval or self.low <= 0.0 <= self.high

    @property
    def is_exactly_zero(self) -> bool:
        """Whether every replication gave zero: paired services that met every incident alike."""
        return self.value == self.low == self.high == 0.0

    def scaled(self, factor: float) -> Estimate:
        """The same in another unit; `factor` above 0."""
        return Estimate(self.value * factor, self.low * factor, self.high * factor)
