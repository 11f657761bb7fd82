"""The table of speeds and the times that come of it."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from beredt.errors import DefinitionError, UnknownIdError
from beredt.roads.imported.road_class import CLASS_NUMBER, RoadFlag
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.speeds.arc_times import arc_kmh, arc_ms
from beredt.roads.speeds.speed_table import load_speeds
from tests.roads.routing.random_maps import make_map

TEXT = (files("beredt.roads.speeds") / "ambulance_speeds.toml").read_text("utf-8")


def road(road_class: str, kmh: float, **more: Any) -> RoadMap:
    roads = make_map(2, [(0, 1), (1, 0)], [], [1000.0, 1000.0])
    number = np.full(2, CLASS_NUMBER[road_class], dtype=np.uint8)
    return replace(roads, arc_class=number, arc_kmh=np.full(2, kmh, np.float32), **more)


@pytest.mark.parametrize(
    ("road_class", "limit", "purpose", "period", "kmh"),
    [
        ("secondary", 80, "V", "free", 56.8),
        ("secondary", 80, "A", "free", 71.0),
        ("secondary", 80, "V", "peak", 56.8 * 0.85),
        ("secondary", 80, "A", "peak", 71 * 0.925),
        ("motorway", 150, "A", "free", 140.0),  # the most that is driven
        ("service", 3, "V", "free", 4.0),  # the least
    ],
)
def test_speeds(road_class: str, limit: float, purpose: str, period: str, kmh: float) -> None:
    roads = road(road_class, limit)
    found = arc_kmh(roads, load_speeds(), purpose, period)
    assert found == pytest.approx([kmh, kmh])
    assert arc_ms(roads, load_speeds(), purpose, period).tolist() == [round(3.6e6 / kmh)] * 2


def test_urgency_is_never_slower_and_traffic_never_quicker() -> None:
    speeds = load_speeds()
    for name in CLASS_NUMBER:
        roads = road(name, 60)
        kmh = {
            key: arc_kmh(roads, speeds, *key)[0] for key in ((u, p) for u in speeds.purposes for p in speeds.periods)
        }
        for period in speeds.periods:
            assert kmh["A", period] >= kmh["H", period] >= kmh["V", period]
            assert all(kmh[purpose, period] <= kmh[purpose, "free"] for purpose in speeds.purposes)


def test_ferries_gates_and_gravel() -> None:
    fixed = road("ferry", 15, arc_fixed_s=np.full(2, 1200, np.float32), arc_delay_s=np.array([0, 15], np.float32))
    assert arc_ms(fixed, load_speeds(), "A", "peak").tolist() == [1_200_000, 1_215_000]
    gravel = road("unclassified", 80, arc_flags=np.full(2, int(RoadFlag.UNPAVED), np.uint16))
    assert arc_kmh(gravel, load_speeds(), "V", "free") == pytest.approx([42.88, 42.88])


def test_gradients_count_where_the_table_says_so(tmp_path: Path) -> None:
    path = tmp_path / "steep.toml"
    path.write_text(TEXT.replace("factor = [1.0, 1.0]", "factor = [0.8, 0.5]"), encoding="utf-8")
    for grade, factor in ((7.9, 1.0), (8.0, 0.8), (15.0, 0.5), (np.nan, 1.0)):
        roads = road("secondary", 80, arc_grade=np.array([grade, -grade], np.float32))
        assert arc_kmh(roads, load_speeds(path), "V", "free") == pytest.approx([56.8 * factor, 56.8])


def test_hours_of_the_week() -> None:
    speeds = load_speeds()
    assert [speeds.period_at(hour) for hour in (3, 8, 12, 16, 20)] == ["free", "peak", "day", "peak", "free"]
    assert speeds.period_at(5 * 24 + 12) == "weekend_day"
    assert speeds.period_at(5 * 24 + 8) == "free"
    with pytest.raises(UnknownIdError):
        speeds.period_at(168)
    with pytest.raises(UnknownIdError):
        arc_ms(make_map(2, [(0, 1), (1, 0)], []), speeds, "Z", "free")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("motorway = 0.80", ""),
        ("A = 1.25", "A = 0"),
        ('id = "free"', 'id = "night"'),
        ("hours = [7", "hours = [27"),
        ("[off_road]", "[off"),
    ],
)
def test_a_faulty_table_is_told(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "faulty.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"faulty\.toml"):
        load_speeds(path)
