"""What the gate looks at: the share within the target and the mean response, per replication and group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]

Measure = Literal["share_within_target", "response_mean_s"]

SHARE: Measure = "share_within_target"
MEAN: Measure = "response_mean_s"
MEASURES: tuple[Measure, ...] = (SHARE, MEAN)
"""In the order in which tables show them."""

LEVEL_UNIT: dict[Measure, str] = {SHARE: "%", MEAN: "s"}
DIFFERENCE_UNIT: dict[Measure, str] = {SHARE: "pp", MEAN: "s"}

HARM_SIGN: dict[Measure, int] = {SHARE: -1, MEAN: 1}
"""A difference (alternative − baseline) times this is harm: fewer within the target, or a longer response."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupMeasures:
    """The gate's measures of one service, R replications × G groups.

    `groups`: G group ids, in the order of the columns. `share_pp`: float64 (R, G), percent of the incidents of the
    gate's urgency reached within their target, 0 to 100. `mean_s`: float64 (R, G), mean response time in seconds.
    NaN where a group had no such incident in a replication. Row r of two services stands for the same incidents.
    """

    groups: tuple[str, ...]
    share_pp: F8
    mean_s: F8

    def __post_init__(self) -> None:
        shape = (self.replications, len(self.groups))
        if self.share_pp.shape != shape or self.mean_s.shape != shape:
            raise ValueError(
                f"measures of {len(self.groups)} groups need arrays of shape {shape}, got share_pp "
                f"{self.share_pp.shape} and mean_s {self.mean_s.shape}"
            )

    @property
    def replications(self) -> int:
        """Number of replications, R."""
        return int(self.share_pp.shape[0])

    def values(self, measure: Measure, group: str) -> F8:
        """One measure of one group, float64 (R,), in the unit of `LEVEL_UNIT`. Raises ValueError without the group."""
        column = self.groups.index(group)
        return (self.share_pp if measure == SHARE else self.mean_s)[:, column]

    def first(self, replications: int) -> GroupMeasures:
        """The same measures from the first replications only; all of them if there are no more."""
        return GroupMeasures(self.groups, self.share_pp[:replications], self.mean_s[:replications])
