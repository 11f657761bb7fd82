"""A log cut into stretches of whole days, each with all missions that reach into it, however long the log is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import polars as pl

from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.work import WORK_STAMPS
from beredt.missions.checks.rule import get_rule
from beredt.missions.marks import has_mark, impossible_mask, rule_mask
from beredt.missions.store import Store, is_unit_response

ROWS_AT_ONCE = 4_000_000
"""Missions of one stretch: some 400 MB of columns at a time."""

LONG = timedelta(days=3)
"""A mission that goes on longer after its call, such as one ordered days ahead, is handed to every stretch it is in."""

EARLY = timedelta(hours=1)
"""So is one that begins so much before its call."""

DOUBLES = ("duplicate", "near_duplicate")
"""Rules that mark the second row of what happened once."""

MISSION_COLUMNS = ("row_id", "incident", "unit", "call_t", "created_t", *WORK_STAMPS, "cancelled", "km", "marks")
INCIDENT_COLUMNS = ("incident", "call_t", "urgency", "lat", "lon", "municipality", "district")


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Days `first` to `first + days` (from the beginning of the log's days), with the rows that reach into them."""

    first: int
    days: int
    missions: pl.DataFrame
    incidents: pl.DataFrame


def unit_missions(store: Store) -> pl.LazyFrame:
    """Unit responses of a store, each once, without the stamps that a rule has found to be impossible."""
    again = sum(rule_mask(get_rule(name).number) for name in DOUBLES)
    stamps = ("call_t", "created_t", *WORK_STAMPS)
    possible = [pl.when(~has_mark(impossible_mask(name))).then(pl.col(name)).alias(name) for name in stamps]
    return store.missions().filter(is_unit_response(), ~has_mark(again)).with_columns(possible)


def cut_log(store: Store, days: ServiceDays, rows_at_once: int = ROWS_AT_ONCE) -> Iterator[Stretch]:
    """Stretches that together make the days of a log, in order.

    Args:
        store: the log.
        days: that are looked at.
        rows_at_once: about so many missions in a stretch, which is one day long at least.
    """
    missions = unit_missions(store).select(MISSION_COLUMNS)
    incidents = store.incidents().select(INCIDENT_COLUMNS)
    stamps = [pl.col(name) for name in WORK_STAMPS]
    plain = (
        pl.col("call_t").is_not_null()
        & (pl.max_horizontal(stamps) <= pl.col("call_t") + LONG)
        & (pl.min_horizontal(stamps) >= pl.col("call_t") - EARLY)
    )
    odd = missions.filter(~plain.fill_null(False)).collect(engine="streaming")
    odd_incidents = incidents.join(odd.lazy().select("incident").unique(), on="incident", how="semi").collect(
        engine="streaming"
    )
    step = max(1, ceil(days.days * rows_at_once / max(store.info.missions, 1)))
    for first in range(0, days.days, step):
        length = min(step, days.days - first)
        begin, end = _midnight(days, first), _midnight(days, first + length)
        called = (pl.col("call_t") >= begin - LONG) & (pl.col("call_t") < end + EARLY)
        mine = missions.filter(called & plain).collect(engine="streaming")
        reaching = odd.filter((pl.max_horizontal(stamps) >= begin) & (pl.min_horizontal(stamps) < end))
        theirs = incidents.filter(called).collect(engine="streaming")
        yield Stretch(
            first,
            length,
            pl.concat([mine, reaching]),
            pl.concat([theirs, odd_incidents]).unique("incident", keep="first", maintain_order=True),
        )


def _midnight(days: ServiceDays, number: int) -> datetime:
    """When a day of the log begins on its own clock, in UTC."""
    start = datetime(days.start.year, days.start.month, days.start.day, tzinfo=ZoneInfo(days.zone))
    return (start + timedelta(days=number)).astimezone(UTC)
