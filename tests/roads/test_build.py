from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.errors import NetworkError
from beredt.model.alternative import Alternative
from beredt.model.edits.move_station import MoveStation
from beredt.model.edits.open_standby_point import OpenStandbyPoint
from beredt.model.read import load_study, read_study
from beredt.model.study import Study
from beredt.roads.build import build_network, load_or_build_network, road_inputs
from beredt.roads.sites import Site, site_index, site_nodes
from tests.tiny_study import write_tiny_study
from tests.tiny_trace_study import write_trace_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    found, issues = read_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))
    assert found is not None, issues
    return found


def test_a_road_graph_is_no_network(tmp_path: Path) -> None:
    trace = load_study(write_trace_study(tmp_path))
    with pytest.raises(NetworkError, match="only beredt simulate can run it"):
        load_or_build_network(trace)


def test_sites_then_places_then_areas(study: Study) -> None:
    network = build_network(study)
    kinds = [node.split(":")[0] for node in network.node_ids]
    of_today, opened = kinds[:-1], kinds[-1]
    assert of_today == sorted(of_today, key=["station", "standby", "hospital", "place", "area"].index)
    assert opened == "station"
    assert kinds.count("area") == len(study.service.areas)
    assert kinds.count("place") == study.places.height
    assert network.leg_s.tolist() == [51.0] * len(kinds)


def test_a_station_that_only_an_alternative_opens_is_there(study: Study) -> None:
    network = build_network(study)
    assert network.index_of("station:st-mid") == len(network.node_ids) - 1


def test_what_alternatives_propose_changes_no_way_of_today(study: Study) -> None:
    proposed, today = build_network(study), build_network(replace(study, alternatives=(), sensitivities=()))
    n = len(today.node_ids)
    assert proposed.node_ids[:n] == today.node_ids
    assert np.array_equal(proposed.seconds[:n, :n], today.seconds)
    assert np.array_equal(proposed.hop[:n, :n], today.hop)


def test_a_moved_station_and_a_new_standby_point_get_nodes(study: Study) -> None:
    base = study.service.stations[0]
    edits = (
        MoveStation(station=base.id, lat=59.85, lon=10.51),
        OpenStandbyPoint(
            id="new", name="New", lat=59.86, lon=10.51, centre=base.centre, home_stations=(base.id,), max_drive_min=9.0
        ),
    )
    nodes = site_nodes(study.service, edits)
    assert nodes["standby:new"] == Site("standby", "new", 59.86, 10.51)
    text = {"en": "moved", "nb": "flyttet"}
    moved = Alternative(id="moved", title=text, description=text, edits=edits, note={}, file="moved.toml")
    network = build_network(replace(study, alternatives=(moved,)))
    there = site_index(network, Site("station", base.id, 59.85, 10.51))
    here = site_index(network, Site("station", base.id, base.lat, base.lon))
    assert here == network.index_of(f"station:{base.id}") != there
    assert (network.lat[there], network.lon[there]) == (59.85, 10.51)


def test_density_is_that_of_the_year_of_the_study(study: Study) -> None:
    inputs = road_inputs(study)
    of_year = study.population.filter(pl.col("year") == study.settings.study.year)
    assert inputs.people.sum() == pytest.approx(of_year["people"].sum())
    assert inputs.is_area.sum() == len(study.service.areas)
    assert inputs.water.shape == (2, 2, 2)


def test_a_study_is_built_once_and_then_read(study: Study, tmp_path: Path) -> None:
    first = load_or_build_network(study, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    second = load_or_build_network(study, tmp_path)
    assert (first.seconds == second.seconds).all()
    assert np.array_equal(first.hop, second.hop)


def test_a_study_without_main_roads_and_water_has_a_network(study: Study) -> None:
    bare = replace(study, places=study.places.clear(), links=study.links.clear(), water=study.water.clear())
    network = build_network(bare)
    assert np.isfinite(network.seconds).all()
