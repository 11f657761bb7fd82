"""Where units can turn off: at their points, on the road between two nodes, and before they roll."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from beredt.dispatch.world import SPEED_RETURN
from beredt.live.ground.ground import Ground, make_ground
from beredt.live.ground.under_way import where_next
from beredt.live.ground.where import Where, home_of, where_is
from beredt.live.picture.view import UnitSeen
from beredt.live.replay.reckoned_drive import reckon_drive
from beredt.model.read import read_study
from beredt.simulation.study_roads import load_or_build_roads
from tests.tiny_study import write_tiny_study

NEAR_MS = 2_000
"""A link is straight on the plane, and a position even in degrees: the two part by so much."""


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    study, _ = read_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))
    assert study is not None
    return make_ground(study, study.service, load_or_build_roads(study, services=[study.service]))


def seen(status: str, lat: float, lon: float, position_ms: int, since_ms: int = 0) -> UnitSeen:
    return UnitSeen("w-1", status, status, since_ms, None, None, lat, lon, position_ms, True, True, False, False, False,
                    (), 0)  # fmt: skip


@pytest.mark.parametrize("age_s", [0, 14])
def test_a_unit_on_its_way_home_turns_off_at_the_next_node_of_its_way(ground: Ground, age_s: int) -> None:
    """Of a drive that is known to the second, one position is told; nodes beside the way are none of its."""
    home = home_of(ground, ground.unit_index["w-1"])
    hospital, leg_s = int(ground.rules.hospital_node[0]), float(ground.rules.hospital_leg[0])
    drive = reckon_drive(ground, Where(hospital, leg_s, False, 0.0), home, SPEED_RETURN, 0, 10**9)
    assert drive.way.nodes.size > 2
    on_the_road_ms = round((leg_s + float(drive.way.s[-1])) * 1000)
    for told_ms in range(round(leg_s * 1000) + 5_000, on_the_road_ms - 20_000, 7_000):
        at_ms = told_ms + age_s * 1000
        unit = seen("returning", *drive.place(told_ms), told_ms)
        where = where_next(ground, unit, at_ms)
        assert where is not None
        assert where.node in {drive.node(at_ms - NEAR_MS), drive.node(at_ms + NEAR_MS)}
        rest_s = float(drive.way.s[drive.way.nodes.tolist().index(where.node)]) + leg_s - at_ms / 1000
        assert where.rest_s == pytest.approx(rest_s, abs=NEAR_MS / 1000)
        assert where.leg_s == 0.0


def test_a_unit_at_a_standby_point_has_the_leg_of_the_point(ground: Ground) -> None:
    """As the kernel reckons it; a hundred metres and more beside it stands at the nearest node."""
    net = ground.roads.network
    node = net.index_of("area:w1")
    world = ground.world._replace(standby_node=np.array([node], np.int32), standby_leg=np.array([51.0]))
    lat, lon = float(net.lat[node]), float(net.lon[node])
    at_point = replace(ground, world=world)
    there = where_is(at_point, seen("at_standby", lat, lon, 0))
    assert there is not None
    assert (there.node, there.leg_s, there.at_home) == (node, 51.0, False)
    beside = where_is(at_point, seen("at_standby", lat + 0.002, lon, 0))
    assert beside is not None
    assert beside.leg_s != 51.0


def test_a_position_beside_every_way_home_tells_of_another_way(ground: Ground) -> None:
    """Then the unit stands at the nearest node, with what lies between as the crow flies."""
    net = ground.roads.network
    node = net.index_of("area:w1")
    unit = seen("returning", float(net.lat[node]) + 0.01, float(net.lon[node]) + 0.01, 60_000)
    assert where_next(ground, unit, 60_000) == where_is(ground, unit)
