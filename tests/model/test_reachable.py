"""What nobody can reach by road, on a made-up network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from beredt.model.checks.reachable import check_reachable
from beredt.model.read import load_study
from beredt.model.study import Study
from tests.tiny_study import write_tiny_study

NODES = (
    "station:st-east",
    "station:st-mid",
    "standby:sb-mid",
    "hospital:hosp-east",
    "place:p-east",
    "area:e1",
    "area:e2",
)


@dataclass(frozen=True)
class Roads:
    """Seven nodes, everything 60 s from everything else."""

    seconds: NDArray[np.float32]
    remnants: tuple[str, ...] = ()
    node_ids: tuple[str, ...] = NODES

    @property
    def lat(self) -> NDArray[np.float64]:
        return np.linspace(59.8, 59.9, len(self.node_ids))

    @property
    def lon(self) -> NDArray[np.float64]:
        return np.linspace(10.5, 10.6, len(self.node_ids))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


def joined() -> NDArray[np.float32]:
    return np.full((len(NODES), len(NODES)), 60.0, dtype=np.float32)


def test_a_joined_network_has_no_issue(study: Study) -> None:
    assert check_reachable(study, Roads(joined())) == ()


@pytest.mark.parametrize("axis", [0, 1], ids=["cannot be reached", "cannot be left"])
def test_a_station_without_a_way(study: Study, axis: int) -> None:
    seconds = joined()
    seconds[(0, slice(None)) if axis == 0 else (slice(None), 0)] = np.inf
    seconds[0, 0] = 0.0
    (issue,) = check_reachable(study, Roads(seconds))
    assert (issue.file, issue.value, issue.severity) == ("stations", "st-east", "error")
    assert "nobody can reach Øst" in issue.message
    assert (issue.lat, issue.lon) == (59.8, 10.5)


def test_nodes_that_hang_on_a_neighbour(study: Study) -> None:
    issues = check_reachable(study, Roads(joined(), ("station:st-mid", "hospital:hosp-east", "area:e1", "area:e2")))
    assert [(issue.file, issue.value, issue.count, issue.severity) for issue in issues] == [
        ("stations", "st-mid", 1, "error"),
        ("hospitals", "hosp-east", 1, "error"),
        ("areas", "e1", 2, "warning"),
    ]
    assert "st-mid" in issues[0].message, "a station that only an alternative opens has its id for a name"


def test_a_lonely_place_on_a_road_is_nobodys_business(study: Study) -> None:
    assert check_reachable(study, Roads(joined(), ("place:p-east",))) == ()
