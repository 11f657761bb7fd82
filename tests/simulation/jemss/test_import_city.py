"""A city and its calls become a study: whole, checked, and every figure as it was."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from beredt.errors import ForeignFilesError
from beredt.model.issue import has_errors
from beredt.model.read import load_study, read_study
from beredt.model.study import Study
from beredt.roads.graph.from_study import make_road_tables
from beredt.simulation.jemss.import_city import ImportSummary, import_city
from tests.simulation.jemss.tiny_city import (
    CALLS,
    CELL,
    MODEL,
    NORTH,
    PAIRS,
    PEOPLE,
    RASTER,
    WEST,
    Content,
    city_files,
    raster,
    replaced,
    write_city,
)
from tests.tiny_trace_study import KM

DAY_S = 86_400


def imported(folder: Path, changes: dict[str, Content] | None = None, **given: Any) -> tuple[Study, ImportSummary]:
    city = write_city(folder / "tiny_city", changes)
    options: dict[str, Any] = {"redispatch": "redispatch_lower_to_high", "rasters": city / "rasters", **given}
    calls = options.pop("calls", city / "calls.csv")
    summary = import_city(city, calls, options["redispatch"], options["rasters"], folder / "study")
    return load_study(folder / "study"), summary


def test_the_study_has_no_faults(tmp_path: Path) -> None:
    imported(tmp_path)
    _, issues = read_study(tmp_path / "study")
    assert issues == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["study", "tiny_city"], "no draft is left"


def test_the_summary_counts_everything(tmp_path: Path) -> None:
    _, summary = imported(tmp_path)
    assert dict(summary.counts) == {
        "calls": 4, "nodes": 8, "arcs": 17, "travel_modes": 2, "travel_sets": 1, "stations": 2, "hospitals": 2,
        "ambulances": 3, "priorities": 3, "cover_times": 3, "demand_points": 3,
    }  # fmt: skip
    assert summary.city == "tiny_city"
    assert summary.divert == ("A>H", "A>V")
    assert summary.files[-1] == "calls.csv"
    assert len(summary.files) == 12


def test_calls_become_a_trace_in_seconds(tmp_path: Path) -> None:
    trace = imported(tmp_path)[0].trace
    assert trace is not None
    assert trace["incident"].to_list() == [1, 2, 3, 4]
    assert trace["urgency"].to_list() == ["A", "V", "H", "A"]
    assert trace["call_s"].to_list() == [0.01 * DAY_S, 0.0125 * DAY_S, 0.0125 * DAY_S, 1.25 * DAY_S]
    assert trace["handling_s"].to_list() == [0.0005 * DAY_S] * 4
    assert trace["mobilisation_s"].to_list() == [0.0] * 4
    assert trace["transported"].to_list() == [True, False, True, True]
    assert trace["hospital"].to_list() == [None, None, "hospital-2", "hospital-1"]
    assert trace["handover_s"].to_list() == [0.006 * DAY_S, 0.0, 0.001 * DAY_S, 0.002 * DAY_S], "0 without transport"
    assert trace["area"].unique().to_list() == ["all"]


def test_places_units_and_rules(tmp_path: Path) -> None:
    study, _ = imported(tmp_path)
    service = study.service
    assert [(one.id, one.name) for one in service.stations] == [
        ("station-1", "First, at the ladder"), ("station-2", "Station 2"),
    ]  # fmt: skip
    assert [one.name for one in service.hospitals] == ["General", "Other"]
    assert [(one.id, one.station) for one in service.units] == [
        ("ambulance-1", "station-1"), ("ambulance-2", "station-2"), ("ambulance-3", "station-2"),
    ]  # fmt: skip
    assert service.dispatch.divert == (("A", "H"), ("A", "V"))
    assert service.dispatch.divert_margin_s == 0.0
    assert [(one.urgency, one.minutes) for one in study.settings.targets] == [("A", 7.2), ("H", 14.4), ("V", 28.8)]
    assert (study.settings.simulation.days, study.settings.simulation.warmup_days) == (2, 0)
    assert [(one.urgency, one.cover_s, one.rate_per_day) for one in study.cover] == [
        ("A", 432.0, 160.0), ("H", 432.0, 70.5), ("V", 1080.0, 50.0),
    ]  # fmt: skip


def test_roads_are_those_of_the_files(tmp_path: Path) -> None:
    study, _ = imported(tmp_path)
    assert study.roads is not None
    tables = make_road_tables(study.roads)
    assert (tables.time_unit_s, tables.km_per_degree) == (86_400.0, (55.8, 111.32))
    assert list(zip((tables.arc_from + 1).tolist(), (tables.arc_to + 1).tolist(), strict=True)) == PAIRS
    assert tables.arc_time[:, 0].tolist() == [1.0 / 1440, 1.5 / 1440]
    assert tables.arc_km.tolist() == [KM] * len(PAIRS)
    assert tables.off_road_kmh.tolist() == [47.0, 33.0]
    assert tables.access.tolist() == [True, False, True, True] * 2


def test_undirected_arcs_are_driven_both_ways(tmp_path: Path) -> None:
    roads = imported(tmp_path, replaced("travel/roads/arcs.csv", "directed", "undirected"))[0].roads
    assert roads is not None
    tables = make_road_tables(roads)
    arcs = len(PAIRS)
    assert len(tables.arc_from) == 2 * arcs
    assert tables.arc_from[arcs:].tolist() == tables.arc_to[:arcs].tolist()
    assert tables.arc_time[:, arcs:].tolist() == tables.arc_time[:, :arcs].tolist()


def test_without_distances_arcs_are_as_long_as_the_crow_flies(tmp_path: Path) -> None:
    text = str(city_files()[f"{MODEL}/travel/roads/arcs.csv"])
    plain = re.sub(r"(?m)^(\d+\.0,\d+\.0,\d+\.0),1\.0,", r"\1,", text.replace("distance,", ""))
    roads = imported(tmp_path, {f"{MODEL}/travel/roads/arcs.csv": plain})[0].roads
    assert roads is not None
    tables = make_road_tables(roads)
    assert tables.arc_km[0] == pytest.approx(0.01 * 55.8, rel=1e-9)


def test_travel_sets_change_with_time(tmp_path: Path) -> None:
    change = replaced("travel/travel/travel_1.csv", "1,lowPriority,2\n,,",
                      "1,lowPriority,2\n2,highPriority,2\n2,medPriority,2\n2,lowPriority,1\n,,")  # fmt: skip
    path = f"{MODEL}/travel/travel/travel_1.csv"
    change[path] = str(change[path]).replace("0,1,\n", "0,1,\n0.25,2,\n")
    study, summary = imported(tmp_path, change)
    assert [period.start_s for period in study.travel_periods] == [0.0, 21_600.0]
    assert dict(study.travel_periods[1].mode_of) == {
        "A": "mode-2", "H": "mode-2", "V": "mode-1", "transport": "mode-1", "return": "mode-1",
    }  # fmt: skip
    assert summary.counts["travel_sets"] == 2


def test_a_response_may_drive_as_another_priority_does(tmp_path: Path) -> None:
    text = (
        "priorities\npriority,name,targetResponseDuration,responseTravelPriority\n1,highPriority,0.005,highPriority\n"
        "2,medPriority,0.01,lowPriority\n3,lowPriority,0.02,lowPriority\n"
    )
    study, _ = imported(tmp_path, {f"{MODEL}/misc/call priorities/priorities_1.csv": text})
    assert study.travel_periods[0].mode_of["H"] == "mode-2"
    assert study.travel_periods[0].mode_of["transport"] == "mode-2"


def test_redispatch_off(tmp_path: Path) -> None:
    study, summary = imported(tmp_path, redispatch="redispatch_off")
    assert not [*study.service.dispatch.divert, *summary.divert]


def test_cells_with_people_become_points(tmp_path: Path) -> None:
    points = imported(tmp_path)[0].demand_points
    # West to east, and in each column from south to north.
    assert points["people"].to_list() == [1.0, 2.0, 4.5]
    np.testing.assert_allclose(points["lon"], WEST + CELL * np.array([0.5, 1.5, 2.5]), rtol=1e-15)
    np.testing.assert_allclose(points["lat"], NORTH - CELL * np.array([1.5, 0.5, 1.5]), rtol=1e-15)


def test_a_cell_may_have_several_points(tmp_path: Path) -> None:
    change = replaced("demand/coverage/demand_coverage_1.csv", "1,1,\n", "2,3,\n")
    points = imported(tmp_path, change)[0].demand_points
    assert points.height == 3 * 6
    assert points["people"].sum() == pytest.approx(PEOPLE.sum())
    first = points[:6]
    np.testing.assert_allclose(first["lat"].unique().sort(), NORTH - CELL * np.array([1.75, 1.25]), rtol=1e-12)
    np.testing.assert_allclose(first["lon"].unique().sort(), WEST + CELL * np.array([1, 3, 5]) / 6, rtol=1e-12)


def test_without_rasters_there_are_no_points_and_a_note_says_so(tmp_path: Path) -> None:
    study, summary = imported(tmp_path, rasters=None)
    assert study.demand_points.is_empty()
    assert len(study.cover) == 3
    assert any("--rasters" in note for note in summary.notes)


def test_a_city_without_demand_files(tmp_path: Path) -> None:
    gone: dict[str, Content] = {name: None for name in city_files() if "/demand/" in name}
    study, summary = imported(tmp_path, gone, rasters=None)
    assert study.cover == ()
    assert any("no demand files" in note for note in summary.notes)


def test_a_raster_need_not_be_zipped(tmp_path: Path) -> None:
    study, _ = imported(tmp_path, {"rasters/people.zip": None, f"rasters/{RASTER}": raster()})
    assert study.demand_points.height == 3


def test_the_model_itself_and_gzipped_files_do_as_well(tmp_path: Path) -> None:
    plain, _ = imported(tmp_path / "plain")
    nodes = str(city_files()[f"{MODEL}/travel/roads/nodes.csv"])
    city = write_city(
        tmp_path / "other" / "tiny_city",
        {
            f"{MODEL}/travel/roads/nodes.csv": None,
            f"{MODEL}/travel/roads/nodes.csv.gz": gzip.compress(nodes.encode()),
            "calls.csv": gzip.compress(CALLS.encode()),
        },
    )
    out = tmp_path / "other" / "study"
    summary = import_city(city / MODEL, city / "calls.csv", "redispatch_lower_to_high", city / "rasters", out)
    assert summary.city == "tiny_city"
    other = load_study(out)
    assert other.fingerprint == plain.fingerprint


def test_the_same_files_make_the_same_study(tmp_path: Path) -> None:
    assert imported(tmp_path / "one")[0].fingerprint == imported(tmp_path / "two")[0].fingerprint


def test_a_later_start_is_kept(tmp_path: Path) -> None:
    study, summary = imported(tmp_path, replaced("calls.csv", "startTime,\n0.0", "startTime,\n0.005"))
    assert study.settings.demand.start_s == summary.start_s == 432.0


def test_nothing_is_written_when_something_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ForeignFilesError):
        imported(tmp_path, replaced("calls.csv", "10.5005", "11.5"))
    assert [path.name for path in tmp_path.iterdir()] == ["tiny_city"]


def test_what_no_study_may_hold_is_told_too(tmp_path: Path) -> None:
    with pytest.raises(ForeignFilesError, match="in the study to be: out of range"):
        imported(tmp_path, replaced("travel/travel/travel_1.csv", "1128", "48000"))
    assert [path.name for path in tmp_path.iterdir()] == ["tiny_city"]


def test_an_imported_trace_is_complete(tmp_path: Path) -> None:
    study, issues = read_study(write_and_import(tmp_path))
    assert not has_errors(issues)
    assert study is not None
    assert study.trace is not None
    assert study.trace.select(pl.exclude("hospital").null_count()).row(0) == (0,) * 11


def write_and_import(folder: Path) -> Path:
    imported(folder)
    return folder / "study"
