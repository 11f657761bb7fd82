"""Published figures beside the model's: by hand, and with everything that may be missing."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from beredt.decision.comparable import TOLERANCES, Found, Missing
from beredt.decision.frames import result_schema
from beredt.decision.published import in_unit, published_table, published_values
from beredt.decision.today import Today
from beredt.model.study import Study
from beredt.roads.network import Network
from tests.decision.made_results import compare, flows, today_with


@pytest.mark.parametrize(
    ("unit", "indicator", "expected"),
    [
        ("missions", "missions:A+H:st-east:vest", 500.0),
        ("missions", "missions:A+H:st-east:group:west", 600.0),
        ("missions", "missions:A:st-east+st-west:vest", 1200.0),
        ("missions", "missions:A:st-west:ost", 75.0),
        ("missions", "missions:A:st-south:ost", 0.0),
        ("missions", "first_units:A:st-east:vest", 240.0),
        ("%", "missions_share:A:st-east:vest/west", 75.0),
        ("%", "missions_share:A+H/A+H+V:st-east:vest", 500 / 6),
        ("%", "share_within:A:12:municipality:ost", 80.0),
        ("%", "share_within:A:12:all", 75.0),
        ("%", "share_within:A:25:rural", 90.0),
        ("min", "median_response:A:all", 10.0),
        ("s", "median_response:A:all", 600.0),
        ("incidents", "incidents:A:vest", 500.0),
        ("days", "days_without_conflict:west", 12.0),
        ("%", "hour_share:A:9-19", 100 * 20 / 34),
        ("s", "interval_median:handling:A", 125.0),
        ("people", "people:2026:municipality:vest", 8900.0),
        ("people", "people:2026:municipality:vest+sor", 10000.0),
        ("people", "people:2026:district:ost-by+municipality:sor", 12400.0),
        ("%", "people_urban_share:2026:municipality:vest", 100 * 8200 / 8900),
    ],
)
def test_figures_by_hand(tiny: Study, tiny_network: Network, unit: str, indicator: str, expected: float) -> None:
    row = compare(tiny, tiny_network, 100.0, unit, indicator)
    assert row["missing"] == "", row["detail"]
    assert row["simulated"] == pytest.approx(expected)
    assert row["deviation"] == pytest.approx(expected - 100.0)
    assert row["unit"] == unit


def test_missions_per_1000_residents(tiny: Study, tiny_network: Network) -> None:
    row = compare(tiny, tiny_network, 134.8, "per 1,000", "missions_per_1000:A:vest")
    assert row["simulated"] == pytest.approx(1200 / 8.9)
    assert row["within"]


@pytest.mark.parametrize(
    ("indicator", "lack", "named"),
    [
        ("share_within_12_min:ost", "unknown_indicator", "share_within_12_min"),
        ("missions:A", "bad_argument", "A"),
        ("missions_share:A", "bad_argument", "A"),
        ("missions_per_1000:A", "bad_argument", "A"),
        ("missions:A:st-moon:vest", "unknown_place", "st-moon"),
        ("missions:A:st-east:moon", "unknown_place", "moon"),
        ("missions:Q:st-east:vest", "unknown_place", "Q"),
        ("missions:A:st-east:place:p-east", "unknown_place", "p-east"),
        ("missions_share:A:st-south:ost", "not_in_results", "no missions"),
        ("share_within:A:12", "bad_argument", "A:12"),
        ("share_within:A:7:all", "not_in_results", "share_within_7"),
        ("share_within:A:12:municipality:ost+vest", "not_in_results", "no group of its own"),
        ("share_within:A:12:moon:ost", "unknown_place", "moon"),
        ("median_response:A", "bad_argument", "A"),
        ("incidents:A", "bad_argument", "A"),
        ("days_without_conflict:forest", "not_in_results", "forest"),
        ("hour_share:A:19-9", "bad_argument", "19-9"),
        ("hour_share:H:9-19", "not_in_results", "incidents by hour"),
        ("interval_median:coffee:A", "not_in_results", "coffee"),
        ("people:1066:all", "not_in_results", "1066"),
        ("people:2026", "bad_argument", "2026"),
        ("people_urban_share:2026", "bad_argument", "2026"),
        ("people_near_border:2026:2:ost:moon", "unknown_place", "moon"),
        ("people_near_border:2026:far:ost:vest", "bad_argument", "far"),
        ("people_nearest_station:2026:vest:st-mid", "unknown_place", "st-mid"),
        ("people_nearest_station:2026:vest", "bad_argument", "2026"),
    ],
)
def test_what_cannot_be_computed_keeps_its_row_and_says_why(
    tiny: Study, tiny_network: Network, indicator: str, lack: str, named: str
) -> None:
    row = compare(tiny, tiny_network, 100.0, "people", indicator)
    assert row["missing"] == lack
    assert named in str(row["detail"])
    assert {row[key] for key in ("simulated", "deviation", "within", "tolerance", "rule")} == {None}


def test_empty_results_are_missing_and_not_nothing(tiny: Study, tiny_network: Network) -> None:
    empty = {name: pl.DataFrame(schema=result_schema(name)) for name in ("indicators", "flows")}
    figures = ["missions:A:st-east:vest", "missions_share:A:st-east:vest", "missions_per_1000:A:vest",
               "share_within:A:12:all", "days_without_conflict:west"]  # fmt: skip
    study = today_with(tiny, tiny_network, *((1.0, "x", figure) for figure in figures)).study
    table = published_table(Today(study, tiny_network, **empty), published_values())
    assert set(table["missing"]) == {"not_in_results"}


def test_missions_are_compared_with_first_units_too(tiny: Study, tiny_network: Network) -> None:
    today = today_with(tiny, tiny_network, (300.0, "missions", "missions:A:st-east:vest"))
    table = published_table(today, published_values())
    assert table["indicator"].to_list() == ["missions:A:st-east:vest", "first_units:A:st-east:vest"]
    assert table["simulated"].to_list() == [300.0, 240.0]
    assert table["within"].to_list() == [True, True]
    assert table["low"].to_list() == [290.0, 230.0]


def test_an_interval_of_a_sum_is_as_wide_as_all_its_parts(tiny: Study, tiny_network: Network) -> None:
    row = compare(tiny, tiny_network, 1.0, "missions", "missions:A+H:st-east:group:west")
    assert (row["low"], row["high"]) == (570.0, 630.0)


def test_one_replication_has_no_interval(tiny: Study, tiny_network: Network) -> None:
    today = today_with(tiny, tiny_network, (300.0, "missions", "missions:A:st-east:vest"))
    single = flows().with_columns(low=pl.lit(None, pl.Float64), high=pl.lit(None, pl.Float64))
    table = published_table(replace(today, flows=single), published_values())
    assert table["low"].to_list() == [None, None]
    assert table["simulated"].to_list() == [300.0, 240.0]


def test_other_alternatives_are_not_looked_at(tiny: Study, tiny_network: Network) -> None:
    assert compare(tiny, tiny_network, 10.0, "%", "share_within:A:12:ost")["simulated"] == pytest.approx(80.0)


def test_a_deviation_is_never_hidden(tiny: Study, tiny_network: Network) -> None:
    row = compare(tiny, tiny_network, 250.0, "missions", "missions:A+H:st-east:vest")
    assert row["within"] is False
    assert row["deviation_share"] == pytest.approx(1.0)
    assert row["tolerance"] == pytest.approx(50.0)


def test_zero_printed_has_no_relative_deviation(tiny: Study, tiny_network: Network) -> None:
    row = compare(tiny, tiny_network, 0.0, "days", "days_without_conflict:west")
    assert row["deviation_share"] is None
    assert row["within"] is False


def test_claims_about_reach_are_left_to_their_own_table(tiny: Study, tiny_network: Network) -> None:
    today = today_with(tiny, tiny_network, (10.0, "min", "reach:st-east:ost"))
    assert published_table(today, published_values()).is_empty()


def test_shares_and_times_must_come_in_a_unit_that_fits() -> None:
    share = Found(0.5, "share", "share", 0.4, 0.6)
    assert in_unit(share, "%") == Found(50.0, "%", "share", 40.0, 60.0)
    assert in_unit(share, "people") == Missing("unit", "share against people")
    assert in_unit(Found(3.0, "people", "people"), "persons") == Found(3.0, "people", "people")
    assert in_unit(Found(3.0, "people", "people"), "%") == Missing("unit", "people against %")


def test_tolerances_follow_their_rule() -> None:
    assert TOLERANCES["flow"].of(-100.0) == pytest.approx(20.0)
    assert TOLERANCES["share"].of(100.0) == 5.0


def test_people_near_a_border_by_hand(tiny: Study, tiny_network: Network) -> None:
    # The border is the meridian 10.58, 60 m to both sides. In the west the areas on 10.530 lie 2.74 km from it and are
    # 1 km wide, so of each 3.0 − 2.74 + 0.5 = 0.76 is within 3 km; in the east those on 10.640 lie 3.30 km away: 0.20.
    west, east = 3000 + 2500 + 2700, 4000 + 3500 + 3800
    row = compare(tiny, tiny_network, 1.0, "people", "people_near_border:2026:3:vest:ost")
    assert row["simulated"] == pytest.approx(0.76 * west + 0.20 * east, rel=0.02)
    other_way = compare(tiny, tiny_network, 1.0, "people", "people_near_border:2026:3:ost:vest")
    assert other_way["simulated"] == row["simulated"]


def test_without_outlines_the_border_runs_between_cells(tiny: Study, tiny_network: Network) -> None:
    today = today_with(tiny, tiny_network, (1.0, "people", "people_near_border:2026:7:vest:ost"))
    bare = replace(today, study=replace(today.study, outlines={"features": []}))
    near = published_table(bare, published_values())["simulated"][0]
    # 6.2 km between the columns 10.530 and 10.640, less half a cell: 5.7 km, wholly within 7 km; the others not wholly.
    assert 3000 + 2500 + 2700 + 4000 + 3500 + 3800 <= near <= 25800


def test_people_by_nearest_station(tiny: Study, tiny_network: Network) -> None:
    own = compare(tiny, tiny_network, 1.0, "people", "people_nearest_station:2026:municipality:vest:st-west")
    other = compare(tiny, tiny_network, 1.0, "people", "people_nearest_station:2026:municipality:vest:st-east")
    assert (own["simulated"], other["simulated"]) == (8900.0, 0.0)
