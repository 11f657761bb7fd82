"""What every model is asked: the past, the clock of past and future, and how far to look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from beredt.demand.forecast.calendar import Calendar
from beredt.demand.forecast.counts import F8, Counts


@dataclass(frozen=True, slots=True)
class Question:
    """A forecast that is wanted.

    Attributes:
        past: Counts [T, A, U] up to the origin.
        calendar: Of the T steps of the past and the H that follow.
        ahead: Steps that are asked for, H.
        weather: float64[T + H, k] columns such as temperature, known or forecast for the future; None where not given.
    """

    past: Counts
    calendar: Calendar
    ahead: int
    weather: F8 | None = None

    @property
    def future(self) -> Calendar:
        """The calendar of the steps that are asked for."""
        return self.calendar.part(self.past.steps, self.past.steps + self.ahead)


Model = Callable[[Question], F8]
"""Answers with expected counts float64[H, A, U], all above 0."""
