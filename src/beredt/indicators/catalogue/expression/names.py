"""The names an expression may use: columns of a store, named intervals, and what follows from the call."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

import polars as pl

from beredt.missions.intervals import (
    INCIDENT_INTERVALS,
    MISSION_INTERVALS,
    incident_interval_s,
    local,
    mission_interval_s,
)
from beredt.missions.schema import INCIDENTS, MISSIONS, STAMP

Counting = Literal["incident", "mission"]
ValueType = Literal["truth", "number", "duration", "text", "time"]

_HIDDEN = frozenset({"row_id", "source", "row", "part", "incident", "key", "patient", "comment", "marks"})
"""Columns that name a row or a person, or that functions read."""


class Value(NamedTuple):
    """What a name stands for: its type, and how it is read. A duration is in seconds; what is not known is null."""

    type: ValueType
    expr: pl.Expr


def names_of(counting: Counting, zone: str, *, responders_stop_the_clock: bool = False) -> Mapping[str, Value]:
    """The names of one table of a store.

    Args:
        counting: Which table: incidents or missions.
        zone: IANA time zone in which hour, weekday and month are told.
        responders_stop_the_clock: As in `incident_interval_s`.
    """
    schema = INCIDENTS if counting == "incident" else MISSIONS
    columns = {name: _column(name, dtype) for name, dtype in schema.items() if name not in _HIDDEN}
    if counting == "incident":
        intervals = {
            name: incident_interval_s(name, responders_stop_the_clock=responders_stop_the_clock)
            for name in INCIDENT_INTERVALS
        }
    else:
        intervals = {name: mission_interval_s(name) for name in MISSION_INTERVALS}
    call = local("call_t", zone)
    of_call = {
        "hour": Value("number", call.dt.hour()),
        "weekday": Value("number", call.dt.weekday()),
        "month": Value("number", call.dt.month()),
        "year": Value("number", call.dt.year()),
    }
    return MappingProxyType(columns | {name: Value("duration", expr) for name, expr in intervals.items()} | of_call)


def _column(name: str, dtype: pl.DataType) -> Value:
    column = pl.col(name)
    if dtype == pl.Boolean:
        return Value("truth", column)
    if dtype == STAMP:
        return Value("time", column)
    if dtype.is_numeric():
        return Value("number", column)
    return Value("text", pl.when(column != "").then(column))
