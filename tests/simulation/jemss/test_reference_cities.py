"""The three cities that come with JEMSS, read from the reference data."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from beredt.model.issue import has_errors
from beredt.model.read import load_study, read_study
from beredt.roads.graph.from_study import list_road_issues, make_road_tables
from beredt.simulation.jemss.city import read_city
from beredt.simulation.jemss.import_city import import_city

pytestmark = pytest.mark.reference

# nodes, arcs, stations, hospitals, ambulances, cells with people, the redispatch that goes with the city
CITIES = {
    "auckland": (54_370, 90_638, 14, 4, 16, 504_741, "redispatch_lower_to_high", ("A>H", "A>V")),
    "edmonton": (51_331, 71_241, 17, 5, 16, 274_896, "redispatch_low_to_higher", ("A>V", "H>V")),
    "manhattan": (16_811, 24_437, 8, 10, 12, 133_067, "redispatch_off", ()),
}


def some_calls(folder: Path, city: Path) -> Path:
    """A hundred made-up calls at road nodes of a city."""
    node_file = city / "models/1/travel/roads/nodes.csv.gz"
    rows = gzip.decompress(node_file.read_bytes()).decode().splitlines()[2:]
    nodes = [row.split(",") for row in rows if row[0].isdigit()]
    chosen = nodes[:: len(nodes) // 100][:100]
    lines = ["miscData", "startTime", "0", "", "calls"]
    lines.append(
        "index,priority,x,y,arrivalTime,dispatchDelay,onSceneDuration,transport,hospitalIndex,handoverDuration"
    )
    lines += [
        f"{number},{1 + number % 3},{x},{y},{number / 100},0.001,0.01,{number % 2},-1,0.01"
        for number, (_, x, y, *_) in enumerate(chosen, start=1)
    ]
    path = folder / "calls.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", CITIES)
def test_a_city_becomes_a_study(reference_data: Path, tmp_path: Path, name: str) -> None:
    nodes, arcs, stations, hospitals, ambulances, points, redispatch, divert = CITIES[name]
    city = reference_data / "jemss/cities" / name
    summary = import_city(
        city, some_calls(tmp_path, city), redispatch, reference_data / "jemss/rasters", tmp_path / "study"
    )
    assert summary.divert == divert
    assert dict(summary.counts) == {
        "calls": 100, "nodes": nodes, "arcs": arcs, "travel_modes": 2, "travel_sets": 1, "stations": stations,
        "hospitals": hospitals, "ambulances": ambulances, "priorities": 3, "cover_times": 3, "demand_points": points,
    }  # fmt: skip
    study, issues = read_study(tmp_path / "study")
    assert not has_errors(issues)
    assert study is not None
    assert study.roads is not None
    assert not has_errors(list_road_issues(study.roads))
    tables = make_road_tables(study.roads)
    assert tables.arc_time.shape == (2, arcs)
    assert (tables.arc_km > 0).all()


@pytest.mark.slow
def test_a_year_of_calls(reference_data: Path, tmp_path: Path) -> None:
    jemss = reference_data / "jemss"
    calls = jemss / "golden/auckland_year/calls_input.csv.gz"
    import_city(jemss / "cities/auckland/models/1", calls, "redispatch_lower_to_high", None, tmp_path / "study")
    trace = load_study(tmp_path / "study").trace
    assert trace is not None
    assert trace.height == 117_656
    last = trace.row(-1, named=True)
    assert last["incident"] == 117_656
    assert last["call_s"] == 421.1038774614551 * 86_400
    assert (last["urgency"], last["lat"], last["lon"]) == ("V", -36.879051266180674, 174.83782794413827)
    assert (np.diff(trace["call_s"].to_numpy()) >= 0).all()


def test_demand_is_that_of_the_files(reference_data: Path) -> None:
    jemss = reference_data / "jemss"
    calls = jemss / "golden/auckland_none/calls_input.csv.gz"
    city = read_city(jemss / "cities/auckland", calls, "redispatch_off", jemss / "rasters")
    assert city.demand.points["people"].sum() == pytest.approx(828_627_782.0854, rel=1e-12)
    assert [rate for *_, rate in city.demand.cover] == [159.6, 68.6, 51.8]
    assert city.demand.cover[0][1] == 0.004976852 * 86_400
