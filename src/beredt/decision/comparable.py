"""What a published figure meets: the model's figure, or why there is none; and how near is near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Rule = Literal["volume", "flow", "share", "people", "time", "days", "input"]
"""Kind of figure. It sets how far off a figure may be and still count as near, whatever is then found."""

Lack = Literal["unknown_indicator", "bad_argument", "unknown_place", "not_in_results", "unit"]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Largest deviation that counts as near: `relative` × the printed figure, or `absolute` in `unit`."""

    relative: float = 0.0
    absolute: float = 0.0

    def of(self, printed: float) -> float:
        """In the unit of the printed figure."""
        return self.absolute or self.relative * abs(printed)


TOLERANCES: Mapping[Rule, Tolerance] = {
    "volume": Tolerance(relative=0.05),  # may be fitted, so it has to be near
    "flow": Tolerance(relative=0.20),  # a third of it hangs on habits of dispatch that nobody has published
    "share": Tolerance(absolute=5.0),  # percentage points: what assumptions about driving and duration move it
    "people": Tolerance(relative=0.10),  # cells of 0.5–1 km, and round printed figures
    "time": Tolerance(relative=0.10),
    "days": Tolerance(absolute=10.0),
    "input": Tolerance(relative=0.02),  # what was put in has to come out
}
"""Judgements, made before any comparison: none of them is published."""


@dataclass(frozen=True, slots=True)
class Found:
    """The model's figure in `unit`, with its interval where chance plays a part."""

    value: float
    unit: str
    rule: Rule
    low: float | None = None
    high: float | None = None

    def scaled(self, factor: float, unit: str) -> Found:
        """The same in another unit."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Found(self.value * factor, unit, self.rule, low, high)


@dataclass(frozen=True, slots=True)
class Missing:
    """Why the model has no figure; `detail` names what was not found or understood."""

    lack: Lack
    detail: str
