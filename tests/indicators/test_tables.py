"""Tables: as the dictionary says, in order, the same bytes every time; and the figures in them."""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping

import numpy as np
import polars as pl
import pytest

from beredt.errors import UnknownIdError
from beredt.indicators.estimate import estimate
from beredt.indicators.flows import Counting
from beredt.indicators.measures.block import ALL_HOURS
from beredt.indicators.measures.catalogue import load_measures
from beredt.indicators.measures.flows import missions_from_to, zones_in
from beredt.indicators.measures.values import KEYS, indicator_values
from beredt.indicators.observed import Frame
from beredt.indicators.runs import Runs
from beredt.indicators.tables import indicator_tables
from beredt.indicators.tally import Tally, tally
from beredt.model.dictionary import load_fields
from tests.indicators.small_years import simulated_year
from tests.indicators.tiny import FAR_1, TOWN_1, VILLAGE, H, Sent, Story, Told

TABLES = [
    "indicators",
    "differences",
    "replications",
    "areas",
    "flows",
    "simultaneity",
    "simultaneity_hours",
    "units",
    "exceedance",
]
SEEDS = (3, 4, 21)


def town(minutes: float, replications: int = 3) -> Runs:
    """Acute calls in the town that are reached after some minutes, a little later in every replication."""
    beside = Told(call=700, area=VILLAGE, urgency=H, sent=(Sent(FAR_1, 702, scene=720),))

    def calls(late: float) -> tuple[Told, ...]:
        times = [100.0 * number for number in range(5)]
        return tuple(Told(call=t, sent=(Sent(TOWN_1, t, scene=t + minutes + late),)) for t in times)

    stories = [Story((*calls(late), beside)) for late in range(replications)]
    return Runs(stories[0].frame(), [story.tally() for story in stories])


@pytest.fixture(scope="module")
def simulated() -> tuple[dict[str, Frame], dict[str, list[Tally]]]:
    """Three alternatives that share nothing but their form, two replications each."""
    frames, tallies = {}, {}
    for seed in SEEDS:
        frame, year, _ = simulated_year(seed)
        later = year._replace(incidents=year.incidents._replace(call_t=year.incidents.call_t + 60.0))
        frames[f"alternative {seed}"] = frame._replace(local_group="all", area_local=frame.groups[0])
        tallies[f"alternative {seed}"] = [tally(frames[f"alternative {seed}"], one) for one in (year, later)]
    return frames, tallies


def test_tables_are_as_the_dictionary_says(
    simulated: tuple[dict[str, Frame], dict[str, list[Tally]]],
) -> None:
    types = {"int": pl.Int64, "float": pl.Float64}
    kept = {"acute": {"measure": "share_within_target", "urgency": "A", "group": "all"}, "km": {"measure": "km"}}
    tables = indicator_tables(*simulated, ["alternative 3"], kept)
    assert list(tables) == TABLES
    for name, table in tables.items():
        fields = load_fields(f"results/{name}")
        assert table.schema == {field.name: types.get(field.base_type, pl.String) for field in fields}
        key = [field.name for field in fields if field.key]
        assert not table.is_empty()
        assert table.equals(table.sort(key))
        assert not table.select(key).is_duplicated().any()
        for field in fields:
            low, high = field.bounds()
            column = table[field.name]
            assert not (field.required and column.has_nulls()), field.name
            assert low is None or column.drop_nulls().ge(low).all(), f"{name}.{field.name}"
            assert high is None or column.drop_nulls().le(high).all(), f"{name}.{field.name}"
            if field.choices:
                assert set(column) <= {*field.choices, "" if not field.required else field.choices[0]}


def test_tables_are_the_same_bytes_every_time(
    simulated: tuple[dict[str, Frame], dict[str, list[Tally]]],
) -> None:
    """Also when tallies have travelled between processes, and alternatives come in another order."""
    frames, tallies = pickle.loads(pickle.dumps(simulated))
    turned = {name: frames[name] for name in reversed(frames)}, {name: tallies[name] for name in reversed(tallies)}
    one, other = indicator_tables(*simulated, ["alternative 3"]), indicator_tables(*turned, ["alternative 3"])
    assert {name: parquet(table) for name, table in one.items()} == {
        name: parquet(table) for name, table in other.items()
    }


def parquet(table: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    table.write_parquet(file)
    return file.getvalue()


def test_every_measure_is_in_the_catalogue_and_comes_out(
    simulated: tuple[dict[str, Frame], dict[str, list[Tally]]],
) -> None:
    found = set(indicator_tables(*simulated, [])["indicators"]["measure"])
    assert found == set(load_measures())
    for measure in load_measures().values():
        assert measure.better in {"higher", "lower", ""}
        assert measure.depends_on_dispatch in {"no", "partly", "yes"}
        assert measure.unit
        assert all(text.endswith(".") for text in measure.description.values())


def test_an_indicator_has_the_interval_of_its_replications() -> None:
    runs = town(10)
    tables = indicator_tables({"today": runs.frame}, {"today": runs.tallies}, [])
    row = one_row(tables["indicators"], measure="response_mean_s", urgency="A", group="town", hour=ALL_HOURS)
    expected = estimate(np.array([600.0, 660.0, 720.0]))
    assert (row["unit"], row["value"], row["replications"]) == ("s", 660.0, 3)
    assert (row["low"], row["high"]) == pytest.approx((expected.low, expected.high))
    assert tables["differences"].is_empty()
    assert one_row(tables["indicators"], measure="incidents", urgency="A", group="all", hour=3)["value"] == 365.0


def test_differences_are_paired_by_replication() -> None:
    slow, fast = town(10), town(8)
    tables = indicator_tables({"0+": slow.frame, "2": fast.frame}, {"0+": slow.tallies, "2": fast.tallies}, ["0+"])
    row = one_row(tables["differences"], measure="response_mean_s", urgency="A", group="town", hour=ALL_HOURS)
    assert (row["baseline"], row["alternative"], row["value"]) == ("0+", "2", -120.0)
    assert (row["low"], row["high"]) == (-120.0, -120.0)  # every pair differs by two minutes
    level = tables["indicators"].filter(
        alternative="2", measure="response_mean_s", urgency="A", group="town", hour=ALL_HOURS
    )
    assert (level["high"] - level["low"]).item() > 200


def test_differences_leave_out_what_only_one_side_has() -> None:
    old, new = town(10), town(10)
    frame = new.frame._replace(station_ids=("town", "bekk"))
    tables = indicator_tables({"0+": old.frame, "2": frame}, {"0+": old.tallies, "2": new.tallies}, ["0+"])
    groups = set(tables["differences"]["group"])
    assert "station:town" in groups
    assert not groups & {"station:bekk", "station:far"}


def test_an_unknown_baseline_is_refused() -> None:
    runs = town(10)
    with pytest.raises(UnknownIdError, match="no alternative '0'"):
        indicator_tables({"0+": runs.frame}, {"0+": runs.tallies}, ["0"])


def test_hours_are_told_but_for_districts() -> None:
    runs = town(10)
    frame = runs.frame._replace(group_kinds=("all", "municipality", "district"))
    keys = indicator_values(Runs(frame, runs.tallies)).keys
    hourly = keys.filter(pl.col("measure").is_in(["incidents", "response_p90_s"]), pl.col("hour") != ALL_HOURS)
    assert set(hourly["group"]) == {"all", "town"}
    assert not set(keys.filter(pl.col("hour") != ALL_HOURS)["measure"]) & {"queued_share", "bumped"}


def test_one_replication_has_values_without_intervals() -> None:
    runs = town(10, replications=1)
    table = indicator_tables({"today": runs.frame}, {"today": runs.tallies}, [])["indicators"]
    assert table["value"].null_count() == 0
    assert table["low"].null_count() == table["high"].null_count() == len(table)


def test_without_a_local_group_nothing_is_drawn_in() -> None:
    runs = town(10)
    frame = runs.frame._replace(local_group="", area_local=np.zeros(2, np.bool_), unit_local=np.zeros(3, np.bool_))
    tables = indicator_tables({"today": frame}, {"today": [tally(frame, Story(()).year())]}, [])
    assert tables["simultaneity"].is_empty()
    assert tables["simultaneity_hours"].is_empty()
    assert not tables["indicators"].filter(pl.col("measure").str.contains("local|drawn|outside|conflict")).height


def test_areas_pool_all_replications() -> None:
    runs = town(10)
    areas = indicator_tables({"today": runs.frame}, {"today": runs.tallies}, [])["areas"]
    row = one_row(areas, area="town", urgency="A")
    assert row["incidents"] == 5 * 365
    assert row["mean_s"] == 660.0
    assert row["share_within_target"] == 1.0
    assert one_row(areas, area="village", urgency="H")["share_within_target"] is None
    assert one_row(areas, area="village", urgency="H")["nearest_station_share"] == 0.0


def test_exceedance_is_the_share_that_is_later() -> None:
    runs = town(10)
    table = indicator_tables({"today": runs.frame}, {"today": runs.tallies}, [])["exceedance"]
    town_a = table.filter(group="town", urgency="A")
    assert town_a["minutes"].to_list() == [step / 2 for step in range(121)]
    later = dict(zip(town_a["minutes"], town_a["share_later"], strict=True))
    assert (later[0.0], later[9.5], later[10.0], later[11.5], later[12.0]) == (1.0, 1.0, 2 / 3, 1 / 3, 0.0)


def test_flows_from_stations_to_zones() -> None:
    runs = town(10)
    table = indicator_tables({"today": runs.frame}, {"today": runs.tallies}, [])["flows"]
    assert one_row(table, station="town", zone="town", urgency="A", counting="missions")["value"] == 5 * 365
    assert one_row(table, station="far", zone="village", urgency="H", counting="first_units")["value"] == 365
    assert len(table) == 4
    assert missions_from_to(runs, ["far"], zones_in(runs.frame, "village")).tolist() == [365.0] * 3
    assert missions_from_to(runs, ["town", "far"], ["town"], ["A"], Counting.FIRST_UNITS).tolist() == [5 * 365.0] * 3
    assert zones_in(runs.frame, "all") == ("town", "village")
    with pytest.raises(UnknownIdError, match="no station 'twn'; did you mean 'town'"):
        missions_from_to(runs, ["twn"], ["town"])


def test_levels_of_an_hour_are_shares_of_all_days() -> None:
    runs = town(10)
    table = indicator_tables({"today": runs.frame}, {"today": runs.tallies}, [])["simultaneity_hours"]
    assert table.group_by("hour").agg(pl.col("share").sum())["share"].to_list() == [1.0] * 24


def test_an_unknown_indicator_is_refused() -> None:
    values = indicator_values(town(10))
    assert values.keys.columns == list(KEYS)
    with pytest.raises(UnknownIdError, match="no indicator 'response_mean A"):
        values.get("response_mean", "A")


def test_numbers_per_year_are_scaled_to_365_days() -> None:
    incidents = tuple(Told(call=1440 * day + 60) for day in range(2))
    story = Story(incidents, days=2)
    assert indicator_values(Runs(story.frame(), [story.tally()])).get("incidents", "A").tolist() == [365.0]


def test_borders_are_between_those_with_units_and_those_with_areas() -> None:
    runs = town(10)
    frame = runs.frame._replace(unit_org=np.array([0, 0, 0], np.int32))
    groups = set(indicator_values(Runs(frame, runs.tallies)).keys.filter(measure="missions_across")["group"])
    assert groups == {"centre:near>far", "centre:far>near", "organisation:ours>theirs"}


def one_row(table: pl.DataFrame, **where: str | int) -> Mapping[str, object]:
    """The only row with these values."""
    rows = table.filter(**where)
    assert len(rows) == 1, rows
    return rows.row(0, named=True)


def test_replications_are_what_a_mean_is_of(simulated: tuple[dict[str, Frame], dict[str, list[Tally]]]) -> None:
    kept = {"acute": {"measure": "response_mean_s", "urgency": "A"}, "nowhere": {"measure": "km", "group": "nowhere"}}
    tables = indicator_tables(*simulated, ["alternative 3"], kept)
    one = tables["replications"]
    assert set(one["id"]) == {"acute"}, "what no alternative has is left out"
    means = one.group_by("alternative").agg(pl.col("value").mean()).sort("alternative")
    known = tables["indicators"].filter(
        pl.col("measure") == "response_mean_s", pl.col("urgency") == "A", pl.col("group") == "all", pl.col("hour") == -1
    )
    assert means["value"].to_list() == pytest.approx(known.sort("alternative")["value"].to_list())
    assert one.group_by("alternative").len()["len"].to_list() == [2, 2, 2]
