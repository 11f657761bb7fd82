"""What has been asked of a log so far, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from beredt.indicators.log.scan import LogTally
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.suppress import Counts, Protected

Tables = dict[str, pl.DataFrame]


class Linked(NamedTuple):
    """A table that counts missions which other tables count as well."""

    asked: Counts
    shown: Callable[[Protected], pl.DataFrame]  # the table, once it has been protected


@dataclass(slots=True)
class Gathered:
    """Tables by name, what could not be answered and why, the days looked at, and facts beside the tables."""

    tables: Tables = field(default_factory=dict)
    not_answered: dict[str, str] = field(default_factory=dict)
    days: ServiceDays | None = None
    facts: dict[str, str | int | bool] = field(default_factory=dict)
    tally: LogTally | None = None
    linked: dict[str, Linked] = field(default_factory=dict)

    def take_in(self, other: Gathered) -> None:
        """Add what was asked apart, behind all that is here."""
        self.tables |= other.tables
        self.not_answered |= other.not_answered
        self.facts |= other.facts
        self.linked |= other.linked
        self.tally = self.tally or other.tally
