"""Tables of a log: a story worked out by hand, a slow twin, and published figures."""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from beredt.errors import StudyError
from beredt.indicators.log.interval_table import KEYS
from beredt.indicators.log.options import LogOptions
from beredt.indicators.log.printed_figures import printed_table, read_printed
from beredt.indicators.log.tables import log_tables
from beredt.missions.store import Store
from beredt.model.dictionary import load_fields
from beredt.model.published_figure import PublishedFigure
from beredt.model.read import load_study
from beredt.model.study import Study
from tests.indicators.log.small_log import ZONE, generated_log, store_of

EVERYTHING = LogOptions(threshold=0)
ASKER = {"lat": 59.8331, "lon": 10.4392}
OSLO = {"lat": 59.9139, "lon": 10.7522}


def mission(call: float, *after: float | None, **more: Any) -> dict[str, Any]:
    """A mission: the call, and minutes from it to alerted, rolling, scene, leaving, delivery, free."""
    stamps = ("alerted_t", "rolling_t", "scene_t", "leave_t", "dest_t", "free_t")
    times = {name: None if one is None else call + one for name, one in zip(stamps, after, strict=False)}
    return {"call_t": call, **times, **more}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Four incidents of 2 January 2023, the first at 9 o'clock in Norway. The third has two units."""
    return store_of(
        tmp_path_factory.mktemp("story") / "log",
        [
            mission(0, 2, 3, 9, 30, 45, 60, incident=0, station="asker", **ASKER),
            mission(10, 2, 4, 16, 30, 45, 60, incident=1, station="baerum", **ASKER),
            mission(70, 1, 2, 14, 20, None, 30, incident=2, station="sentrum", **OSLO),
            mission(70, 1, 2, 8, 20, None, 30, incident=2, station="sentrum", unit_kind="single_responder", **OSLO),
            mission(80, 5, 6, None, None, None, 9, incident=3, urgency="H", urgency_first="A", cancelled=True),
        ],
    )


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study("asker-baerum")


@pytest.fixture(scope="module")
def story_tables(story: Store, study: Study) -> dict[str, pl.DataFrame]:
    """All tables of the story, nothing left out."""
    return log_tables(story, study, EVERYTHING)


def clock_seconds(text: str) -> int:
    """Seconds of hh:mm:ss."""
    hours, minutes, seconds = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def row(table: pl.DataFrame, **keys: str) -> dict[str, Any]:
    """The one row with these keys; those that are not named are empty."""
    wanted = {name: keys.get(name, "") for name in keys.keys() | (set(KEYS) & set(table.columns))}
    found = table.filter(*(pl.col(name) == value for name, value in wanted.items()))
    assert found.height == 1, (keys, found)
    return found.row(0, named=True)


def test_the_story_per_incident(story_tables: dict[str, pl.DataFrame]) -> None:
    """Responses 9, 16 and 14 minutes: mean 13, median 14, one of three within 12, in Asker one of two."""
    table = story_tables["intervals"].filter(counting="incident")
    all_acute = row(table, interval="response", urgency="A")
    assert (all_acute["n"], all_acute["mean_s"], all_acute["median_s"]) == (3, 780.0, 840.0)
    assert all_acute["share_12"] == all_acute["share_target"] == pytest.approx(1 / 3)
    assert all_acute["share_25"] == 1.0
    assert row(table, interval="response", urgency="A", by="municipality", key="asker")["median_s"] == 750.0
    assert row(table, interval="response", urgency="A", by="hour", key="09")["n"] == 2
    assert row(table, interval="response", urgency="A", by="weekday", key="mon")["n"] == 3
    assert row(table, interval="response", urgency="A", by="month", key="2023-01")["n"] == 3
    assert row(table, interval="handling", urgency="", by="municipality", key="none")["mean_s"] == 300.0
    both = {"by": "municipality", "key": "oslo", "by2": "month", "key2": "2023-01"}
    assert row(table, interval="response", urgency="A", **both)["mean_s"] == 840.0


def test_a_single_responder_stops_the_clock_only_where_that_is_wanted(story: Store, study: Study) -> None:
    options = dataclasses.replace(EVERYTHING, responders_stop_the_clock=True)
    table = log_tables(story, study, options)["intervals"].filter(counting="incident")
    assert row(table, interval="response", urgency="A", by="municipality", key="oslo")["mean_s"] == 480.0


def test_the_story_per_mission(story_tables: dict[str, pl.DataFrame]) -> None:
    table = story_tables["intervals"].filter(counting="mission")
    assert row(table, interval="response", urgency="A")["n"] == 4
    assert row(table, interval="travel", urgency="A", by="station", key="sentrum")["mean_s"] == 540.0
    assert row(table, interval="response", urgency="A", by="unit_kind", key="single_responder")["mean_s"] == 480.0
    assert row(table, interval="transport", urgency="")["n"] == 2


def test_the_story_as_missions_by_station(story_tables: dict[str, pl.DataFrame]) -> None:
    table = story_tables["missions_by_station"]
    asker = row(table, year="2023", municipality="asker", urgency="A", station="asker")
    assert (asker["missions"], asker["share_of_place"], asker["share_of_station"]) == (1, 0.5, 1.0)
    assert row(table, year="2023", municipality="", urgency="", station="")["missions"] == 4, "one was cancelled"


def test_the_story_as_the_national_indicator(story_tables: dict[str, pl.DataFrame]) -> None:
    """Four were red first or last; one changed; of three one was reached within 12 minutes."""
    table = story_tables["national_indicator"]
    whole = row(table, variant="national", year="", municipality="", where="")
    assert [whole[name] for name in ("incidents", "urgency_changed", "counted", "within")] == [4, 1, 3, 1]
    assert whole["left_out_share"] == 0.25
    assert whole["share"] == pytest.approx(1 / 3)


def test_nothing_is_told_of_so_few(story: Store, study: Study) -> None:
    tables = log_tables(story, study)
    assert tables["intervals"]["n"].drop_nulls().is_empty()
    assert tables["missions_by_station"]["missions"].drop_nulls().is_empty()
    assert tables["national_indicator"]["incidents"].drop_nulls().is_empty()
    assert set(tables["intervals"]["suppressed"]) == {"all"}


def test_a_log_without_a_change_of_urgency_does_not_tell_that_there_was_none(tmp_path: Path, study: Study) -> None:
    store = store_of(tmp_path / "log", [mission(0, 1, 2, 8, **OSLO), mission(1, 1, 2, 9, **OSLO)])
    table = log_tables(store, study, EVERYTHING)["national_indicator"]
    found = row(table, variant="national", year="", municipality="", where="")
    assert (found["urgency_changed"], found["changes_told"], found["counted"], found["left_out_share"]) == (
        None, False, 2, 0.0,
    )  # fmt: skip


def test_why_an_incident_does_not_count(tmp_path: Path, study: Study) -> None:
    store = store_of(
        tmp_path / "log",
        [
            mission(0, 1, 2, 8, **OSLO),
            mission(1, 1, 2, 26, **OSLO),
            mission(2, 1, 2, None, **OSLO),
            mission(3, 1, None, 8, **OSLO),
            mission(4, 3, 2, 8, **OSLO),
            mission(5, 1, 2, 8, lat=None, lon=None),
            mission(6, 1, 2, 8, urgency_first="H", **OSLO),
            mission(7, 1, 2, 8, urgency="V", **OSLO),
        ],
    )
    table = log_tables(store, study, EVERYTHING)["national_indicator"]
    found = row(table, variant="national", year="2023", municipality="", where="")
    names = ("incidents", "urgency_changed", "not_reached", "stamp_missing", "place_unknown", "counted", "within")
    assert [found[name] for name in names] == [7, 1, 1, 2, 1, 2, 1]


def test_a_rural_place_in_an_urban_municipality(tmp_path: Path, study: Study) -> None:
    """Reached after 20 minutes: late for the municipality, in time for the place."""
    rural = next(area for area in study.service.areas if not area.urban and area.municipality == "asker")
    store = store_of(tmp_path / "log", [mission(0, 1, 2, 20, lat=rural.lat, lon=rural.lon)])
    table = log_tables(store, study, EVERYTHING)["national_indicator"]
    assert row(table, variant="national", year="2023", municipality="asker", where="urban")["within"] == 0
    assert row(table, variant="true_position", year="2023", municipality="asker", where="rural")["within"] == 1


def test_a_name_is_asked_only_where_there_is_no_position(tmp_path: Path, study: Study) -> None:
    store = store_of(
        tmp_path / "log",
        [
            mission(0, 1, 2, 8, municipality="Bærum"),
            mission(1, 1, 2, 8, municipality="3201"),
            mission(2, 1, 2, 8, municipality="BÆRUM", **OSLO),
            mission(3, 1, 2, 8, municipality="Elsewhere"),
            mission(4, 1, 2, 8, municipality="", lat=63.4, lon=10.4),
        ],
    )
    table = log_tables(store, study, EVERYTHING)["missions_by_station"]
    found = table.filter(pl.col("municipality") != "", urgency="", station="").select("municipality", "missions")
    assert dict(found.rows()) == {"baerum": 2, "oslo": 1, "Elsewhere": 1, "none": 1}


def test_missions_told_twice_count_once(tmp_path: Path) -> None:
    store = store_of(
        tmp_path / "log", [mission(0, 1, 2, 8), mission(0, 1, 2, 8, marks=1 << 1), mission(0, 1, 2, 9, unit="")]
    )
    assert log_tables(store, None, EVERYTHING)["missions_by_station"]["missions"].max() == 1


def test_the_year_before(tmp_path: Path) -> None:
    """Three missions in December 2022, two in January 2023: one fewer."""
    december = -20 * 1440
    calls = (december, december + 1, december + 2, 0, 1)
    store = store_of(tmp_path / "log", [mission(call, 1, 2, 8) for call in calls])
    table = log_tables(store, None, EVERYTHING)["missions_by_station"]
    found = row(table, year="2023", municipality="", urgency="A", station="")
    assert (found["missions"], found["before"], found["change"]) == (2, 3, -1)
    assert found["change_share"] == pytest.approx(-1 / 3)
    assert row(table, year="2022", municipality="", urgency="A", station="")["before"] is None


@pytest.mark.parametrize(
    ("tettsted", "mean", "median", "p90"),
    [("Askjem", "00:21:24", "00:17:46", "00:32:46"), ("Aure", "00:16:15", "00:06:32", "00:46:40")],
)
def test_response_by_tettsted_as_printed(tmp_path: Path, tettsted: str, mean: str, median: str, p90: str) -> None:
    """Eleven responses with the printed median in the middle, the printed 90th percentile as the tenth, and a last one
    that brings the mean to the printed one.
    """
    wanted, middle, tenth = (clock_seconds(text) for text in (mean, median, p90))
    low, between = [middle - 60] * 5, [middle + 30] * 3
    last = 11 * wanted - sum(low) - middle - sum(between) - tenth
    assert last >= tenth
    seconds = [*low, middle, *between, tenth, last]
    store = store_of(tmp_path / "log", [mission(i, 1, 2, one / 60, tettsted=tettsted) for i, one in enumerate(seconds)])
    table = log_tables(store, None)["intervals"].filter(counting="incident")
    found = row(table, interval="response", urgency="A", by="tettsted", key=tettsted)
    assert (found["mean_s"], found["median_s"], found["p90_s"]) == (wanted, middle, tenth)


def test_a_log_of_nothing(tmp_path: Path, study: Study) -> None:
    tables = log_tables(store_of(tmp_path / "log", []), study)
    assert tables["intervals"].is_empty()
    assert tables["national_indicator"].is_empty()


def test_columns_are_those_of_the_dictionary(story: Store) -> None:
    for name, table in log_tables(story, None, EVERYTHING).items():
        assert table.columns == [field.name for field in load_fields(f"missions_report/{name}")]


def slow_intervals(store: Store) -> dict[tuple[str, ...], list[float]]:
    """Every duration of every cell by plain loops over the missions, without a study."""
    found: dict[tuple[str, ...], list[float]] = defaultdict(list)
    ends = {"handling": ("call_t", "alerted_t"), "response": ("call_t", "scene_t"), "on_scene": ("scene_t", "leave_t")}
    frame = store.missions().with_columns(local=pl.col("call_t").dt.convert_time_zone(ZONE)).collect()
    for one in frame.iter_rows(named=True):
        here = one["local"]
        keys = {
            ("", ""), ("municipality", one["municipality"]), ("station", one["station"]),
            ("hour", f"{here.hour:02d}"), ("month", f"{here.year}-{here.month:02d}"),
        }  # fmt: skip
        for interval, (begin, end) in ends.items():
            if one[begin] is not None and one[end] is not None:
                seconds = (one[end] - one[begin]).total_seconds()
                for by, key in keys:
                    for urgency in {"", one["urgency"]}:
                        found[interval, urgency, by, key].append(seconds)
    return found


def test_the_slow_twin_agrees(tmp_path: Path) -> None:
    store = generated_log(tmp_path / "log", 300, 3)
    table = log_tables(store, None, EVERYTHING)["intervals"].filter(
        pl.col("counting") == "mission", pl.col("by2") == ""
    )
    expected = slow_intervals(store)
    wanted = table.filter(
        pl.col("interval").is_in(["handling", "response", "on_scene"]),
        pl.col("by").is_in(["", "municipality", "station", "hour", "month"]),
    )
    assert wanted.height == len(expected)
    for one in wanted.iter_rows(named=True):
        seconds = expected[one["interval"], one["urgency"], one["by"], one["key"]]
        assert one["n"] == len(seconds)
        assert one["mean_s"] == pytest.approx(np.mean(seconds), abs=1e-3)
        # By the second in which each ends.
        assert one["median_s"] == pytest.approx(np.median([math.ceil(s) for s in seconds]), abs=1e-6)
        if one["interval"] == "response":
            assert one["share_12"] == pytest.approx(np.mean([s <= 720 for s in seconds]))


def test_threads_change_nothing(tmp_path: Path) -> None:
    store = generated_log(tmp_path / "log", 120, 4)
    one, two = (log_tables(store, None, LogOptions(jobs=jobs)) for jobs in (1, 2))
    assert all(one[name].equals(two[name]) for name in one)


def test_what_is_shown_is_what_it_was(tmp_path: Path, study: Study) -> None:
    """Leaving out changes nothing of the rest, and every small count is gone."""
    store = generated_log(tmp_path / "log", 200, 5, days=60)
    open_tables, shown_tables = log_tables(store, study, EVERYTHING), log_tables(store, study)
    for name in ("intervals", "missions_by_station"):
        plain, shown = open_tables[name], shown_tables[name]
        count = "n" if name == "intervals" else "missions"
        assert plain.height == shown.height
        assert (shown[count].drop_nulls() >= 5).all()
        kept = shown[count].is_not_null()
        assert plain[count].filter(kept).to_list() == shown[count].filter(kept).to_list()


class TestPrinted:
    """Printed shares are made again from printed counts."""

    def test_the_wrong_share_of_the_bundled_study_is_flagged(self, study: Study) -> None:
        """1,860 of 2,128 is 87.4 %; 85.2 % is printed. 1,620 of 1,860 is 87.1 %, as printed."""
        table = printed_table(study.published, study.settings)
        assert table.filter(pl.col("agrees").not_())["id"].to_list() == ["outside-urgent-share-2023"]
        wrong = table.row(by_predicate=pl.col("id") == "outside-urgent-share-2023", named=True)
        assert wrong["recomputed"] == pytest.approx(87.406, abs=5e-4)
        assert row(table, id="outside-share-baerum-2023")["agrees"]
        assert row(table, id="outside-urgent-2023")["made_of"] == "outside-baerum-2023+outside-asker-2023"

    @pytest.mark.parametrize(("printed", "agrees"), [(33.3, True), (33.0, True), (33.4, False), (34.0, False)])
    def test_rounding_as_printed(self, printed: float, agrees: bool) -> None:
        figures = [
            PublishedFigure("part", 1, "missions", "missions:A:asker:asker", "", None),
            PublishedFigure("whole", 3, "missions", "missions:A+H:asker:asker", "", None),
            PublishedFigure("share", printed, "%", "missions_share:A/A+H:asker:asker", "", None),
        ]
        assert printed_table(figures)["agrees"].to_list()[-1] is agrees

    def test_beside_a_log_only_what_its_table_shows(self, story: Store, study: Study) -> None:
        figures = [
            PublishedFigure("a", 7, "missions", "missions:A:asker+baerum:asker", "", None),
            PublishedFigure("b", 50.0, "%", "missions_share:A:asker:asker/oslo+asker", "", None),
            PublishedFigure("c", 7, "missions", "missions:A:asker:district:ullern", "", None),
        ]
        open_table = log_tables(story, study, EVERYTHING, figures)["printed_figures"]
        assert open_table["in_log"].to_list() == [2.0, 100.0, None]
        assert open_table["deviation"].to_list()[:1] == [-5.0]
        shown = log_tables(story, study, printed=figures)["printed_figures"]
        assert shown["in_log"].drop_nulls().is_empty()

    def test_a_file_with_faults_says_all_of_them(self, tmp_path: Path) -> None:
        file = tmp_path / "printed.csv"
        file.write_text("id,value,unit,indicator,sorce\na,x,%,missions:A:b:c,d\n", encoding="utf-8")
        with pytest.raises(StudyError, match="source") as caught:
            read_printed(file)
        assert len(caught.value.issues) >= 3

    def test_a_file(self, tmp_path: Path) -> None:
        file = tmp_path / "printed.csv"
        file.write_text("id,value,unit,indicator,source,note\na,7,missions,missions:A:b:c,d,\n", encoding="utf-8")
        assert read_printed(file)[0].value == 7.0


def test_handling_is_not_told_where_the_clock_starts_with_the_alert(tmp_path: Path) -> None:
    missions = [{"call_t": 0, "alerted_t": 0, "rolling_t": 1, "scene_t": 8, "free_t": 40}] * 10
    told = log_tables(store_of(tmp_path / "knows", missions))["intervals"]
    silent = log_tables(store_of(tmp_path / "not", missions, call_from="alerted_t"))["intervals"]
    assert "handling" in told["interval"].to_list()
    assert silent.equals(told.filter(pl.col("interval") != "handling"))
