"""A log cut into stretches of whole days, each with all missions that reach into it, however long the log is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

import polars as pl

from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.work import WORK_STAMPS
from beredt.missions.checks.rule import get_rule
from beredt.missions.marks import has_mark, impossible_mask, rule_mask
from beredt.missions.store import Store, is_unit_response

ROWS_AT_ONCE = 1_000_000
"""Missions of one stretch: some 100 MB of columns at a time."""

DOUBLES = ("duplicate", "near_duplicate")
"""Rules that mark the second row of what happened once."""

LEAD = timedelta(days=14)
"""How long before the first day calls are looked for whose missions go on into it."""

MISSION_COLUMNS = ("row_id", "incident", "unit", "call_t", "created_t", *WORK_STAMPS, "cancelled", "km", "marks")
INCIDENT_COLUMNS = ("incident", "call_t", "urgency", "lat", "lon", "municipality", "district")


_FIRST, _LAST = (how(*(pl.col(name) for name in WORK_STAMPS)) for how in (pl.min_horizontal, pl.max_horizontal))


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Days `first` to `first + days` (from the beginning of the log's days), with the rows that reach into them."""

    first: int
    days: int
    missions: pl.DataFrame
    incidents: pl.DataFrame


def unit_missions(store: Store, *which: pl.Expr) -> pl.LazyFrame:
    """Unit responses of a store, each once, without the stamps that a rule has found to be impossible.

    Args:
        store: the log.
        which: conditions on the table as it stands, which spare the reader the rest of it.
    """
    again = sum(rule_mask(get_rule(name).number) for name in DOUBLES)
    stamps = ("call_t", "created_t", *WORK_STAMPS)
    possible = [pl.when(~has_mark(impossible_mask(name))).then(pl.col(name)).alias(name) for name in stamps]
    return store.missions().filter(is_unit_response(), ~has_mark(again), *which).with_columns(possible)


def cut_log(store: Store, days: ServiceDays, rows_at_once: int = ROWS_AT_ONCE) -> Iterator[Stretch]:
    """Stretches that together make the days of a log, in order.

    Every stretch holds the missions to calls in its days, those of earlier calls that go on into it, and those without
    a call that are under way in it. A mission that begins before its call counts from the stretch of the call on.

    Args:
        store: the log.
        days: that are looked at.
        rows_at_once: about so many missions in a stretch, which is one day long at least.
    """
    no_call = pl.col("call_t").is_null() | has_mark(impossible_mask("call_t"))

    def missions(*which: pl.Expr) -> pl.DataFrame:
        return unit_missions(store, *which).select(MISSION_COLUMNS).collect(engine="streaming")

    incidents = store.incidents().select(INCIDENT_COLUMNS)
    without_call = missions(no_call)
    begin = days.midnight(0)
    # What began before the first day may go on into it.
    before = (pl.col("call_t") >= begin - LEAD) & (pl.col("call_t") < begin)
    going_on = _going_on(missions(before, ~no_call), begin)
    theirs = _of_missions(incidents, pl.concat([without_call, going_on]))
    step = max(1, ceil(days.days * rows_at_once / max(store.info.missions, 1)))
    for first in range(0, days.days, step):
        length = min(step, days.days - first)
        begin, end = days.midnight(first), days.midnight(first + length)
        mine = missions(days.called(first, first + length), ~no_call)
        called = incidents.filter(days.called(first, first + length)).collect(engine="streaming")
        lost = without_call.filter(_LAST.ge(begin) & _FIRST.lt(end))
        here = pl.concat([going_on, mine, lost])
        places = pl.concat([called, theirs.join(called, on="incident", how="anti")])
        yield Stretch(first, length, here, places)
        going_on = _going_on(pl.concat([going_on, mine]), end)
        theirs = _of_missions(places.lazy(), pl.concat([without_call, going_on]))


def _going_on(missions: pl.DataFrame, end: datetime) -> pl.DataFrame:
    """Missions that are not over yet."""
    return missions.filter(_LAST.ge(end))


def _of_missions(incidents: pl.LazyFrame, missions: pl.DataFrame) -> pl.DataFrame:
    """The incidents of missions, few of all."""
    return incidents.join(missions.lazy().select("incident").unique(), on="incident", how="semi").collect(
        engine="streaming"
    )
