"""One row of a study's tables, before and after a log was asked, and how well each foretells other weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite, nan

from beredt.indicators.suppress import THRESHOLD
from beredt.model.dictionary import load_fields

FEWEST = 20
"""So many observations are asked for in the weeks of fitting, and as many in those of testing."""

TOO_FEW, NO_BETTER = "too_few", "no_better"
"""Reasons to keep what the study says: the log hardly knows, and its odd weeks foretell the even ones no better."""


OUT_OF_RANGE = "out_of_range"
"""Reason to keep a value where the log's is none that the table may hold."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a log says of one row of a table.

    `key` are the columns that name the row and `before` and `after` those it changes; a profile has none of these:
    its hours stand in `Calibration`. `n` observations of the whole log are behind `after`, and `n_test` of even weeks
    behind the errors. Both errors are measured on even weeks: of the study's values, and of values fitted to odd weeks
    alone; nan where there was nothing to measure. What the errors are is said by the table: see `errors.MEASURES`.
    `reason` is empty where the row is replaced.
    """

    table: str
    key: Mapping[str, str]
    before: Mapping[str, float]
    after: Mapping[str, float]
    n: int
    n_test: int
    error_before: float
    error_after: float
    reason: str

    @property
    def replaced(self) -> bool:
        """Whether the new study takes the log's values."""
        return not self.reason


def without_few(change: Change) -> Change:
    """The same without figures of so few observations that they might tell of single people."""
    if change.n >= THRESHOLD:
        few = change.n_test < THRESHOLD
        return replace(change, error_before=nan, error_after=nan) if few else change
    return replace(change, after=change.before, error_before=nan, error_after=nan)


def inside_limits(change: Change) -> Change:
    """The same, kept as the study has it where the log's value is none that the table may hold."""
    limits = {field.name: field.bounds() for field in load_fields(change.table)}
    for name, value in change.after.items():
        low, high = limits[name]
        if (low is not None and value < low) or (high is not None and value > high):
            return replace(change, reason=OUT_OF_RANGE)
    return change


def is_few(count: int) -> bool:
    """Whether a count is too small to be shown; nothing at all is not."""
    return 0 < count < THRESHOLD


def reason_to_keep(n_fit: int, n_test: int, error_before: float, error_after: float) -> str:
    """Why the study's own values stay, or nothing.

    Args:
        n_fit: Observations in odd weeks.
        n_test: Observations in even weeks.
        error_before: Of the study's values on even weeks.
        error_after: Of the log's odd weeks on even weeks.
    """
    if min(n_fit, n_test) < FEWEST or not isfinite(error_after):
        return TOO_FEW
    return "" if error_after < error_before else NO_BETTER
