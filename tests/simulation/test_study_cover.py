"""What a study says about cover reaches the sets: which stations, which points, which times."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from beredt.coverage.cover_sets import CoverSets
from beredt.demand.generate import demand_of
from beredt.demand.intensity import period_of
from beredt.errors import StudyError
from beredt.model.cover_time import CoverTime
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.roads.build import build_network
from beredt.roads.graph.build import build_road_graph
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.road_tables import RoadTables
from beredt.simulation.study_cover import offered_stations, road_study_sets, table_study_sets
from tests.tiny_study import write_tiny_study
from tests.tiny_trace_study import EDGES, MINUTES, NODES, ONE_WAY, write_trace_study


@pytest.fixture(scope="module")
def trace_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_trace_study(tmp_path_factory.mktemp("trace")))


@pytest.fixture(scope="module")
def graph() -> RoadGraph:
    arcs = np.array([*EDGES, *((b, a) for a, b in EDGES), ONE_WAY], np.int32) - 1
    return build_road_graph(
        RoadTables(
            lon=np.array([node[2] for node in NODES]),
            lat=np.array([node[1] for node in NODES]),
            access=np.array([node[3] == 1 for node in NODES]),
            arc_from=arcs[:, 0],
            arc_to=arcs[:, 1],
            arc_km=np.ones(len(arcs)),
            arc_time=np.repeat(np.array(MINUTES)[:, None], len(arcs), axis=1),
            time_unit_s=60.0,
            mode_ids=("mode-1", "mode-2"),
            off_road_kmh=np.array([47.0, 33.0]),
            km_per_degree=(55.8, 111.32),
        )
    )


def found(sets: CoverSets) -> dict[tuple[int, ...], float]:
    rows = zip(sets.covers, sets.weight, strict=True)
    return {tuple(np.flatnonzero(row).tolist()): float(weight) for row, weight in rows}


def test_stations_demand_points_and_modes_of_a_road_study(trace_study: Study, graph: RoadGraph) -> None:
    # The demand points lie at two corners of the ladder, four streets apart, and each station near one of them:
    # acute units take 4 minutes across and ordinary ones 6, and some seconds between the station and the road.
    for acute_s, ordinary_s, acute_both, ordinary_both in [
        (245.0, 365.0, False, False),
        (255.0, 365.0, True, False),
        (245.0, 379.0, False, True),
    ]:
        study = replace(trace_study, cover=(CoverTime("A", acute_s, 3.0), CoverTime("V", ordinary_s, 1.0)))
        expected = {(0,): 0.0, (1,): 0.0, (0, 1): 0.0}
        for both, rate in ((acute_both, 3.0), (ordinary_both, 1.0)):
            expected[(0, 1) if both else (0,)] += rate * 100 / 150.5
            expected[(0, 1) if both else (1,)] += rate * 50.5 / 150.5
        sets = road_study_sets(study, study.service, graph)
        assert found(sets) == pytest.approx({bases: weight for bases, weight in expected.items() if weight > 0})


def test_a_road_study_that_does_not_say_what_to_cover_is_refused(trace_study: Study, graph: RoadGraph) -> None:
    study = replace(trace_study, cover=(), demand_points=trace_study.demand_points.clear())
    with pytest.raises(StudyError) as caught:
        road_study_sets(study, study.service, graph)
    assert [issue.text().split(":")[0] for issue in caught.value.issues] == ["demand_points", "cover"]


def test_areas_and_targets_of_a_table_study(tmp_path: Path) -> None:
    study = load_study(write_tiny_study(tmp_path))
    study = replace(study, cover=(CoverTime("V", 700.0, 99.0),))
    service, network, period = study.service, build_network(study), period_of(study.settings)
    demand = demand_of(study, service)
    target_s = np.array([[600.0 + 40 * number, 1500.0, np.inf] for number in range(len(service.areas))])
    before_s: dict[str, float] = dict.fromkeys(URGENCIES, 0.0)
    for row in service.intervals:
        if row.interval in {"handling", "mobilisation"}:
            before_s[row.urgency] += row.median_s
    speed = {row.purpose: row.factor for row in service.speeds}
    expected: dict[tuple[int, ...], float] = {}
    for area, urgency, incidents in zip(demand.area, demand.urgency, demand.expected / period.all_days, strict=True):
        name = URGENCIES[urgency]
        to = network.index_of(f"area:{service.areas[area].id}")
        drive_s = [network.trip_s(network.index_of(f"station:{s.id}"), to) * speed[name] for s in service.stations]
        allowed_s = 700.0 if name == "V" else target_s[area, urgency] - before_s[name]
        covering = tuple(b for b, seconds in enumerate(drive_s) if seconds <= allowed_s)
        if covering and incidents:
            expected[covering] = expected.get(covering, 0.0) + float(incidents)
    assert len(expected) > 1
    assert found(table_study_sets(study, service, network, demand, period, target_s)) == pytest.approx(expected)


def test_only_the_stations_of_the_centre_that_relocates_are_offered(tmp_path: Path) -> None:
    service = load_study(write_tiny_study(tmp_path)).service
    assert offered_stations(service).all()
    centre = service.stations[0].centre
    only = replace(service, relocation=replace(service.relocation, only_centre=centre))
    assert offered_stations(only).tolist() == [station.centre == centre for station in service.stations]
