"""The file: same bytes, its schema, what a browser makes of it, and what happens to a damaged one."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import beredt.simulation.playback
from beredt.errors import ResultsError, UnknownIdError
from beredt.simulation.playback.file_form import to_json
from beredt.simulation.playback.playback import Playback
from beredt.simulation.playback.playback_file import playback_bytes, read_playback, write_playback
from tests.simulation.playback.recorded import record
from tests.simulation.playback.schema import faults
from tests.simulation.small_worlds import Recipe, random_recipe, recipes

SCHEMA = Path(beredt.simulation.playback.__file__).with_name("playback.schema.json")


def busy_playback() -> Playback:
    """A stretch with queues, standby and units off duty."""
    run = record(Recipe(seed=5, units=4, incidents=120, load=1.5, full_time_share=0.5))
    return run.keep(run.end_s * 0.1, run.end_s * 0.9)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_read_is_what_was_written(seed: int, tmp_path: Path) -> None:
    playback = record(random_recipe(seed)).keep()
    path = tmp_path / "new" / "file.json.gz"
    assert write_playback(playback, path) == path.stat().st_size
    again = read_playback(path)
    assert playback_bytes(again) == path.read_bytes() == playback_bytes(playback)
    assert to_json(again) == to_json(playback)


@settings(max_examples=30)
@given(recipes())
def test_files_keep_the_schema(recipe: Recipe) -> None:
    schema = json.loads(SCHEMA.read_text())
    run = record(recipe)
    document = json.loads(gzip.decompress(playback_bytes(run.keep(run.end_s / 3))))
    assert list(faults(document, schema, schema)) == []


def test_the_schema_finds_faults() -> None:
    schema, document = json.loads(SCHEMA.read_text()), to_json(busy_playback())
    document |= {"more": 1, "seed": -1, "statuses": [], "start": "today"}
    document["units"][0]["track"]["t"][0] = 0.5
    del document["waits"]["last"]
    wrong = {fault.split(" ")[0] for fault in faults(document, schema, schema)}
    assert wrong == {"$.more", "$.seed", "$.statuses", "$.start", "$.units[0].track.t[0]", "$.waits.last"}


def test_the_bytes_hold_no_time_of_writing() -> None:
    content = playback_bytes(busy_playback())
    assert content == playback_bytes(busy_playback())
    assert content[4:8] == bytes(4)


def test_a_unit_that_is_not_there() -> None:
    with pytest.raises(UnknownIdError, match="u-0"):
        busy_playback().position_at("u-00", 0.0)


def spoilt(change: dict[str, Any]) -> bytes:
    document = to_json(busy_playback())
    for key, value in change.items():
        *path, last = key.split(".")
        part: Any = document
        for step in path:
            part = part[int(step) if step.isdigit() else step]
        part[last] = value
    return gzip.compress(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (lambda: b"", "cannot be read|damaged"),
        (lambda: b"{}", "cannot be read"),
        (lambda: playback_bytes(busy_playback())[:-20], "damaged"),
        (lambda: gzip.compress(b"{"), "damaged"),
        (lambda: gzip.compress(b"\xff"), "damaged"),
        (lambda: gzip.compress(b"[]"), "None of version None"),
        (lambda: spoilt({"format_version": 2}), "version 2"),
        (lambda: spoilt({"units.0.track.x": [1, 2]}), "not whole"),
        (lambda: spoilt({"units.0.track.t": [0.5]}), "not whole"),
        (lambda: spoilt({"incidents.units": []}), "not whole"),
        (lambda: spoilt({"incidents.call": None}), "not whole"),
        (lambda: spoilt({"start": "today"}), "not whole"),
    ],
)
def test_a_damaged_file_is_told(content: Any, hint: str, tmp_path: Path) -> None:
    path = tmp_path / "damaged.json.gz"
    path.write_bytes(content())
    with pytest.raises(ResultsError, match=hint):
        read_playback(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="no-such-file"):
        read_playback(tmp_path / "no-such-file")


ASK = """
const [path, ticks] = [process.argv[2], JSON.parse(process.argv[3])];
const file = new Blob([require("fs").readFileSync(path)]);
loadPlayback(file.stream()).then((playback) => console.log(JSON.stringify(ticks.map((tick) => ({
  units: playback.units.map((unit) => [positionAt(playback, unit, tick), statusAt(playback, unit, tick)]),
  queue: queueAt(playback, tick),
})))));
"""


def test_a_browser_reads_the_same(root: Path, tmp_path: Path) -> None:
    """The script of the reference page, run as it stands there."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node to run the script of the reference page with")
    page = (root / "docs" / "reference" / "playback-file.md").read_text()
    (script,) = re.findall(r"^```js\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "ask.js").write_text(script + ASK)
    playback = busy_playback()
    write_playback(playback, tmp_path / "file")
    ticks = [-100, 0, *np.linspace(0, playback.ticks, 60).tolist(), playback.ticks + 100]
    words = [node, str(tmp_path / "ask.js"), str(tmp_path / "file"), json.dumps(ticks)]
    answers = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    queues = 0
    for tick, answer in zip(ticks, answers, strict=True):
        t = tick / 10
        for unit, (place, status) in zip(playback.units, answer["units"], strict=True):
            assert np.allclose(place, playback.position_at(unit.id, t), rtol=0, atol=1e-9)
            assert (status["name"], status["about"]) == playback.status_at(unit.id, t)
        assert tuple(answer["queue"]) == playback.queue_at(t)
        queues += len(answer["queue"])
    assert queues > 20
