"""`beredt site` as a person calls it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_tiny_study(tmp_path_factory.mktemp("tiny")))


@pytest.fixture
def road(tmp_path: Path) -> str:
    path = tmp_path / "road.txt"
    path.write_text("4\n0 0 5\n10 0 1\n20 0 1\n30 0 4\n")
    return str(path)


def call(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(build_app(), ["site", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_a_published_instance_answers_in_json_with_progress_on_stderr(road: str) -> None:
    code, out, progress = call("--instance", "mclp", road, "--radius", "10", "--stations", "1", "--json")
    assert code == 0
    answer = json.loads(out)
    assert (answer["objective"], answer["gap"], answer["chosen"]) == (7.0, 0.0, ["2"])
    assert answer["seconds"] > 0.0
    assert "bound" in progress
    assert "gap" in progress


def test_a_network_brings_its_own_number_of_stations(tmp_path: Path) -> None:
    path = tmp_path / "net.txt"
    path.write_text("3 2 1\n1 2 5\n2 3 4\n")
    code, out, _ = call("--instance", "pmedian", str(path), "--json")
    assert code == 0
    assert json.loads(out)["objective"] == 9.0
    code, out, _ = call("--instance", "pmedian", str(path), "--stations", "2", "--json")
    assert json.loads(out)["objective"] == 4.0


def test_the_k_best_and_what_they_share(road: str) -> None:
    code, out, _ = call(
        *("--instance", "mclp", road, "--radius", "10", "--stations", "1", "--k", "3", "--within", "15", "--json")
    )
    assert code == 0
    answer = json.loads(out)
    assert [each["objective"] for each in answer["k_best"]] == [7.0, 6.0, 6.0]
    assert answer["near_optimal"] == {"1": "some", "2": "some", "3": "some", "4": "none"}


@pytest.mark.parametrize("model", ["mclp", "pmedian", "pcentre", "lscp"])
def test_a_study_is_asked_by_every_model_of_stations(folder: str, model: str) -> None:
    code, out, _ = call(folder, "--model", model, "--stations", "4", "--lattice-km", "2", "--minutes", "9", "--json")
    assert code == 0
    answer = json.loads(out)
    assert answer["model"] == model
    assert answer["gap"] == 0.0
    assert 1 <= len(answer["chosen"]) <= 4


def test_models_of_units_are_asked_alike(folder: str) -> None:
    code, out, _ = call(folder, "--model", "mexclp", "--units", "3", "--minutes", "8", "--json")
    assert code == 0
    assert sum(json.loads(out)["units"].values()) <= 3


def test_stations_of_today_can_be_locked(folder: str) -> None:
    code, out, _ = call(folder, "--stations", "5", "--lattice-km", "2", "--lock", "existing", "--json")
    assert code == 0
    locked = json.loads(out)["chosen"]
    assert {"st-east", "st-west"} <= set(locked)
    code, out, _ = call(folder, "--stations", "2", "--lattice-km", "2", "--lock", "closed:st-east", "--json")
    assert "st-east" not in json.loads(out)["chosen"]


def test_a_closed_border_is_never_better(folder: str) -> None:
    found = [
        json.loads(call(folder, "--stations", "1", "--minutes", "30", "--borders", border, "--json")[1])["objective"]
        for border in ("closed", "0.5", "open")
    ]
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_people_read_the_answer_in_words(road: str) -> None:
    code, out, _ = call("--instance", "mclp", road, "--radius", "10", "--stations", "1", "--k", "2")
    assert code == 0
    assert "proved" in out
    assert "2. 6" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--instance", "else", "FILE"],
        ["--instance", "mclp", "FILE", "--stations", "1"],
        ["--instance", "mclp", "FILE", "--radius", "10"],
        ["--instance", "mclp", "FILE", "--radius", "10", "--stations", "1", "--lock", "nobody"],
        ["--instance", "mclp", "FILE", "--radius", "10", "--stations", "1", "--model", "nothing"],
        ["no-such-study", "--stations", "1"],
    ],
)
def test_a_wrong_call_ends_with_2(road: str, arguments: list[str]) -> None:
    code, _, error = call(*[road if part == "FILE" else part for part in arguments])
    assert code == 2
    assert error


def test_a_wrong_file_ends_with_1(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("")
    code, out, _ = call("--instance", "mclp", str(path), "--radius", "1", "--stations", "1", "--json")
    assert code == 1
    assert json.loads(out)["issues"]


def test_ctrl_c_gives_the_best_so_far(tmp_path: Path) -> None:
    drawn = np.random.default_rng(0)
    points = drawn.integers(0, 10_000, (700, 2))
    path = tmp_path / "hard.txt"
    lines = [f"{x} {y} {demand}" for (x, y), demand in zip(points, drawn.integers(1, 99, 700), strict=True)]
    path.write_text("\n".join(["700", *lines]) + "\n")
    command = ["--instance", "mclp", str(path), "--radius", "1500", "--stations", "14", "--json"]
    with subprocess.Popen(
        [sys.executable, "-c", "from beredt.cli.app import main; main()", "site", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    ) as running:
        assert running.stderr is not None
        assert "best" in running.stderr.readline()  # it has an answer
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate()
    assert running.returncode == 0
    answer = json.loads(out)
    assert answer["objective"] > 0.0
    assert len(answer["chosen"]) == 14
    assert answer["status"] == "proved" or answer["gap"] > 0.0


def test_everybody_is_within_three_hours(folder: str) -> None:
    code, out, _ = call(folder, "--model", "lscp", "--minutes", "200", "--json")
    assert code == 0
    assert json.loads(out)["measures"] == {"covered_share": 1.0, "unreachable_areas": 0.0}
