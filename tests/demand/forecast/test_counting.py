"""From a store or a file to counts: clocks, groups, what is left out, and what is wrong with a file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.demand.forecast.calendar import calendar_of, norwegian_days
from beredt.demand.forecast.count_csv import read_counts, read_groups, read_special_days, read_weather
from beredt.demand.forecast.count_store import count_store
from beredt.demand.forecast.counts import compact, sum_by
from beredt.errors import OptionError
from beredt.missions.schema import INCIDENTS, MISSIONS
from beredt.missions.store import Store, write_store
from beredt.missions.store_info import StoreInfo
from tests.demand.forecast.made_counts import blank


def store_of(path: Path, rows: list[dict[str, object]]) -> Store:
    blank_row: dict[str, object] = {**dict.fromkeys(INCIDENTS), "key": "", "missions": 1, "units": 1, "marks": 0}
    incidents = pl.DataFrame([blank_row | {"incident": n} | row for n, row in enumerate(rows)], schema=INCIDENTS)
    info = StoreInfo("made", "0" * 64, "Europe/Oslo", "")
    return write_store(path, missions=pl.DataFrame(schema=MISSIONS), incidents=incidents, info=info)


def test_incidents_are_counted_by_the_local_day_and_what_is_left_out_is_told(tmp_path: Path) -> None:
    """Ten days with an incident at 00:30 local each: the first and the last day may be broken, and are left out."""
    first = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    rows: list[dict[str, object]] = [
        {"call_t": first + timedelta(days=n), "urgency": "A", "municipality": "Asker" if n % 2 else ""}
        for n in range(12)
    ]
    rows += [{"urgency": "H"}, {"first_alerted_t": first + timedelta(days=3, minutes=29), "municipality": "Hole"}]
    counts, without_time, outside = count_store(store_of(tmp_path / "s", rows))
    assert (without_time, outside) == (1, 2)
    assert counts.start == datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    assert counts.end == datetime(2026, 3, 11, 23, 0, tzinfo=UTC)
    assert (counts.areas, counts.urgencies) == (("Asker", "Hole", "unknown"), ("A", "unknown"))
    assert counts.counts.sum() == 11
    assert counts.counts[0, 0, 0] == 1
    assert counts.counts[48, 1, 1] == 1
    grouped = count_store(store_of(tmp_path / "t", rows), groups={"Asker": "west", "Hole": "west"}).counts
    assert grouped.areas == ("unknown", "west")
    assert count_store(store_of(tmp_path / "u", rows), "all").counts.areas == ("all",)


def test_a_wrong_year_does_not_stretch_the_log(tmp_path: Path) -> None:
    times = [datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(24 * 100)]
    rows: list[dict[str, object]] = [{"call_t": one} for one in [datetime(1999, 5, 5, tzinfo=UTC), *times]]
    counts, _, outside = count_store(store_of(tmp_path / "s", rows))
    assert counts.start >= datetime(2025, 1, 1, tzinfo=UTC)
    assert outside == 1 + len(times) - counts.counts.sum()


def test_hours_of_the_change_of_clocks() -> None:
    """On 31 March 2024 there is no 02:00; on 27 October 2024 it comes twice. Steps stay an hour long."""
    counts = blank(366, zone="Europe/Oslo")
    calendar = calendar_of(counts, 0, {})
    at = int((datetime(2024, 3, 31, 0, tzinfo=UTC) - counts.start) / timedelta(hours=1))
    assert calendar.hour[at : at + 3].tolist() == [1, 3, 4]
    at = int((datetime(2024, 10, 27, 0, tzinfo=UTC) - counts.start) / timedelta(hours=1))
    assert calendar.hour[at : at + 3].tolist() == [2, 2, 3]
    assert calendar.weekday[at] == 6


def test_special_days_of_norway() -> None:
    days = norwegian_days(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))
    assert days[date(2026, 5, 17)] == "constitution_day"
    assert days[date(2026, 4, 3)] == "holiday"
    assert days[date(2026, 4, 4)] == "eve"
    assert days[date(2026, 12, 24)] == "eve"
    assert date(2026, 12, 23) not in days
    counts = blank(10, zone="Europe/Oslo")
    calendar = calendar_of(counts, 0, norwegian_days(counts.start, counts.end))
    assert calendar.kinds[calendar.kind[5] - 1] == "new_year"
    assert calendar.kind[30] == 0


def test_a_file_of_counts(tmp_path: Path) -> None:
    lines = [
        f"2026-01-{day:02}T{hour:02}:15,{area},A,{day % 3}" for day in range(1, 21) for hour in (2, 14) for area in "xy"
    ]
    path = tmp_path / "counts.csv"
    path.write_text("time,area,urgency,count\n" + "\n".join(lines) + "\n", encoding="utf-8")
    counts = read_counts(path, 30, "Europe/Oslo")
    assert counts.counts.dtype == np.uint8
    assert counts.areas == ("x", "y")
    local = counts.start.astimezone(UTC) + timedelta(hours=1)
    assert (local.hour, counts.steps % 48) == (0, 0)
    assert counts.counts[4, 0, 0] == (local.day % 3)
    path.write_text("time,area,urgency,count\n2026-01-01T10:00,x,A,-1\nyesterday,x,A,1\n", encoding="utf-8")
    with pytest.raises(OptionError, match=r"row 2.*count is '-1'"):
        read_counts(path, 60, "Europe/Oslo")
    path.write_text("time,area,count\n", encoding="utf-8")
    with pytest.raises(OptionError, match="no column urgency"):
        read_counts(path, 60, "Europe/Oslo")


def test_weather_must_cover_past_and_future(tmp_path: Path) -> None:
    counts, path = blank(7), tmp_path / "weather.csv"
    hours = [counts.start + timedelta(hours=n) for n in range(0, 7 * 24 + 24, 3)]
    rows = "\n".join(f"{one:%Y-%m-%dT%H:%M}Z,{n}" for n, one in enumerate(hours))
    path.write_text("time,temperature\n" + rows + "\n", encoding="utf-8")
    assert read_weather(path, counts, 24)[:4, 0].tolist() == [0, 0, 0, 1]
    with pytest.raises(OptionError, match="23 steps have no value"):
        read_weather(path, counts, 48)


def test_groups_and_special_days(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("area,group\nAsker,west\n", encoding="utf-8")
    assert read_groups(path) == {"Asker": "west"}
    path.write_text("date,kind\n2026-07-29,olsok\n", encoding="utf-8")
    assert read_special_days(path) == {date(2026, 7, 29): "olsok"}


def test_sums_by_key_and_small_types() -> None:
    counts = np.arange(12, dtype=np.uint8).reshape(6, 2)
    found = sum_by(np.array([2, 0, 2, 2, 0, 4]), 5, counts)
    assert found.tolist() == [[10, 12], [0, 0], [10, 13], [0, 0], [10, 11]]
    assert compact(np.array([255])).dtype == np.uint8
    assert compact(np.array([256])).dtype == np.uint16
