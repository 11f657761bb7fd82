"""The named intervals of a mission and of an incident, in seconds, as polars expressions.

An interval is empty where one of its two stamps is missing, is marked as impossible, or where it would be negative:
nothing is put in the place of what a log does not say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import polars as pl

from beredt.errors import UnknownIdError
from beredt.missions.marks import has_mark, impossible_mask

MS_PER_S = 1_000.0


class Interval(NamedTuple):
    """From one stamp to another: columns of the table missions, or of incidents."""

    name: str
    begin: str
    end: str


MISSION_INTERVALS: Mapping[str, Interval] = MappingProxyType(
    {
        interval.name: interval
        for interval in (
            Interval("handling", "call_t", "alerted_t"),
            Interval("mobilisation", "alerted_t", "rolling_t"),
            Interval("travel", "rolling_t", "scene_t"),
            Interval("response", "call_t", "scene_t"),
            Interval("to_patient", "scene_t", "patient_t"),
            Interval("on_scene", "scene_t", "leave_t"),
            Interval("transport", "leave_t", "dest_t"),
            Interval("handover", "dest_t", "free_t"),
            Interval("mission", "alerted_t", "free_t"),
        )
    }
)
"""Of one unit, in the table missions. `mission` is the time that the unit is taken."""

INCIDENT_INTERVALS: Mapping[str, Interval] = MappingProxyType(
    {
        interval.name: interval
        for interval in (
            Interval("handling", "call_t", "first_alerted_t"),
            Interval("to_rolling", "call_t", "first_rolling_t"),
            Interval("response", "call_t", "first_scene_t"),
        )
    }
)
"""Of an incident, in the table incidents: until the first unit."""


def mission_interval_s(name: str) -> pl.Expr:
    """Seconds (float64, ≥ 0) of a unit's interval, over the table missions. Raises UnknownIdError for no such name."""
    return (mission_interval_ms(name) / MS_PER_S).alias(name)


def mission_interval_ms(name: str) -> pl.Expr:
    """Milliseconds (int64, ≥ 0) of a unit's interval. Raises UnknownIdError for no such name."""
    interval = _get(MISSION_INTERVALS, name)
    impossible = has_mark(impossible_mask(interval.begin, interval.end))
    return _milliseconds(interval.begin, pl.col(interval.end)).pipe(_unless, impossible).alias(name)


def incident_interval_s(name: str, *, responders_stop_the_clock: bool = False) -> pl.Expr:
    """Seconds (float64, ≥ 0) of an incident's interval, over the table incidents.

    Marks of single missions do not spoil an incident: its first stamps are made of those that are possible.

    Args:
        name: One of INCIDENT_INTERVALS.
        responders_stop_the_clock: Let a unit that begins treatment but does not transport end the response time.

    Raises:
        UnknownIdError: There is no such interval.
    """
    found = incident_interval_ms(name, responders_stop_the_clock=responders_stop_the_clock)
    return (found / MS_PER_S).alias(name)


def incident_interval_ms(name: str, *, responders_stop_the_clock: bool = False) -> pl.Expr:
    """Milliseconds (int64, ≥ 0) of an incident's interval; see `incident_interval_s`."""
    interval = _get(INCIDENT_INTERVALS, name)
    end = pl.col(interval.end)
    if responders_stop_the_clock and interval.end == "first_scene_t":
        end = pl.min_horizontal("first_scene_t", "first_responder_scene_t")
    return _milliseconds(interval.begin, end).alias(name)


def mission_intervals(names: Sequence[str] | None = None) -> list[pl.Expr]:
    """Expressions of all intervals of a mission, or of those named, in order."""
    return [mission_interval_s(name) for name in (names or MISSION_INTERVALS)]


def local(stamp: str, zone: str) -> pl.Expr:
    """A stamp on the clocks of a time zone, such as Europe/Oslo: for hours, weekdays and months."""
    return pl.col(stamp).dt.convert_time_zone(zone)


def _milliseconds(begin: str, end: pl.Expr) -> pl.Expr:
    elapsed = (end - pl.col(begin)).dt.total_milliseconds()
    return pl.when(elapsed >= 0).then(elapsed)


def _unless(elapsed: pl.Expr, impossible: pl.Expr) -> pl.Expr:
    return pl.when(~impossible).then(elapsed)


def _get(intervals: Mapping[str, Interval], name: str) -> Interval:
    try:
        return intervals[name]
    except KeyError:
        raise UnknownIdError("interval", name, intervals) from None
