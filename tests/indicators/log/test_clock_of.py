"""Hour, weekday and month of calls against the standard library, one call after another."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.indicators.log.dimensions import clock_of
from beredt.missions.schema import STAMP

CALLS = st.lists(st.one_of(st.none(), st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1))), max_size=20)


@given(CALLS, st.sampled_from(["Europe/Oslo", "Asia/Kolkata", "America/New_York"]))
def test_each_call_is_told_by_its_local_clock(calls: list[datetime | None], zone: str) -> None:
    wanted: list[tuple[int, int, int]] = []
    for call in calls:
        local = None if call is None else call.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
        told = (-1, -1, -1) if local is None else (local.hour, local.weekday(), 12 * local.year + local.month - 1)
        wanted.append(told)
    stamps = pl.Series(calls, dtype=pl.Datetime("ms")).cast(STAMP)
    assert clock_of(stamps, zone).rows() == wanted


@pytest.mark.parametrize(("year", "weekday"), [(1900, 0), (1969, 2), (9999, 4)])
def test_calls_far_apart(year: int, weekday: int) -> None:
    """A calendar's first and last years, as systems write them for a time that nobody knows, beside a call of today."""
    stamps = pl.Series([datetime(year, 1, 1, 12), datetime(2026, 11, 24, 6)], dtype=pl.Datetime("ms")).cast(STAMP)
    assert clock_of(stamps, "UTC").rows() == [(12, weekday, 12 * year), (6, 1, 12 * 2026 + 10)]
