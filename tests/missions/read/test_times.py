"""Text to times: every habit by hand, and whatever Python writes is read back."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.missions.profile import FileHabits
from beredt.missions.read.times import read_times

Order = Literal["day", "month", "year"]
AT = datetime(2023, 2, 1, 19, 5, 9)


def read(cells: list[str | None], order: Order = "day") -> list[datetime | None]:
    times = read_times(pl.Series(cells, dtype=pl.String), FileHabits(date_order=order), "Europe/Oslo")
    assert not times.clock_only
    return times.at.to_list()


def test_a_time_of_the_year_0_is_none() -> None:
    """As four digits are asked for and two are there."""
    assert read(["01.01.2000 00:00", "1.1.0000 00:00"]) == [datetime(2000, 1, 1), None]


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("day", "01.02.2023 19:05:09"),
        ("day", "1.2.2023 19:05:09"),
        ("day", " 01.02.2023 19:05:09 "),
        ("day", "01/02/2023 19:05:09"),
        ("day", "01-02-2023 19:05:09"),
        ("day", "01.02.23 19:05:09"),
        ("day", "01.02.2023 19.05.09"),
        ("day", "1.2.23 19.05.09"),
        ("month", "02/01/2023 07:05:09 PM"),
        ("month", "2/1/2023 19:05:09"),
        ("month", "2/1/23 7:05:09 PM"),
        ("month", "2023 Feb 01 07:05:09 PM"),
        ("year", "2023-02-01 19:05:09"),
        ("year", "2023-02-01T19:05:09"),
        ("year", "2023-02-01T19:05:09.000"),
        ("year", "2023/02/01 19:05:09"),
        ("year", "20230201190509"),
        ("year", "2023-02-01T18:05:09Z"),
        ("year", "2023-02-01T18:05:09.000+00:00"),
        ("year", "2023-02-01T20:05:09+0200"),
        ("day", "2023-02-01 19:05:09"),
        ("month", "2023-02-01T19:05:09"),
    ],
)
def test_one_moment_in_all_the_ways_it_is_written(order: Order, text: str) -> None:
    assert read([text], order) == [AT]


def test_clocks_with_points_as_norwegian_writes_them() -> None:
    cells: list[str | None] = ["01.02.2023 19.05", "1.2.2023 9.05", "31.12.2023 24.10"]
    assert read(cells) == [AT.replace(second=0), AT.replace(hour=9, second=0), None]


def test_day_and_month_are_told_by_the_order_alone() -> None:
    assert read(["02/03/2023 10:00"], "day") == [datetime(2023, 3, 2, 10)]
    assert read(["02/03/2023 10:00"], "month") == [datetime(2023, 2, 3, 10)]


def test_a_column_may_change_its_form_halfway() -> None:
    cells = ["01.02.2023 19:05:09", "01.02.2023 19:05", None, "2023-02-01T19:05:09", "1/2/23 19:05:09", ""]
    assert read(cells) == [AT, AT.replace(second=0), None, AT, AT, None]


def test_what_cannot_be_read_is_told_from_what_is_not_there() -> None:
    cells = pl.Series(["01.02.2023 19:05", "", None, "NULL", "31.02.2023 10:00", "24.12.2023 24:10", "soon"])
    times = read_times(cells, FileHabits(date_order="day"), "Europe/Oslo")
    assert times.unreadable.to_list() == [False, False, False, False, True, True, True]


def test_times_of_day_are_known_as_such() -> None:
    times = read_times(pl.Series(["19:05:09", "7:05 PM", "", "25:00"]), FileHabits(), "Europe/Oslo")
    assert times.clock_only
    assert times.at.to_list() == [datetime(1970, 1, 1, 19, 5, 9), datetime(1970, 1, 1, 19, 5), None, None]
    assert times.unreadable.to_list() == [False, False, False, True]


def test_a_year_of_two_digits_is_not_the_year_23() -> None:
    assert read(["1/2/23 12:00 AM", "1/2/2023 12:00 AM"], "month") == [datetime(2023, 1, 2)] * 2


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (pl.Series([AT]), AT),
        (pl.Series([AT]).dt.replace_time_zone("Europe/Oslo").dt.convert_time_zone("UTC"), AT),
        (pl.Series([AT.date()]), datetime(2023, 2, 1)),
        (pl.Series([44958.795243055555]), AT),
    ],
    ids=["naive", "aware", "date", "days of a spreadsheet"],
)
def test_cells_that_have_a_type_already(cells: pl.Series, expected: datetime) -> None:
    assert read_times(cells, FileHabits(), "Europe/Oslo").at.to_list() == [expected]


def test_seconds_and_milliseconds_since_1970() -> None:
    seconds = pl.Series([int(AT.replace(tzinfo=UTC).timestamp())])
    habits = FileHabits(numbers="unix_s", clock="utc")
    assert read_times(seconds, habits, "Europe/Oslo").at.to_list() == [AT]
    assert read_times(seconds * 1000, FileHabits(numbers="unix_ms", clock="utc"), "Europe/Oslo").at.to_list() == [AT]


def test_what_is_counted_from_1970_is_counted_in_utc() -> None:
    """Whatever the clocks of the log follow: in winter Oslo is an hour ahead, in summer two."""
    winter, summer = datetime(2025, 1, 31, 12, 0), datetime(2025, 7, 1, 12, 0)
    seconds = [int(at.replace(tzinfo=UTC).timestamp()) for at in (winter, summer)]
    clocks = [winter.replace(hour=13), summer.replace(hour=14)]
    for cells in (pl.Series(seconds), pl.Series([f" {one}" for one in seconds])):
        assert read_times(cells, FileHabits(numbers="unix_s"), "Europe/Oslo").at.to_list() == clocks
    mixed = read_times(
        pl.Series([str(seconds[0]), "2025-07-01 14:00", "?", None, "-"]), FileHabits(numbers="unix_s"), "Europe/Oslo"
    )
    assert mixed.at.to_list() == [*clocks, None, None, None]
    assert mixed.unreadable.to_list() == [False, False, True, False, False]


def test_times_of_day_of_a_spreadsheet() -> None:
    times = read_times(pl.Series([time(19, 5, 9)]), FileHabits(), "Europe/Oslo")
    assert times.clock_only
    assert times.at.to_list() == [datetime(1970, 1, 1, 19, 5, 9)]


FORMS = {"day": "%d.%m.%Y %H:%M:%S", "month": "%m/%d/%Y %I:%M:%S %p", "year": "%Y-%m-%dT%H:%M:%S"}
MOMENTS = st.datetimes(datetime(1951, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(microsecond=0))


@given(st.lists(st.none() | MOMENTS, min_size=1, max_size=30), st.sampled_from(["day", "month", "year"]))
def test_what_is_written_is_read_back(moments: list[datetime | None], order: Order) -> None:
    cells = [None if at is None else at.strftime(FORMS[order]) for at in moments]
    assert read(cells, order) == moments


# Before 1980 tables of time zones differ.
@given(st.datetimes(datetime(1981, 1, 1), datetime(2036, 12, 31)), st.integers(-14, 14))
def test_an_offset_always_names_the_same_moment(at: datetime, hours: int) -> None:
    at, zone = at.replace(microsecond=0), ZoneInfo("Europe/Oslo")
    shown = (at + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S") + f"{hours:+03}:00"
    assert read([shown], "year") == [at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)]
