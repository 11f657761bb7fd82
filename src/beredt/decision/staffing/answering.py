"""How many operators answer 113: the fewest of every hour, and the full-time equivalents that this takes.

Every hour of the week is a queue of its own that has settled, with calls at random: Erlang C, where nobody hangs up,
and Erlang A, where people do (`beredt.coverage`). Coordinating ambulances is other work, at desks of its own; an
operator who does both at once answers fewer calls than this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from beredt.coverage.operators import AnswerGoal, answered_in_time, fewest_operators
from beredt.decision.ranges import Range
from beredt.decision.staffing.hours import HOUR_S, WEEKS

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

NEEDED = ("calls_per_incident", "call_s", "patience_s", "answered_share", "answered_within_s")
"""Figures without which nothing can be said."""


@dataclass(frozen=True, slots=True)
class CallFigures:
    """One case of the figures about calls; `patience_s` None for Erlang C."""

    calls_per_incident: float
    call_s: float
    patience_s: float | None
    goal: AnswerGoal
    least: int


@dataclass(frozen=True, slots=True, eq=False)
class Answering:
    """A centre's week, (168,) from Monday 00:00 each: calls an hour, operators, share of calls answered in time."""

    calls: F8
    operators: I8
    answered: F8

    @property
    def operator_h(self) -> float:
        """Hours of operators on duty in a year of 365 days."""
        return float(self.operators.sum()) * WEEKS

    @property
    def answered_share(self) -> float:
        """Share of the calls of a week that are answered in time."""
        calls = float(self.calls.sum())
        return float(self.calls @ self.answered) / calls if calls else 1.0


def call_figures(figures: Mapping[str, Range], case: str, *, impatient: bool) -> CallFigures | None:
    """The figures of a case, `low`, `likely` or `high` in load; None where one of them is missing.

    More calls and longer ones are the high case; patience is at its other end there, since who hangs up early asks less
    of the operators who keep the goal, but is lost to it.
    """
    if any(name not in figures for name in NEEDED):
        return None
    patience = {"low": "high", "likely": "likely", "high": "low"}[case]
    return CallFigures(
        calls_per_incident=figures["calls_per_incident"].case(case),
        call_s=figures["call_s"].case(case),
        patience_s=figures["patience_s"].case(patience) if impatient else None,
        goal=AnswerGoal(figures["answered_share"].likely, figures["answered_within_s"].likely),
        least=round(figures["least_operators"].likely) if "least_operators" in figures else 0,
    )


def answering_of(incidents: F8, figures: CallFigures) -> Answering:
    """The operators that a centre's week takes.

    Args:
        incidents: (168,) incidents an hour that bring calls, 0 or more.
        figures: about calls.
    """
    calls = incidents * figures.calls_per_incident
    found = [_hour(load, figures) for load in (calls * figures.call_s / HOUR_S).tolist()]
    return Answering(
        calls=calls,
        operators=np.array([operators for operators, _ in found], np.int64),
        answered=np.array([share for _, share in found]),
    )


@cache
def _hour(load: float, figures: CallFigures) -> tuple[int, float]:
    operators = fewest_operators(load, figures.call_s, figures.goal, figures.patience_s, figures.least)
    share = answered_in_time(operators, load, figures.call_s, figures.goal.within_s, figures.patience_s)
    return operators, share
