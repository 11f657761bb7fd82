from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from beredt.errors import NetworkError
from beredt.roads.graph.build import build_road_graph
from beredt.roads.graph.check_tables import RoadTablesError, list_issues
from beredt.roads.graph.road_graph import MOST_DECISION_NODES, require_countable
from beredt.roads.graph.road_tables import RoadTables
from tests.roads.graph.small_roads import roads


def sound() -> RoadTables:
    return roads([(0, 1, 1.0), (1, 2, 2.0), (1, 3, 4.0)], nodes=4)


def changed(name: str, where: object, value: object) -> RoadTables:
    tables = sound()
    getattr(tables, name)[where] = value
    return tables


def test_sound_tables_have_no_issues() -> None:
    assert list_issues(sound()) == ()


@pytest.mark.parametrize(
    ("tables", "file", "row", "value"),
    [
        (changed("arc_from", 1, 4), "road_arcs", 2, "4"),
        (changed("arc_to", 0, -1), "road_arcs", 1, "-1"),
        (changed("arc_km", 2, -0.5), "road_arcs", 3, "-0.5"),
        (changed("arc_km", 2, np.nan), "road_arcs", 3, "nan"),
        (changed("arc_time", (1, 3), -1.0), "road_times", 4, "-1.0"),
        (changed("arc_time", (0, 3), np.inf), "road_times", 4, "inf"),
        (changed("lat", 2, 91.0), "road_nodes", 3, "91.0"),
        (changed("lon", 2, np.nan), "road_nodes", 3, "nan"),
        (changed("access", slice(None), False), "road_nodes", None, None),
        (changed("off_road_kmh", 1, 0.0), "travel_modes", 2, "0.0"),
        (replace(sound(), mode_ids=("fast", "fast")), "travel_modes", None, None),
        (replace(sound(), time_unit_s=0.0), "study.toml", None, "0.0"),
        (replace(sound(), km_per_degree=(50.0, np.nan)), "study.toml", None, "nan"),
        (roads([(0, 1, 1.0), (1, 2, 1.0)], nodes=3, both_ways=False), "road_arcs", None, None),
    ],
)
def test_each_fault_is_an_issue_that_says_where(
    tables: RoadTables, file: str, row: int | None, value: str | None
) -> None:
    (issue,) = list_issues(tables)
    assert (issue.file, issue.row, issue.value, issue.severity) == (file, row, value, "error")
    with pytest.raises(RoadTablesError, match=file) as caught:
        build_road_graph(tables)
    assert caught.value.issues == (issue,)


def test_all_faults_are_listed_and_counted() -> None:
    tables = sound()
    tables.arc_km[1:] = -1.0
    tables.lat[0] = 100.0
    issues = list_issues(tables)
    assert [(issue.file, issue.count) for issue in issues] == [("road_nodes", 1), ("road_arcs", 5)]


def test_a_place_on_an_island_is_an_error_and_an_empty_island_a_warning() -> None:
    steps = [(0, 1, 1.0), (1, 2, 1.0), (3, 4, 1.0)]
    (issue,) = list_issues(roads(steps, nodes=5))
    assert (issue.file, issue.row, issue.count, issue.severity) == ("road_nodes", 4, 2, "error")
    assert issue.lon == pytest.approx(10.06)
    (issue,) = list_issues(roads(steps, nodes=5, without_access=(3, 4)))
    assert issue.severity == "warning"


def test_a_street_that_leads_out_only_is_an_island() -> None:
    tables = roads([(0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.0)], nodes=3, both_ways=False)
    (issue,) = list_issues(tables)
    assert (issue.row, issue.severity) == (3, "error")


def test_nothing_at_all_is_an_issue_too() -> None:
    empty = np.zeros(0)
    tables = RoadTables(
        lon=empty, lat=empty, access=empty.astype(bool), arc_from=empty.astype(np.int32),
        arc_to=empty.astype(np.int32), arc_km=empty, arc_time=np.zeros((0, 0)), time_unit_s=1.0, mode_ids=(),
        off_road_kmh=empty, km_per_degree=(1.0, 1.0),
    )  # fmt: skip
    assert [issue.file for issue in list_issues(tables)] == ["travel_modes", "road_nodes", "road_arcs"]


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(NetworkError, match="arc_km"):
        replace(sound(), arc_km=np.ones(2))


def test_too_many_decision_nodes_are_refused() -> None:
    require_countable(MOST_DECISION_NODES)
    with pytest.raises(NetworkError, match="32768"):
        require_countable(MOST_DECISION_NODES + 1)


def _rename(tables: RoadTables) -> RoadTables:
    return replace(tables, mode_ids=("fast", "other"))


def _unit(tables: RoadTables) -> RoadTables:
    return replace(tables, time_unit_s=61.0)


def _touch(name: str) -> Callable[[RoadTables], RoadTables]:
    def change(tables: RoadTables) -> RoadTables:
        column = getattr(tables, name).copy()
        column.flat[-1] = not column.flat[-1] if column.dtype == bool else column.flat[-1] + 1
        return replace(tables, **{name: column})

    return change


COLUMNS = ("lon", "lat", "access", "arc_from", "arc_to", "arc_km", "arc_time", "off_road_kmh")


@pytest.mark.parametrize("change", [_rename, _unit, *[_touch(name) for name in COLUMNS]])
def test_every_change_changes_the_checksum(change: Callable[[RoadTables], RoadTables]) -> None:
    assert sound().checksum() == sound().checksum()
    assert change(sound()).checksum() != sound().checksum()
