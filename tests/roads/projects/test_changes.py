"""Roads of another year: links that open, lines that close, limits that are set."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from beredt.errors import DefinitionError
from beredt.roads.imported.road_class import RoadFlag
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.projects.apply_changes import apply_changes, changes_in
from beredt.roads.projects.changes import AddLink, Change, CloseLink, SetLinkSpeed, read_changes
from beredt.roads.routing.engine import DIJKSTRA, NO_WAY
from beredt.roads.routing.routes import Routes
from beredt.roads.speeds.speed_table import load_speeds
from tests.roads.imported.tiny_osm import TinyOsm, node_of, place

FILE = """
[[change]]
edit = "add_link"
name = "Short cut"
year = 2028
places = [[60.0, 10.0], [60.0081, 10.0162]]
road_class = "primary"
kmh = 80

[[change]]
edit = "close_link"
name = "Bridge"
year = 2027
until = 2029
lines = [2]

[[change]]
edit = "set_link_speed"
name = "Slower"
year = 2030
lines = [1, 2]
kmh = 30
"""


def roads_of(folder: Path) -> RoadMap:
    """A long way round from 0 over 9 to 99, and a blind alley 9–8."""
    return TinyOsm().way(1, [0, 9]).way(2, [9, 99]).ban(1, 1, 9, 2, "no_u_turn").read(folder)[0]


def seconds(roads: RoadMap, come: int, go: int) -> float:
    start, end = (np.array([node_of(roads, node)], dtype=np.int32) for node in (come, go))
    found = Routes(roads, load_speeds(), DIJKSTRA).times_ms(start, end, "V", "free")[0, 0]
    return float("inf") if found == NO_WAY else float(found) / 1000


def read(folder: Path, text: str) -> tuple[Change, ...]:
    (folder / "changes.toml").write_text(text, encoding="utf-8")
    return read_changes(folder / "changes.toml")


def test_each_change_holds_from_its_year(tmp_path: Path) -> None:
    roads, changes = roads_of(tmp_path), read(tmp_path, FILE)
    names = {year: [change.name for change in changes_in(changes, year)] for year in range(2026, 2031)}
    assert names == {
        2026: [], 2027: ["Bridge"], 2028: ["Short cut", "Bridge"], 2029: ["Short cut"], 2030: ["Short cut", "Slower"],
    }  # fmt: skip
    before = roads.checksum()
    times = {year: seconds(apply_changes(roads, changes, year), 0, 99) for year in range(2026, 2031)}
    assert times[2026] == seconds(roads, 0, 99)
    assert times[2027] == float("inf")
    assert times[2028] == times[2029] == times[2030]  # the short cut, whatever the old roads are like
    crow_m = float(np.hypot(9 * 100.26, 9 * 100.44))
    assert times[2028] == pytest.approx(crow_m / (80 * 0.71 / 3.6), rel=0.01)
    assert roads.checksum() == before


def test_a_closed_line_leaves_no_place_behind(tmp_path: Path) -> None:
    roads = roads_of(tmp_path)
    closed = apply_changes(roads, [CloseLink("Bridge", 2027, (2,))], 2027)
    assert closed.nodes == roads.nodes
    assert not closed.access[node_of(closed, 99)]
    assert closed.access[node_of(closed, 0)]
    assert (closed.arc_source == 1).sum() == (roads.arc_source == 1).sum()
    assert closed.bans == 0


def test_limits_and_bans_are_carried_over(tmp_path: Path) -> None:
    roads = roads_of(tmp_path)
    assert roads.bans == 1
    link = AddLink("New", 2028, (place(0), place(99)), "trunk", 80, both_ways=False, tunnel=True, km=2.0)
    changed = apply_changes(roads, [SetLinkSpeed("Slow", 2028, (2,), 30), link], 2028)
    assert set(changed.arc_kmh[changed.arc_source == 2].tolist()) == {30.0}
    new = changed.arc_source == -1
    assert changed.arc_m[new].sum() == pytest.approx(2000, rel=1e-5)
    assert (changed.arc_flags[new] & int(RoadFlag.TUNNEL)).all()
    assert not changed.access[roads.nodes :].any()
    assert changed.bans == 1
    assert sorted(changed.arc_source[changed.ban_arc].tolist()) == sorted(roads.arc_source[roads.ban_arc].tolist())
    assert (np.diff(changed.arc_from) >= 0).all()
    assert changed.arc_to[changed.ban_arc[0]] == changed.arc_from[changed.ban_arc[1]]
    assert seconds(changed, 0, 99) < seconds(roads, 0, 99)
    assert seconds(changed, 99, 0) > seconds(roads, 99, 0)  # one way only, and the old road is slower now


def test_all_complaints_at_once(tmp_path: Path) -> None:
    changes: list[Change] = [CloseLink("A", 2027, (7, 1)), SetLinkSpeed("B", 2027, (8, 9), 30)]
    changes.append(AddLink("C", 2027, ((61.0, 10.0), place(0)), "trunk", 80))
    with pytest.raises(DefinitionError) as caught:
        apply_changes(roads_of(tmp_path), changes, 2030)
    text = str(caught.value)
    assert all(word in text for word in ("A", "B", "C", "7", "8, 9", "61.0"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('edit = "close_link"', 'edit = "open_link"'),
        ("kmh = 80", "kmh = 0"),
        ("kmh = 80", ""),
        ("lines = [2]", "lines = []"),
        ("until = 2029", "unti = 2029"),
        ("[60.0081, 10.0162]", "[160.0, 10.0]"),
        ('road_class = "primary"', 'road_class = "lane"'),
        ("[[change]]", "[[other]]"),
        ("year = 2028", "year = "),
    ],
)
def test_a_faulty_file_is_told(tmp_path: Path, old: str, new: str) -> None:
    text = FILE.replace(old, new) if old == "[[change]]" else FILE.replace(old, new, 1)
    with pytest.raises(DefinitionError, match=r"changes\.toml"):
        read(tmp_path, text)
