"""All replications of one alternative, counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from beredt.indicators.observed import Frame
from beredt.indicators.tally import Tally

YEAR_DAYS: Final = 365
"""Days of the year that numbers per year are about."""


class Runs(NamedTuple):
    """The tallies of one alternative, in order of replication: those of two alternatives are paired by their place."""

    frame: Frame
    tallies: Sequence[Tally]  # at least one, all of the same number of days

    @property
    def per_year(self) -> float:
        """Factor from a number in the period to a number in a year of 365 days."""
        return YEAR_DAYS / self.tallies[0].days
