"""Whatever is wrong in the files is told: in which file, which row, which column, and what to do."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from beredt.errors import ForeignFilesError, UnknownIdError
from beredt.model.issue import Issue
from beredt.simulation.jemss.city import read_city
from tests.simulation.jemss.tiny_city import (
    CALLS,
    MODEL,
    PEOPLE,
    RASTER,
    Content,
    city_files,
    raster,
    replaced,
    write_city,
    zipped,
)


def issues_of(folder: Path, changes: dict[str, Content], redispatch: str = "redispatch_lower_to_high") -> list[Issue]:
    city = write_city(folder, changes)
    with pytest.raises(ForeignFilesError) as caught:
        read_city(city, city / "calls.csv", redispatch, city / "rasters")
    return [issue for issue in caught.value.issues if isinstance(issue, Issue)]


CELLS = [
    # file, old, new, row, field, message
    ("maps/map_1.csv", "10.4,10.7", "10.7,10.4", 3, "map.xMax", "the map is turned round"),
    ("maps/map_1.csv", "55.8", "0", 3, "map.xScale", "not above 0"),
    ("maps/map_1.csv", "55.8", "558", 3, "map.xScale", "no map of the earth"),
    ("maps/map_1.csv", "xMin,", "x_Min,", 2, "xMin", "has no column xMin"),
    ("stations/stations_1.csv", "10.501,", "10.3,", 3, "stations.x", "the place lies outside the map"),
    ("stations/stations_1.csv", "10.501,", "here,", 3, "stations.x", "not a finite number"),
    ("stations/stations_1.csv", "\n2,", "\n3,", 4, "stations.index", "not numbered 1, 2, 3"),
    ("hospitals/hospitals_1.csv", "59.905", "nan", 3, "hospitals.y", "not a finite number"),
    ("ambulances/ambulances_1.csv", "3,2,1", "3,5,1", 5, "ambulances.stationIndex", "there is no such station"),
    ("ambulances/ambulances_1.csv", "ambulances,", "ambulances,4", 1, "ambulances", "is said to have 4 rows"),
    ("ambulances/ambulances_1.csv", "ambulances", "fleet", None, "ambulances", "there is no table ambulances"),
    ("travel/roads/nodes.csv", "10.51,", "ten,", 4, "nodes.x", "not a finite number"),
    ("travel/roads/nodes.csv", "nodes,8", "nodes,9", 1, "nodes", "is said to have 9 rows"),
    ("travel/roads/nodes.csv", "59.9,1.0", "59.9,2", 3, "nodes.offRoadAccess", "neither 0 nor 1"),
    ("travel/roads/arcs.csv", "directed", "both", 3, "miscData.arcForm", "no such form of arcs"),
    ("travel/roads/arcs.csv", "directed,2", "directed,3", 3, "miscData.numModes", "arcs have times for 3"),
    ("travel/roads/arcs.csv", "1.0,1.0,2.0", "1.0,1.0,9.0", 7, "arcs.toNode", "there is no such node"),
    ("travel/roads/arcs.csv", "1.0,1.0,2.0", "1.0,1.0,1.5", 7, "arcs.toNode", "not a whole number"),
    ("travel/roads/arcs.csv", "1.0,1.0,2.0", "1.0,1.0,1.0", 7, "arcs.toNode", "ends where it begins"),
    ("travel/roads/arcs.csv", "2.0,1.0,0.0006", "2.0,-1.0,0.0006", 7, "arcs.distance", "below 0"),
    ("travel/roads/arcs.csv", ",1.0,0.000694", ",1.0,-0.000694", 7, "arcs.mode_1", "not above 0"),
    ("travel/roads/arcs.csv", "mode_2,", "mode_3,", 6, "mode_2", "has no column mode_2"),
    ("travel/travel/travel_1.csv", "2,792", "2,0", 4, "travelModes.offRoadSpeed", "not above 0"),
    ("travel/travel/travel_1.csv", "1,medPriority,1", "1,medPriority,3", 9, "travelSets.travelModeIndex",
     "there is no such travel mode"),
    ("travel/travel/travel_1.csv", "1,medPriority,1", "1,mediumPriority,1", 9, "travelSets.priority",
     "no such priority"),
    ("travel/travel/travel_1.csv", "1,medPriority,1\n", "", 7, "travelSets.priority", "has 2 of 3 priorities"),
    ("travel/travel/travel_1.csv", "1,medPriority,1", "1,highPriority,1", 9, "travelSets.priority", "a second row"),
    ("travel/travel/travel_1.csv", "0,1,\n", "0,1,\n0,1,\n", 15, "travelSetsTiming.startTime", "do not rise"),
    ("misc/call priorities/priorities_1.csv", "medPriority", "lowPriority", 2, "priorities.name", "in this order"),
    ("misc/call priorities/priorities_1.csv", "1,highPriority,0.005", "1,highPriority,0", 3,
     "priorities.targetResponseTime", "not above 0"),
    ("misc/redispatch/redispatch_lower_to_high.csv", "lowPriority,medPriority,0", "highPriority,lowPriority,1", 9,
     "redispatchConditions", "not more urgent"),
    ("misc/redispatch/redispatch_lower_to_high.csv", "lowPriority,medPriority,0", "lowPriority,lowPriority,1", 9,
     "redispatchConditions", "not more urgent"),
    ("misc/redispatch/redispatch_lower_to_high.csv", "lowPriority,medPriority,0", "lowPriority,highPriority,0", 9,
     "redispatchConditions", "a second row for this pair"),
    ("misc/redispatch/redispatch_lower_to_high.csv", "\n1,,", "\nyes,,", 3, "miscData.allowRedispatch",
     "neither 0 nor 1"),
    ("calls.csv", "1,1,10.5005", "1,4,10.5005", 7, "calls.priority", "there is no such priority"),
    ("calls.csv", "0.002,1,2,0.001", "0.002,1,3,0.001", 9, "calls.hospitalIndex", "there is no such hospital"),
    ("calls.csv", "0.002,1,2,0.001", "0.002,1,0,0.001", 9, "calls.hospitalIndex", "there is no such hospital"),
    ("calls.csv", "1.25,0.0005", "0.0124,0.0005", 10, "calls.arrivalTime", "came before the one in the row above"),
    ("calls.csv", "0.0125,0.0005,0.002", "0.0125,0,0.002", 9, "calls.arrivalTime", "nothing says which"),
    ("calls.csv", "startTime,\n0.0", "startTime,\n0.011", 7, "calls.arrivalTime", "came before startTime"),
    ("calls.csv", "0.0005,0.005,1", "-0.0005,0.005,1", 7, "calls.dispatchDelay", "below 0"),
    ("calls.csv", "0.005,1,-1,0.006", "0.005,2,-1,0.006", 7, "calls.transport", "neither 0 nor 1"),
    ("calls.csv", "4,1,10.5202", "3,1,10.5202", 10, "calls.index", "not numbered 1, 2, 3"),
    ("calls.csv", "4,1,10.5202,59.9101", "4,1,59.9101,10.5202", 10, "calls.x", "outside the map"),
    ("calls.csv", "onSceneDuration", "onSceneDurations", 6, "onSceneDuration", "rename the column onSceneDurations"),
    ("demand/demand_1.csv", "[1; 2; 3]", "[1; 2]", 13, "demandSets.modeIndices", "modes for 2 of 3 priorities"),
    ("demand/demand_1.csv", "[1; 2; 3]", "[1; 2; 7]", 13, "demandSets.modeIndices", "a mode that there is not"),
    ("demand/demand_1.csv", "[1; 2; 3],,,\n", "[1; 2; 3],,,\n2,[1; 2; 3],,,\n", 14, "demandSets.setIndex",
     "changes with time"),
    ("demand/demand_1.csv", "70.5", "-70.5", 8, "demandModes.arrivalRate", "below 0"),
    ("demand/demand_1.csv", RASTER, "elsewhere.tif", None, None, "the raster is neither in"),
    ("demand/coverage/demand_coverage_1.csv", "medPriority,0.005,\n", "", None, "coverTimes.demandPriority",
     "has 2 of 3 priorities"),
    ("demand/coverage/demand_coverage_1.csv", "1,1,\n", "0,1,\n", 9, "demandRasterCellNumPoints.rows",
     "fewer points than one"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "row", "field", "message"), CELLS)
def test_a_spoilt_cell(
    tmp_path: Path, file: str, old: str, new: str, row: int | None, field: str | None, message: str
) -> None:
    issues = issues_of(tmp_path, replaced(file, old, new))
    found = [
        issue
        for issue in issues
        if (issue.row, issue.field) == (row, field) and message in issue.message + " " + issue.remedy
    ]
    assert found, [issue.text() for issue in issues]
    assert all(issue.remedy for issue in issues)


@pytest.mark.parametrize("name", [name for name in city_files() if name.startswith(MODEL) and "redispatch" not in name])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    issues = issues_of(tmp_path, {name: None})
    shown = name.removeprefix(f"{MODEL}/")
    assert (shown, "the file is missing") in [(issue.file, issue.message) for issue in issues]


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    changes = {
        **replaced("calls.csv", "10.5005", "x"),
        **replaced("maps/map_1.csv", "55.8", "-1"),
        **replaced("travel/roads/nodes.csv", "10.51,", "ten,", 2),
    }
    issues = issues_of(tmp_path, changes)
    assert {issue.file for issue in issues} == {"calls.csv", "maps/map_1.csv", "travel/roads/nodes.csv"}
    assert [issue.count for issue in issues if issue.field == "nodes.x"] == [2]


def test_a_redispatch_file_that_is_not_there(tmp_path: Path) -> None:
    city = write_city(tmp_path)
    with pytest.raises(UnknownIdError, match="did you mean 'redispatch_lower_to_high'"):
        read_city(city, city / "calls.csv", "redispatch_lower_to_hihg", None)
    gone: dict[str, Content] = {name: None for name in city_files() if "/redispatch/" in name}
    (issue,) = issues_of(tmp_path / "none", gone)
    assert (issue.file, issue.message) == ("misc/redispatch/redispatch_lower_to_high.csv", "the file is missing")


def test_no_city_and_no_calls(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder, message in ((tmp_path / "empty", "no city model here"), (tmp_path / "none", "no such folder")):
        with pytest.raises(ForeignFilesError, match=message):
            read_city(folder, tmp_path / "calls.csv", "x", None)
    issues = issues_of(tmp_path / "city", {"calls.csv": None})
    assert any("cannot be read: No such file" in issue.message for issue in issues)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (gzip.compress(CALLS.encode())[:-20], "gzip file is damaged or cut off"),
        (b"\x1f\x8b" + b"\0" * 40, "gzip file is damaged or cut off"),
        (CALLS.encode("utf-16"), "UTF-16"),
        (CALLS.replace("{}", "{\xf8}").encode("latin-1"), "not UTF-8"),
        (CALLS.replace('b""}"', 'b""}').encode(), "the row cannot be read"),
        (b"", "there is no table miscData in the file"),
        (CALLS.split("calls,,,")[0].encode(), "there is no table calls in the file"),
        (CALLS.split("1,1,10.5005")[0].encode(), "the table calls has no rows"),
        (CALLS.split("index,")[0].encode(), "the table calls has no header line"),
        ((CALLS + CALLS).encode(), "a second table calls"),
        (CALLS.replace("dispatchDelay", "arrivalTime").encode(), "have the same name"),
        (CALLS.replace("4,1,10.5202,59.9101,1.25,0.0005,0.001,1,1.0,0.002,{}", "4,1,10.5202,59.9101").encode(),
         "fewer cells than the header"),
    ],
)  # fmt: skip
def test_a_torn_file(tmp_path: Path, content: bytes, message: str) -> None:
    issues = issues_of(tmp_path, {"calls.csv": content})
    assert any(message in issue.message for issue in issues), [issue.text() for issue in issues]


def test_a_file_given_twice(tmp_path: Path) -> None:
    path = f"{MODEL}/travel/roads/nodes.csv"
    issues = issues_of(tmp_path, {f"{path}.gz": gzip.compress(str(city_files()[path]).encode())})
    assert any("given twice" in issue.message for issue in issues)


def test_several_files_of_which_none_is_the_first(tmp_path: Path) -> None:
    path = f"{MODEL}/ambulances/ambulances"
    text = city_files()[f"{path}_1.csv"]
    issues = issues_of(tmp_path, {f"{path}_1.csv": None, f"{path}_2.csv": text, f"{path}_3.csv": text})
    assert any("none is called ambulances_1" in issue.message for issue in issues)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (raster()[:100], "the raster cannot be read"),
        (b"no tiff", "the raster cannot be read"),
        (raster(epsg=32633), "not in degrees"),
        (raster(-PEOPLE), "values below 0"),
        (raster(np.full((2, 3), np.nan)), "values below 0, or none"),
        (raster(0 * PEOPLE), "no cell above 0"),
        (raster(scale=2.0), "cells with people lie outside the map"),
    ],
)
def test_a_spoilt_raster(tmp_path: Path, content: bytes, message: str) -> None:
    issues = issues_of(tmp_path, {"rasters/people.zip": zipped(RASTER, content)})
    assert any(message in issue.message for issue in issues), [issue.text() for issue in issues]


def test_a_spoilt_zip_file(tmp_path: Path) -> None:
    issues = issues_of(tmp_path, {"rasters/people.zip": zipped(RASTER, raster())[:-30]})
    assert any("zip file cannot be read" in issue.message for issue in issues)
