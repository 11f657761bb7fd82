"""The figures of an answer, by the formulas of the report: the same values, intervals and paired differences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, nan

import numpy as np
import polars as pl

from beredt.indicators.cells import WHOLE_DAY
from beredt.indicators.estimate import paired_difference
from beredt.indicators.group_response import Count
from beredt.indicators.measures.block import ALL_HOURS
from beredt.indicators.measures.values import IndicatorValues, indicator_values
from beredt.indicators.observed import F8
from beredt.indicators.runs import Runs
from beredt.indicators.tables import differences_table, indicators_table
from beredt.model.urgency import urgency_code
from beredt.report.estimate import Estimate
from beredt.report.estimates import ALL, Estimates, as_estimates
from beredt.web.answers.forms import EstimateOut

SHARE, MEAN, P90, INCIDENTS = "share_within_target", "response_mean_s", "response_p90_s", "incidents"
DRAWN_IN = "drawn_in_mean"

ACTIVE, KM = "active_h", "km"
FLEET = (ACTIVE, KM)
"""What all units together do in a year: of no urgency and no place."""

BY_PLACE = (SHARE, MEAN, P90, INCIDENTS)
BY_HOUR = (SHARE, MEAN, P90, INCIDENTS, DRAWN_IN)


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Levels of all services and differences from one of them. `group` is whom cards and curves are about."""

    runs: Mapping[str, Runs]
    against: str
    urgency: str
    group: str
    levels: Estimates
    changes: Estimates

    def count_difference(self, name: str, group: str) -> Estimate:
        """How many more incidents a year are reached within the target in a group."""
        found = paired_difference(self._within(name, group), self._within(self.against, group))
        return Estimate(float(found.value), float(found.low), float(found.high))

    def _within(self, name: str, group: str) -> F8:
        frame, tallies = self.runs[name].frame, self.runs[name].tallies
        cell = frame.group_ids.index(group), urgency_code(self.urgency), WHOLE_DAY, Count.WITHIN_TARGET
        counts = np.array([tally.response.counts[cell] for tally in tallies], np.float64)
        return counts * self.runs[name].per_year


def figures_of(runs: Mapping[str, Runs], against: str, urgency: str) -> Figures:
    """Work out what an answer tells, and nothing else.

    Args:
        runs: by name, all of the same replications.
        against: name of the service that differences are taken from.
        urgency: A, H or V.
    """
    frame = runs[against].frame
    group = frame.local_group or frame.group_ids[0]
    values = {name: _told(indicator_values(one), urgency, group) for name, one in runs.items()}
    return Figures(
        runs=runs,
        against=against,
        urgency=urgency,
        group=group,
        levels=as_estimates(indicators_table(values)),
        changes=as_estimates(differences_table(values, (against,))),
    )


def _told(values: IndicatorValues, urgency: str, group: str) -> IndicatorValues:
    """Only the indicators that an answer tells."""
    measure, whole_day = pl.col("measure"), pl.col("hour") == ALL_HOURS
    by_place = whole_day & measure.is_in(BY_PLACE) & (pl.col("urgency") == urgency)
    by_hour = measure.is_in(BY_HOUR) & (pl.col("group") == group)
    of_fleet = whole_day & measure.is_in(FLEET) & (pl.col("group") == ALL) & (pl.col("urgency") == "")
    told_of = by_place | by_hour & pl.col("urgency").is_in([urgency, ""]) | of_fleet
    rows = values.keys.select(pl.arg_where(told_of)).to_series()
    return IndicatorValues(values.keys[rows], values.values[rows.to_numpy()])


UNKNOWN = Estimate(nan, nan, nan)


def told(found: Estimate | None) -> EstimateOut:
    """An estimate as it is sent: what is not known is null."""
    found = found or UNKNOWN
    return EstimateOut(value=known(found.value), low=known(found.low), high=known(found.high))


def known(value: float) -> float | None:
    """A number as it is sent."""
    return float(value) if isfinite(value) else None
