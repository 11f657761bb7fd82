"""Printed figures about times, simultaneity, hours and use of stations, beside tables of a log."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from beredt.indicators.log.options import LogOptions
from beredt.indicators.log.printed_others import printed_others_table
from beredt.indicators.log.printed_places import find_keys
from beredt.indicators.log.printed_values import LEFT_OUT, NOT_IN_LOG, Shown
from beredt.indicators.log.tables import log_tables
from beredt.model.published_figure import PublishedFigure
from beredt.model.read import load_study
from tests.indicators.log.small_log import store_of

TETTSTEDER = """Askjem 00:21:24 00:17:46 00:32:46 · Aukra 00:07:06 00:06:22 00:11:21 · Aure 00:16:15 00:06:32 00:46:40 ·
Austnes 00:09:17 00:09:09 00:12:26 · Bangsund 00:12:53 00:12:24 00:16:36 · Batnfjordsøra 00:13:57 00:13:25 00:21:27 ·
Bergsmo 00:11:14 00:10:17 00:16:11 · Berkåk 00:12:10 00:07:56 00:28:11 · Botngård 00:16:34 00:16:11 00:22:47 ·
Brandal 00:14:28 00:14:26 00:21:44 · Bratsberg 00:16:27 00:16:35 00:19:53 · Brattvåg 00:10:21 00:07:14 00:22:19 ·
Brekstad 00:09:39 00:06:59 00:15:17 · Bremsnes 00:13:40 00:14:02 00:17:16 · Brønnsletten 00:12:47 00:12:47 00:12:57"""
"""Mean, median and 90th percentile of the response by tettsted, as printed for Midt-Norge."""


def seconds(clock: str) -> int:
    hours, minutes, rest = clock.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + int(rest)


def printed_tettsteder() -> list[PublishedFigure]:
    """Three figures for each."""
    names = ("response_mean", "median_response", "response_p90")
    return [
        PublishedFigure(f"{name}-{kind}", seconds(clock), "s", f"{kind}:A:tettsted:{name}", "Midt-Norge", None)
        for name, *clocks in (one.split() for one in TETTSTEDER.split("·"))
        for kind, clock in zip(names, clocks, strict=True)
    ]


def figure(indicator: str, value: float, unit: str, name: str = "") -> PublishedFigure:
    return PublishedFigure(name or indicator, value, unit, indicator, "", None)


def row(table: pl.DataFrame, name: str) -> dict[str, Any]:
    return table.row(by_predicate=pl.col("id") == name, named=True)


def mission(call: float, minutes: float, tettsted: str = "", **more: Any) -> dict[str, Any]:
    stamps = {"alerted_t": call + 1, "rolling_t": call + 2, "scene_t": call + minutes, "free_t": call + 60}
    return {"call_t": call, **stamps, "tettsted": tettsted, **more}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """In each printed tettsted 11 responses of 5, 6 … 15 minutes, but in Aukra four."""
    names = [one.split()[0] for one in TETTSTEDER.split("·")]
    missions = [
        mission(600 * number, 5 + number, name, station="baerum")
        for name in names
        for number in range(4 if name == "Aukra" else 11)
    ]
    tables = log_tables(store_of(tmp_path_factory.mktemp("log") / "store", missions), None, LogOptions())
    return Shown(tables, None)


def test_every_printed_tettsted_stands_beside_the_logs(log: Shown) -> None:
    """The 6th of 11 is 10 minutes, the 10th 14."""
    figures = printed_tettsteder()
    table = printed_others_table(figures, log)
    assert table["id"].to_list() == [one.id for one in figures]
    aure = [row(table, f"Aure-{kind}") for kind in ("response_mean", "median_response", "response_p90")]
    assert [one["in_log"] for one in aure] == [600.0, 600.0, 840.0]
    assert [one["deviation"] for one in aure] == [600 - 975, 600 - 392, 840 - 2800]
    assert row(table, "Aukra-response_mean")["missing"] == LEFT_OUT
    assert table["agrees"].all()


def test_three_figures_that_cannot_be_of_the_same_times_are_flagged(log: Shown) -> None:
    """A mean of 5 minutes, but half the times 12 or more and a tenth 20 or more: the mean is 6.8 at least."""
    figures = [
        figure("response_mean:A:tettsted:Aure", 300, "s"),
        figure("median_response:A:tettsted:Aure", 720, "s"),
        figure("response_p90:A:tettsted:Aure", 1200, "s"),
        figure("median_response:A:tettsted:Berkåk", 720, "s"),
    ]
    table = printed_others_table(figures, log)
    assert table["agrees"].to_list() == [False, False, False, None]
    assert table["made_of"][0] == "median_response:A:tettsted:Aure+response_p90:A:tettsted:Aure"


@pytest.mark.parametrize(("active", "standby", "agrees"), [(38.5, 61.5, True), (38.5, 62.5, False)])
def test_active_and_standby_make_up_the_whole(active: float, standby: float, agrees: bool) -> None:
    units = pl.DataFrame({"station": ["vest"], "unit": [""], "utilisation": [0.25], "suppressed": [False]})
    figures = [figure("active_share:vest", active, "%"), figure("standby_share:vest", standby, "%")]
    table = printed_others_table(figures, Shown({"service_units": units}, None))
    assert table["agrees"].to_list() == [agrees, agrees]
    assert table["in_log"].to_list() == [25.0, 75.0]
    assert table["deviation"].to_list() == [25.0 - active, 75.0 - standby]


def test_days_without_a_unit_drawn_in_are_told_for_a_year_and_only_of_the_local_group() -> None:
    drawn_in = [0] * 24 + [1] + [0] * 23
    calendar = pl.DataFrame({"date": ["2024-01-01"] * 24 + ["2024-01-02"] * 24, "drawn_in": drawn_in})
    shown = Shown({"service_calendar": calendar}, None, "asker-baerum")
    figures = [figure("days_without_conflict:asker-baerum", 0, "days"), figure("days_without_conflict:oslo", 0, "days")]
    table = printed_others_table(figures, shown)
    assert table["in_log"].to_list() == [182.5, None]
    assert table["missing"].to_list() == ["", NOT_IN_LOG]


def test_shares_hours_and_intervals(log: Shown) -> None:
    counts = pl.DataFrame(
        {"by": ["hour"] * 3, "key": ["08", "09", "none"], "urgency": ["A"] * 3, "n": [30, 10, 5]},
    )
    shown = log._replace(tables={**log.tables, "incident_counts": counts})
    figures = [
        figure("share_within:A:12:all", 80.0, "%"),
        figure("share_within:A:25:tettsted:Aure+Berkåk", 0.5, "share"),
        figure("hour_share:A:9-19", 58, "%"),
        figure("interval_median:handling:A", 125, "s"),
        figure("median_response:A:tettsted:Aure", 10.5, "min"),
        figure("median_response:A:tettsted:Aure+Berkåk", 10.5, "min"),
        figure("people:2022:all", 5, "people"),
    ]
    table = printed_others_table(figures, shown)
    assert table.height == 6
    of_all = (14 * 8 + 4) / (14 * 11 + 4)
    assert table["in_log"].to_list() == [pytest.approx(100 * of_all), 1.0, 25.0, 60.0, 10.0, None]


def test_places_of_a_study() -> None:
    study = load_study("asker-baerum")
    assert find_keys("group:drammen-lier", study) == ("municipality", ("drammen", "lier"))
    assert find_keys("oslo-west", study) == ("district", ("ullern", "vestre-aker"))
    assert find_keys("municipality:oslo+district:ullern", study) is None
    assert find_keys("nowhere", study) is None
    assert find_keys("rural", study) is None
