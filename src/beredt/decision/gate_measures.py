"""From counts of replications to the gate's measures, and a way to get them by simulating."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from beredt.decision.group_measures import F8, GroupMeasures
from beredt.decision.measure_services import MeasureServices
from beredt.errors import UnknownIdError
from beredt.indicators.cells import WHOLE_DAY
from beredt.indicators.group_response import Count, Sum
from beredt.indicators.moments import MS_PER_S
from beredt.indicators.tally import ResponseOnly, Tally
from beredt.model.service import Service
from beredt.model.settings_sections import GateSection
from beredt.model.urgency import urgency_code

Counted = Tally | ResponseOnly
"""Counts of a replication that hold the responses."""


class SimulateServices(Protocol):
    """Simulates services on the same incidents: by service, its counts in order of the replication."""

    def __call__(self, services: Mapping[str, Service], replications: int) -> Mapping[str, Sequence[Counted]]:
        """Counts of replications 0, 1, … of every service under its own key."""
        ...


def gate_measures(tallies: Sequence[Counted], group_ids: Sequence[str], rule: GateSection) -> GroupMeasures:
    """Measures of the rule's groups and urgency.

    Incidents that nobody reached count as not within their target and in no mean.

    Args:
        tallies: One per replication.
        group_ids: What the first axis of the counts stands for, as in `Frame.group_ids`.
        rule: The gate.

    Raises:
        UnknownIdError: A group of the rule that nobody counted.
    """
    columns = [_column(group_ids, group) for group in rule.groups]
    cell = urgency_code(rule.urgency), WHOLE_DAY
    shape = (len(tallies), len(columns))
    counts = np.array([t.response.counts[columns, *cell] for t in tallies], np.float64).reshape(*shape, len(Count))
    sums_ms = np.array([t.response.sums_ms[columns, *cell] for t in tallies], np.float64).reshape(*shape, len(Sum))
    return GroupMeasures(
        groups=tuple(rule.groups),
        share_pp=_ratio(counts[..., Count.WITHIN_TARGET], counts[..., Count.WITH_TARGET]) * 100.0,
        mean_s=_ratio(sums_ms[..., Sum.RESPONSE], counts[..., Count.SERVED]) / MS_PER_S,
    )


def measured_by(simulate: SimulateServices, group_ids: Sequence[str], rule: GateSection) -> MeasureServices:
    """A way to measure services by simulating them; only the measures are kept."""

    def measure(services: Mapping[str, Service], replications: int) -> dict[str, GroupMeasures]:
        tallies = simulate(services, replications)
        return {key: gate_measures(tallies[key], group_ids, rule) for key in services}

    return measure


def _column(group_ids: Sequence[str], group: str) -> int:
    if group not in group_ids:
        raise UnknownIdError("group", group, group_ids)
    return list(group_ids).index(group)


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> F8:
    """Part of the whole, NaN where there is nothing to divide by."""
    ratio = np.full(part.shape, np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio
