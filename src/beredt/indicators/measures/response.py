"""Indicators of response, by group of areas, urgency and hour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.cells import WHOLE_DAY
from beredt.indicators.group_response import Count, Sum
from beredt.indicators.measures.block import ALL_HOURS, URGENCY_LABELS, Block, ratio
from beredt.indicators.moments import MS_PER_S
from beredt.indicators.observed import F8, GROUP_DISTRICT, Frame
from beredt.indicators.runs import Runs

TENTHS_OF_MS_PER_S = 10 * MS_PER_S

BY_HOUR = (
    "incidents",
    "response_mean_s",
    "response_median_s",
    "response_p90_s",
    "share_within_12",
    "share_within_25",
    "share_within_target",
)
"""Measures that are also told by clock hour, but for districts: those have too few incidents in an hour."""


def response_blocks(runs: Runs) -> Iterator[Block]:
    """All indicators of response; none for cells that no replication has an incident in."""
    counts = np.stack([tally.response.counts for tally in runs.tallies])
    seen = counts[..., Count.INCIDENTS].any(axis=0)
    whole_day = np.arange(WHOLE_DAY + 1) == WHOLE_DAY
    by_hour = np.array([kind != GROUP_DISTRICT for kind in runs.frame.group_kinds])
    for measure, values in _values(runs, counts).items():
        told = seen & (whole_day | (by_hour[:, None, None] & (measure in BY_HOUR)))
        yield _block(runs.frame, measure, values, told & np.isfinite(values).any(axis=0))


def _values(runs: Runs, counts: NDArray[np.int32]) -> Mapping[str, F8]:
    """Every measure by replication, group, urgency and hour, [R, G, 4, 25]."""
    tallies, per_year = [tally.response for tally in runs.tallies], runs.per_year
    sums_ms = np.stack([tally.sums_ms for tally in tallies])

    def count(what: Count) -> F8:
        return counts[..., what].astype(np.float64)

    def share(what: Count, of: Count) -> F8:
        return ratio(count(what), count(of))

    def quantile(tenths_of_ms: list[NDArray[np.int64]]) -> F8:
        return np.where(count(Count.SERVED) > 0, np.stack(tenths_of_ms) / TENTHS_OF_MS_PER_S, np.nan)

    return {
        "incidents": count(Count.INCIDENTS) * per_year,
        "waiting_share": ratio(count(Count.INCIDENTS) - count(Count.SERVED), count(Count.INCIDENTS)),
        "response_mean_s": ratio(sums_ms[..., Sum.RESPONSE], count(Count.SERVED)) / MS_PER_S,
        "response_median_s": quantile([tally.median for tally in tallies]),
        "response_p90_s": quantile([tally.p90 for tally in tallies]),
        "share_within_12": share(Count.WITHIN_12, Count.INCIDENTS),
        "share_within_25": share(Count.WITHIN_25, Count.INCIDENTS),
        "share_within_target": share(Count.WITHIN_TARGET, Count.WITH_TARGET),
        "nearest_station_share": share(Count.NEAREST, Count.SERVED),
        "queued_share": share(Count.QUEUED, Count.INCIDENTS),
        "held_share": share(Count.HELD, Count.INCIDENTS),
        "wait_mean_s": ratio(sums_ms[..., Sum.WAIT], count(Count.ASSIGNED)) / MS_PER_S,
        "bumped": count(Count.BUMPED) * per_year,
        "second_missing_share": share(Count.SECOND_MISSING, Count.SECOND_WANTED),
        "asked": count(Count.ASKED) * per_year,
    }


def _block(frame: Frame, measure: str, values: F8, told: NDArray[np.bool_]) -> Block:
    group, urgency, hour = np.nonzero(told)
    return Block(
        measure=measure,
        urgency=[URGENCY_LABELS[k] for k in urgency],
        group=[frame.group_ids[g] for g in group],
        hour=np.where(hour == WHOLE_DAY, ALL_HOURS, hour).tolist(),
        values=values[:, group, urgency, hour].T,
    )
