"""The commands of the how-to on roads, run as they stand there on a real extract."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.roads.imported.folder import load_roads

pytestmark = pytest.mark.reference


def test_every_command_runs(root: Path, reference_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (root / "docs/how-to/import-roads.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    Path("extract.osm.pbf").symlink_to(reference_data / "roads/liechtenstein.osm.pbf")
    Path("changes.toml").write_text(re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[0], encoding="utf-8")
    commands = [line for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    assert len(commands) == 7
    for command in commands:
        program, *words = shlex.split(command)
        assert program == "beredt"
        answer = CliRunner().invoke(build_app(), words)
        assert answer.exit_code == 0, f"{command}: {answer.output}"
        if words[:2] == ["import", "osm"]:
            write_tables()
    drawn = json.loads(Path("reach.geojson").read_text("utf-8"))["features"]
    assert [feature["properties"]["minutes"] for feature in drawn] == [20.0, 15.0, 10.0]
    now, later = (Path(name).read_text().splitlines() for name in ("times.csv", "times-2031.csv"))
    assert len(now) == len(later) == 1 + 20 * 20
    assert now != later


def write_tables() -> None:
    """The places and trips that the reader brings along."""
    roads = load_roads(Path("roads")).roads
    random = np.random.default_rng(2)
    nodes = np.flatnonzero(roads.access)[random.integers(0, roads.access.sum(), 20)]
    places = [f"p{node},{roads.lat[node]},{roads.lon[node]}" for node in nodes.tolist()]
    Path("places.csv").write_text("\n".join(["id,lat,lon", *places]), encoding="utf-8")
    trips = ["from_lat,from_lon,to_lat,to_lon,seconds"]
    for _ in range(60):
        start, end = random.choice(nodes, 2, replace=False).tolist()
        km = 111 * float(np.hypot(roads.lat[start] - roads.lat[end], 0.68 * (roads.lon[start] - roads.lon[end])))
        trips.append(f"{roads.lat[start]},{roads.lon[start]},{roads.lat[end]},{roads.lon[end]},{60 + 80 * km}")
    Path("trips.csv").write_text("\n".join(trips), encoding="utf-8")
