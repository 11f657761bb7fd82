"""Staff beside the units: at centres and patient travel, from positions and hours, or as it is stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from beredt.decision.ranges import Range
from beredt.decision.staffing.hours import HOUR_S, WEEKS, fte_of
from beredt.model.alternative import TODAY

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Desk:
    """Positions that are manned at some hours, for one alternative; below 0 where positions go.

    `person_h` are hours of people in a year; None where `stated` full-time equivalents stand without hours.
    """

    id: str
    alternative: str
    organisation: str
    work: str
    positions: float | None
    person_h: float | None
    stated: float | None

    def fte(self, net_hours: Range | None) -> Range | None:
        """Full-time equivalents, as they are stated or from hours; None where net hours are not known."""
        if self.stated is not None:
            return Range(self.stated, self.stated, self.stated)
        return None if self.person_h is None else fte_of(self.person_h, net_hours)


def read_desks(frame: pl.DataFrame | None) -> tuple[Desk, ...]:
    """The rows of the table `desks`."""
    if frame is None or frame.is_empty():
        return ()
    return tuple(_desk(row) for row in frame.iter_rows(named=True))


def desks_of(desks: Iterable[Desk], alternative: str) -> tuple[Desk, ...]:
    """The desks of an alternative: those of today, and its own on top of them."""
    return tuple(one for one in desks if one.alternative in (TODAY, alternative))


def known_works(desks: Sequence[Desk]) -> frozenset[tuple[str, str]]:
    """(organisation, work) of which today's staff is known; elsewhere only changes are."""
    return frozenset((one.organisation, one.work) for one in desks if one.alternative == TODAY)


def _desk(row: Mapping[str, Any]) -> Desk:
    positions, stated = row["positions"], row["fte"]
    hours = None if positions is None else positions * week_hours(row["weekdays"], row["start"], row["end"]) * WEEKS
    return Desk(row["id"], row["alternative"], row["organisation"], row["work"], positions, hours, stated)


def week_hours(weekdays: Sequence[int], start: int, end: int) -> float:
    """Hours a week: days, and `start` and `end` in seconds after midnight; an end before it is the next day's."""
    length_s = end - start if end > start else end - start + DAY_S
    return len(weekdays) * length_s / HOUR_S
