"""Arrays of clocks against the standard library, one time after another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.missions.checks.local_clock import shown_twice, to_local, to_utc
from beredt.missions.checks.stamps import NO_TIME

ZONES = ("Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
EPOCH = datetime(1970, 1, 1)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1))
NEAR_CHANGES = st.builds(
    lambda year, day, minute: datetime(year, *day) + timedelta(minutes=minute),
    st.integers(2000, 2030),
    st.sampled_from([(3, 28), (10, 27), (4, 3), (11, 5)]),
    st.integers(0, 3 * 1440),
)


def _ms(moment: datetime) -> int:
    return (moment.replace(tzinfo=None) - EPOCH) // timedelta(milliseconds=1)


@given(st.lists(st.one_of(MOMENTS, NEAR_CHANGES), min_size=1, max_size=30), st.sampled_from(ZONES))
def test_local_clocks_become_utc(shown: list[datetime], zone: str) -> None:
    found = to_utc(np.array([_ms(one) for one in shown]), zone)
    for k, one in enumerate(shown):
        early, late = (one.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
        assert found.utc[k] == _ms(early.astimezone(UTC)), one
        twice = early.utcoffset() != late.utcoffset()
        back = early.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == one
        assert (found.twice[k], found.never[k]) == (twice and back, not back), one


@given(st.lists(st.one_of(MOMENTS, NEAR_CHANGES), min_size=1, max_size=30), st.sampled_from(ZONES))
def test_utc_becomes_local_clocks(moments: list[datetime], zone: str) -> None:
    utc = np.array([_ms(one) for one in moments])
    shown = to_local(utc, zone)
    again = shown_twice(utc, zone)
    for k, one in enumerate(moments):
        local = one.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
        assert shown[k] == _ms(local)
        offsets = {local.replace(fold=fold).utcoffset() for fold in (0, 1)}
        assert again[k] == (len(offsets) == 2 and local.fold == 0)


@pytest.mark.parametrize("zone", ZONES)
def test_absent_times_stay_absent(zone: str) -> None:
    absent = np.array([NO_TIME, NO_TIME])
    assert to_utc(absent, zone).utc.tolist() == [NO_TIME, NO_TIME]
    assert to_local(absent, zone).tolist() == [NO_TIME, NO_TIME]
    mixed = np.array([NO_TIME, _ms(datetime(2026, 7, 1, 12))])
    assert to_utc(mixed, "Europe/Oslo").utc.tolist() == [NO_TIME, _ms(datetime(2026, 7, 1, 10))]


def test_times_outside_all_calendars_take_the_nearest_offset() -> None:
    first, last = _ms(datetime(1, 1, 1)), _ms(datetime(9999, 12, 31))
    found = to_utc(np.array([first, last]), "Europe/Oslo").utc
    assert found.tolist() == [first - 3_600_000, last - 3_600_000]
