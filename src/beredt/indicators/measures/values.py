"""Every indicator of one alternative, with its value in every replication."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
import polars as pl

from beredt.errors import UnknownIdError
from beredt.indicators.measures.block import ALL, ALL_HOURS
from beredt.indicators.measures.flows import flow_blocks
from beredt.indicators.measures.readiness import readiness_blocks
from beredt.indicators.measures.response import response_blocks
from beredt.indicators.measures.units import unit_blocks
from beredt.indicators.observed import F8, GROUP_ALL
from beredt.indicators.runs import Runs

KEYS = ("measure", "urgency", "group", "hour")
"""What names an indicator."""


@dataclass(frozen=True, slots=True, eq=False)
class IndicatorValues:
    """N indicators with their value in every replication.

    `keys` has the columns of `KEYS`: measure, urgency (A, H, V or "" for all), group and hour (0 to 23, or -1 for the
    whole day); `values` is float64[N, R] in the unit of the measure, nan where a replication has none.
    """

    keys: pl.DataFrame
    values: F8

    def get(self, measure: str, urgency: str = ALL, group: str = GROUP_ALL, hour: int = ALL_HOURS) -> F8:
        """One indicator, float64[R]. Raises UnknownIdError."""
        wanted = (measure, urgency, group, hour)
        same = [pl.col(key) == value for key, value in zip(KEYS, wanted, strict=True)]
        row = self.keys.select(pl.arg_where(pl.all_horizontal(same))).to_series()
        if row.is_empty():
            raise UnknownIdError("indicator", " ".join(str(part) or "(all)" for part in wanted))
        found: F8 = self.values[row[0]]
        return found


def indicator_values(runs: Runs) -> IndicatorValues:
    """Work out every indicator of an alternative.

    Args:
        runs: Its replications, counted.
    """
    blocks = list(chain(response_blocks(runs), flow_blocks(runs), readiness_blocks(runs), unit_blocks(runs)))
    keys = pl.DataFrame(
        {
            "measure": [block.measure for block in blocks for _ in block.group],
            "urgency": [urgency for block in blocks for urgency in block.urgency],
            "group": [group for block in blocks for group in block.group],
            "hour": [hour for block in blocks for hour in block.hour],
        },
        schema={"measure": pl.String, "urgency": pl.String, "group": pl.String, "hour": pl.Int64},
    )
    return IndicatorValues(keys, np.concatenate([block.values for block in blocks]))
