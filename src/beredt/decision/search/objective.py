"""What is to be made as good as possible, and what one replication says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.errors import OptionError, UnknownIdError
from beredt.indicators.cells import WHOLE_DAY
from beredt.indicators.group_response import Count, ResponseCounts, Sum
from beredt.indicators.moments import MS_PER_S
from beredt.model.urgency import URGENCIES, urgency_code

F8 = NDArray[np.float64]

Measure = Literal["share", "mean-response"]
MEASURES: tuple[Measure, ...] = ("share", "mean-response")
Over = Literal["mean", "worst"]
OVER: tuple[Over, ...] = ("mean", "worst")

UNIT: dict[Measure, str] = {"share": "pp", "mean-response": "s"}
"""Unit of a difference."""


class Counted(NamedTuple):
    """What is kept of a replication: for each group of the objective, in their order."""

    aimed: tuple[int, ...]  # incidents with a target
    within: tuple[int, ...]  # of these, reached within it
    served: tuple[int, ...]  # incidents that were reached
    sum_ms: tuple[int, ...]  # of their response times
    calls: int  # of all urgencies, warm-up included: what was simulated


@dataclass(frozen=True, slots=True)
class Objective:
    """A measure of an urgency, over groups of areas.

    `measure`: share within the target (percent) or mean response time (s). `groups`: ids of the study's groups of
    areas. `over`: the mean of the groups' values, each group alike, or the worst of them.
    """

    measure: Measure = "share"
    urgency: str = "A"
    groups: tuple[str, ...] = ("all",)
    over: Over = "mean"

    def __post_init__(self) -> None:
        """Refuse what is no objective."""
        for option, value, known in (
            ("--objective", self.measure, MEASURES),
            ("--over", self.over, OVER),
            ("--urgency", self.urgency, URGENCIES),
        ):
            if value not in known:
                raise OptionError(option, str(value), "no such choice", f"use one of {', '.join(known)}")

    @property
    def unit(self) -> str:
        """Unit of a difference: percentage points or seconds."""
        return UNIT[self.measure]

    def level(self, counted: Counted) -> float:
        """The value of a replication as people read it: percent, or seconds. NaN where a group had no incident."""
        return self.combined(self._by_group(counted))

    def score(self, counted: Counted) -> float:
        """The same with its sign such that more is better."""
        return self.sign * self.level(counted)

    @property
    def sign(self) -> int:
        """1 where more is better, −1 where less is."""
        return 1 if self.measure == "share" else -1

    def combined(self, by_group: F8) -> float:
        """One value of those of the groups."""
        if self.over == "mean":
            return float(by_group.mean())
        return float((self.sign * by_group).min()) * self.sign

    def _by_group(self, counted: Counted) -> F8:
        if self.measure == "share":
            part, whole, scale = counted.within, counted.aimed, 100.0
        else:
            part, whole, scale = counted.sum_ms, counted.served, 1.0 / MS_PER_S
        below = np.array(whole, np.float64)
        above = np.array(part, np.float64) * scale
        values: F8 = np.full(below.shape, np.nan)
        np.divide(above, below, out=values, where=below > 0)
        return values


def group_columns(objective: Objective, group_ids: Sequence[str]) -> list[int]:
    """Places of the objective's groups among those that are counted. Raises UnknownIdError."""
    for group in objective.groups:
        if group not in group_ids:
            raise UnknownIdError("group", group, group_ids)
    return [list(group_ids).index(group) for group in objective.groups]


def counted_of(objective: Objective, columns: Sequence[int], response: ResponseCounts, calls: int) -> Counted:
    """What is kept of the counts of a replication."""
    cell = list(columns), urgency_code(objective.urgency), WHOLE_DAY
    counts, sums = response.counts[cell], response.sums_ms[cell]
    return Counted(
        aimed=tuple(counts[:, Count.WITH_TARGET].tolist()),
        within=tuple(counts[:, Count.WITHIN_TARGET].tolist()),
        served=tuple(counts[:, Count.SERVED].tolist()),
        sum_ms=tuple(sums[:, Sum.RESPONSE].tolist()),
        calls=calls,
    )
