"""Typed tables to a call trace, ways of driving and cover times."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from beredt.model.area import Area
from beredt.model.cover_time import CoverTime
from beredt.model.reading.table import Tables
from beredt.model.travel_mode import TravelMode
from beredt.model.travel_period import TravelPeriod


def build_trace(tables: Tables, areas: Sequence[Area]) -> pl.DataFrame:
    """The call trace; where the study has one area only, every incident lies in it."""
    frame = tables["trace"].frame
    return frame.with_columns(pl.col("area").fill_null(areas[0].id)) if len(areas) == 1 else frame


def build_travel_modes(tables: Tables) -> tuple[TravelMode, ...]:
    """The ways of driving, in the order of their table."""
    return tuple(TravelMode(**row) for row in tables["travel_modes"].frame.iter_rows(named=True))


def build_travel_periods(tables: Tables) -> tuple[TravelPeriod, ...]:
    """Which way of driving each purpose uses, ascending by when it begins to."""
    sets: dict[str, dict[str, str]] = {}
    for name, purpose, mode in tables["travel_sets"].frame.select("set", "purpose", "mode").iter_rows():
        sets.setdefault(name, {})[purpose] = mode
    timing = tables["travel_timing"].frame.sort("start_s")
    return tuple(TravelPeriod(start_s, sets[name]) for start_s, name in timing.select("start_s", "set").iter_rows())


def build_cover_times(tables: Tables) -> tuple[CoverTime, ...]:
    """The cover times, in the order of their table."""
    return tuple(CoverTime(**row) for row in tables["cover"].frame.iter_rows(named=True))
