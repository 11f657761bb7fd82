"""A call trace reaches the kernel with every figure as it was, its places on the road, its patients on their way."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.dispatch.world import Incidents
from beredt.errors import StudyError
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.graph.from_study import load_or_build_graph
from beredt.roads.graph.road_graph import RoadGraph
from beredt.simulation.jemss.import_city import import_city
from beredt.simulation.pack_trace import TraceIncidents, pack_trace
from tests.tiny_trace_study import NODES, trace_files, write_trace_study

X_KM, Y_KM = 55.8, 111.32


def packed(folder: Path, **changed: str) -> tuple[Study, RoadGraph, TraceIncidents]:
    study = load_study(write_trace_study(folder, **changed))
    assert study.roads is not None
    graph = load_or_build_graph(study.roads, jobs=1)
    return study, graph, pack_trace(study, study.service, graph)


def replaced(name: str, old: str, new: str) -> dict[str, str]:
    text = str(trace_files()[f"{name}.csv"])
    assert old in text
    return {name: text.replace(old, new)}


def distance_km(lon: float, lat: float, node: int) -> float:
    _, node_lat, node_lon, _ = NODES[node]
    return math.hypot((lon - node_lon) * X_KM, (lat - node_lat) * Y_KM)


def test_every_figure_is_the_trace_s_own(tmp_path: Path) -> None:
    study, _, incidents = packed(tmp_path)
    assert study.trace is not None
    assert incidents.incident.tolist() == [1, 2, 3, 4, 5, 7]
    assert incidents.call_t.tolist() == study.trace["call_s"].to_list()
    assert incidents.ready_t.tolist() == [call_s + 50.0 for call_s in study.trace["call_s"]]
    assert incidents.urgency.tolist() == [2, 0, 1, 0, 2, 0]
    assert incidents.on_scene_s.tolist() == study.trace["on_scene_s"].to_list()
    assert incidents.handover_s.tolist() == [900.0, 0.0, 600.0, 300.0, 0.0, 0.0]
    assert incidents.mobilisation_s.tolist() == [0.0] * 6
    assert incidents.centre.tolist() == [0] * 6
    assert incidents.area.tolist() == [0] * 6


def test_the_kernel_gets_all_its_columns(tmp_path: Path) -> None:
    _, _, incidents = packed(tmp_path)
    columns = incidents.kernel_columns(np.array([[480.0, 480.0, 1200.0]]))
    assert set(Incidents._fields) - {"asks", "tasks", "wards"} <= set(columns)
    assert {len(column) for column in columns.values()} == {6}
    assert columns["noise"].tolist() == [1.0] * 6
    assert columns["second"].tolist() == [0] * 6
    assert columns["target_s"].tolist() == [1200.0, 480.0, 480.0, 480.0, 1200.0, 480.0]


def test_scenes_are_at_the_nearest_node_where_one_may_leave_the_road(tmp_path: Path) -> None:
    study, graph, incidents = packed(tmp_path)
    assert study.trace is not None
    for row, (lon, lat) in enumerate(study.trace.select("lon", "lat").iter_rows()):
        allowed = [node for node, (*_, access) in enumerate(NODES) if access]
        nearest = min(allowed, key=lambda node: distance_km(lon, lat, node))
        assert graph.source_of[incidents.scene[row]] == nearest
        assert incidents.scene_leg[row] == pytest.approx(distance_km(lon, lat, nearest), rel=1e-9, abs=1e-12)


def test_patients_go_to_the_hospital_of_the_trace_or_else_the_nearest(tmp_path: Path) -> None:
    second = "hospital-1,Hospital,59.905,10.52,trust,1\nhospital-2,Other,59.9,10.5,trust,1"
    changed = replaced("hospitals", "hospital-1,Hospital,59.905,10.52,trust,1", second)
    _, graph, incidents = packed(tmp_path, **changed, **replaced("trace", "hospital-1", "hospital-2"))
    # The first incident is a kilometre from the second hospital; of the third, the trace says so.
    assert incidents.hospital.tolist() == [1, -1, 1, 0, -1, -1]
    assert (incidents.dest == -1).tolist() == [False, True, False, False, True, True]
    assert graph.source_of[incidents.dest[0]] == 0
    assert incidents.dest_leg.tolist()[1] == 0.0
    assert incidents.dest_leg[3] == pytest.approx(0.005 * Y_KM, rel=1e-9)


def test_of_two_that_are_ready_together_the_last_called_comes_first(tmp_path: Path) -> None:
    _, _, incidents = packed(tmp_path)
    assert incidents.ready_order.tolist() == [0, 1, 3, 2, 4, 5]


def test_hospitals_must_be_named_where_transport_changes(tmp_path: Path) -> None:
    night = "".join(
        f"night,{purpose},{mode}\n"
        for purpose, mode in (("A", "mode-1"), ("H", "mode-1"), ("V", "mode-2"), ("transport", "mode-1"),
                              ("return", "mode-2"))
    )  # fmt: skip
    changed = {
        "travel_sets": str(trace_files()["travel_sets.csv"]) + night,
        "travel_timing": "start_s,set\n0,day\n3600,night\n",
    }
    with pytest.raises(StudyError, match="transport drives in several ways"):
        packed(tmp_path / "open", **changed)
    trace = pl.read_csv(str(trace_files()["trace.csv"]).encode()).with_columns(hospital=pl.lit("hospital-1"))
    _, _, incidents = packed(tmp_path / "named", **changed, trace=trace.write_csv())
    assert incidents.hospital.tolist() == [0, -1, 0, 0, -1, -1]


@pytest.mark.slow
@pytest.mark.reference
def test_patients_of_auckland_go_where_they_went(reference_data: Path, tmp_path: Path) -> None:
    golden = reference_data / "jemss/golden/auckland_none"
    city = reference_data / "jemss/cities/auckland"
    import_city(city, golden / "calls_input.csv.gz", "redispatch_lower_to_high", None, tmp_path / "study")
    study = load_study(tmp_path / "study")
    assert study.roads is not None
    incidents = pack_trace(study, study.service, load_or_build_graph(study.roads))
    went = pl.read_csv(golden / "calls_output.csv.gz", skip_rows=5, truncate_ragged_lines=True)
    went = went.filter(pl.col("index").is_not_null())
    assert incidents.incident.tolist() == went["index"].cast(pl.Int64).to_list()
    chosen = went["chosenHospitalIndex"].cast(pl.Int64).to_numpy()
    np.testing.assert_array_equal(np.where(incidents.hospital < 0, -1, incidents.hospital + 1), chosen)
