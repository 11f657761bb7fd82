"""``beredt playback``: the file, the answer, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.model.read import load_study
from beredt.simulation.playback.playback import STATUSES
from beredt.simulation.playback.playback_file import read_playback
from tests.tiny_study import write_tiny_study
from tests.tiny_trace_study import write_trace_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_tiny_study(tmp_path_factory.mktemp("tiny") / "study"))


def test_the_answer_is_about_the_file(study: str, tmp_path: Path) -> None:
    out = tmp_path / "new" / "week.json.gz"
    answer = CliRunner().invoke(
        build_app(), ["playback", study, "--from", "3", "--days", "2.5", "--out", str(out), "--json"]
    )
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    playback = read_playback(out)
    assert told["size_bytes"] == out.stat().st_size
    assert (told["start"], told["days"], told["replication"]) == ("2026-01-04T00:00:00", 2.5, 0)
    assert playback.start.isoformat() == told["start"]
    assert playback.ticks == 2.5 * 864_000
    assert told["units"] == len(playback.units)
    assert told["incidents"] == playback.incidents.call.size > 0


def test_a_date_and_a_day_mean_the_same_and_the_bytes_are_the_same(study: str, tmp_path: Path) -> None:
    for name, begin in (("day", "3"), ("date", "2026-01-04"), ("time", "2026-01-04T00:00")):
        words = ["playback", study, "--from", begin, "--days", "1", "--out", str(tmp_path / name)]
        assert CliRunner().invoke(build_app(), words).exit_code == 0
    assert (tmp_path / "day").read_bytes() == (tmp_path / "date").read_bytes() == (tmp_path / "time").read_bytes()


def test_alternatives_and_replications_differ(study: str, tmp_path: Path) -> None:
    for name, more in (("base", []), ("other", ["--alternative", "2"]), ("again", ["--replication", "1"])):
        words = ["playback", study, "--from=-1", "--days", "1", "--out", str(tmp_path / name), *more]
        assert CliRunner().invoke(build_app(), words).exit_code == 0
    base, other, again = (read_playback(tmp_path / name) for name in ("base", "other", "again"))
    assert (base.alternative, other.alternative, again.replication) == ("today", "2", 1)
    assert "m-1" in [unit.id for unit in other.units]
    assert base.incidents.call.tolist() == other.incidents.call.tolist()
    assert base.incidents.call.tolist() != again.incidents.call.tolist()


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--from", "yesterday"], "neither a number of a day"),
        (["--from", "2026-02-31"], "neither a number of a day"),
        (["--from", "0", "--days", "0"], "cannot be shown"),
        (["--from", "0", "--days", "nan"], "cannot be shown"),
        (["--from", "27"], "not within the simulated period"),
        (["--from=-2"], "not within the simulated period"),
        (["--from", "999999999"], "every calendar"),
        (["--from", "2026-01-04T00:00+01:00"], "time zone"),
        (["--from", "0", "--alternative", "99"], "no alternative"),
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_a_wrong_call(study: str, tmp_path: Path, words: list[str], hint: str) -> None:
    answer = CliRunner().invoke(
        build_app(), ["playback", study, "--out", str(tmp_path / "x"), *words], terminal_width=1000
    )
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert hint in answer.stderr
    assert not (tmp_path / "x").exists()


def test_a_call_trace_on_a_road_graph(tmp_path: Path) -> None:
    """Units end up beside the road, where the trace has its incidents and the study its stations."""
    study, out = load_study(write_trace_study(tmp_path / "study")), tmp_path / "day.json.gz"
    words = ["playback", str(tmp_path / "study"), "--from", "0", "--days", "1", "--out", str(out)]
    assert CliRunner().invoke(build_app(), words).exit_code == 0
    playback, trace = read_playback(out), study.trace
    assert trace is not None
    assert playback.calls == "traced"
    assert playback.incidents.number.tolist() == trace["incident"].to_list()
    assert (abs(playback.incidents.x / 1e5 - trace["lon"].to_numpy()) < 1e-5).all()
    assert (abs(playback.incidents.y / 1e5 - trace["lat"].to_numpy()) < 1e-5).all()
    at_scenes = 0
    for unit in playback.units:
        home = playback.stations[unit.station]
        assert (unit.track.x[0], unit.track.y[0]) == (home.x, home.y)
        for t, code, row in zip(unit.status.t, unit.status.code, unit.status.about, strict=True):
            if STATUSES[code] == "at_scene":
                lon, lat = playback.position_at(unit.id, t / 10)
                assert abs(lon - playback.incidents.x[row] / 1e5) < 5e-5
                assert abs(lat - playback.incidents.y[row] / 1e5) < 5e-5
                at_scenes += 1
    assert at_scenes > 0


def test_help_reads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom beredt.cli.app import build_app\n"
        "try:\n    build_app()(['playback', '--help'])\nexcept SystemExit as end:\n    assert not end.code\n"
        "print(sorted({'numba', 'numpy', 'polars', 'scipy'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "--from" in done.stdout
    assert done.stderr.strip() == "[]"
