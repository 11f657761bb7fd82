"""`beredt dimension` and `beredt roster` as a person calls them."""

from __future__ import annotations

import json
import multiprocessing
import signal
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.cli.stopping import StopWish
from beredt.siting.left_to_parent import leave_stopping_to_parent
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_tiny_study(tmp_path_factory.mktemp("tiny")))


def call(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(build_app(), list(arguments))
    return done.exit_code, done.stdout, done.stderr


def test_dimension_answers_in_json_with_progress_on_stderr(folder: str, tmp_path: Path) -> None:
    code, out, progress = call(
        *("dimension", folder, "--alternative", "0+", "--replications", "1", "--jobs", "1", "--repeat", "2"),
        *("--out", str(tmp_path), "--json"),
    )
    assert code == 0
    answer = json.loads(out)
    (price,) = answer["prices"]
    assert (answer["repeated"], price["repetitions"]) == (2, 2)
    assert price["repeated_low"] <= price["repeated"] <= price["repeated_high"]
    assert [(one["alternative"], one["borders"]) for one in answer["scenarios"]] == [("0+", "own"), ("0+", "none")]
    assert {cell["band"] for cell in answer["scenarios"][0]["cells"]} == {"day", "evening", "night"}
    assert answer["pages"] == [str(tmp_path / "dimension.html"), str(tmp_path / "dimension.en.html")]
    assert "Dimensioning 0+/own" in progress


def test_roster_answers_in_json(folder: str, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(
        '[[forms]]\nid = "all"\nfirst = "00:00"\nlast = "00:00"\nlength_h = 24\nweekdays = ["mon-sun"]\n',
        encoding="utf-8",
    )
    code, out, _ = call(
        *("roster", folder, "--station", "st-east", "--rules", str(rules), "--replications", "1", "--jobs", "1"),
        *("--out", str(tmp_path), "--json"),
    )
    assert code == 0
    answer = json.loads(out)
    (station,) = answer["stations"]
    assert station["station"] == "st-east"
    fewest = [row for row in station["rosters"] if row["roster"] == "fewest"]
    assert [row["status"] for row in fewest] == ["proved"]
    assert (tmp_path / "roster.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("dimension", "STUDY", "--alternative", "none"), 2),
        (("dimension", "STUDY", "--rule", "nowhere.toml"), 2),
        (("roster", "STUDY", "--station", "nowhere", "--jobs", "1", "--replications", "1"), 2),
        (("roster", "STUDY", "--rules", "nowhere.toml"), 2),
        (("roster", "nowhere"), 2),
    ],
)
def test_a_wrong_call_is_told(folder: str, arguments: tuple[str, ...], code: int) -> None:
    found, _, told = call(*(folder if one == "STUDY" else one for one in arguments))
    assert found == code
    assert told


def test_faults_of_a_rule_are_listed(folder: str, tmp_path: Path) -> None:
    rule = tmp_path / "rule.toml"
    rule.write_text('[[bands]]\nid = "day"\nstart = "08:00"\nend = "16:00"\n', encoding="utf-8")
    code, out, _ = call("dimension", folder, "--rule", str(rule), "--json")
    assert code == 1
    (issue,) = json.loads(out)["issues"]
    assert "every hour must lie in one band" in issue["message"]


def test_the_first_ctrl_c_is_a_wish_and_the_second_the_end() -> None:
    before = signal.getsignal(signal.SIGINT)
    with StopWish() as stop:
        assert not stop()
        signal.raise_signal(signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
    with StopWish() as again:
        assert not again()


def test_a_stop_wish_outside_the_main_thread_is_never_told() -> None:
    told: list[bool] = []

    def ask() -> None:
        with StopWish() as stop:
            told.append(stop())

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert told == [False]


def test_workers_leave_ctrl_c_to_their_parent() -> None:
    before = signal.getsignal(signal.SIGINT)
    leave_stopping_to_parent()
    assert signal.getsignal(signal.SIGINT) is before
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(ignores_after_leaving)


def ignores_after_leaving() -> bool:
    leave_stopping_to_parent()
    return signal.getsignal(signal.SIGINT) == signal.SIG_IGN
