"""``beredt risk``: a workbook out, and its answers in."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from beredt.cli.app import build_app
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(build_app(), arguments)
    return done.exit_code, done.output


def test_a_second_round_goes_out_and_comes_back(tmp_path: Path) -> None:
    study = str(write_opinions(write_tiny_study(tmp_path / "study")))
    form, out = tmp_path / "round.xlsx", tmp_path / "scores.csv"
    assert run("risk", "export", study, "--out", str(form), "--scores", "--lang", "nb")[0] == 0
    code, answer = run("risk", "import", study, str(form), "--out", str(out), "--json")
    assert code == 0
    assert json.loads(answer) == {"file": str(out), "assessors": 4, "answers": 14, "issues": []}
    assert out.read_text(encoding="utf-8").startswith("event,alternative,role,assessor,likelihood_before,")


def test_a_workbook_that_nobody_filled_in_writes_nothing_and_says_so(tmp_path: Path) -> None:
    study = str(write_opinions(write_tiny_study(tmp_path / "study")))
    form, out = tmp_path / "form.xlsx", tmp_path / "scores.csv"
    code, text = run("risk", "export", study, "--out", str(form), "--role", "crew", "--role", "desk")
    assert code == 0
    assert "2 sheets, 3 events under 2 alternatives" in text
    code, answer = run("risk", "import", study, str(form), "--out", str(out), "--json")
    assert code == 1
    assert [issue["message"] for issue in json.loads(answer)["issues"]] == [
        "nobody has answered anything on this sheet"
    ] * 2
    assert not out.exists()


def test_wrong_calls_say_what_to_do(tmp_path: Path) -> None:
    study = str(write_tiny_study(tmp_path / "study"))
    code, text = run("risk", "export", study, "--out", str(tmp_path / "a.xlsx"))
    assert (code, "has no risk_events" in text) == (2, True)
    assert run("risk", "export", study, "--out", str(tmp_path / "a.csv"))[0] == 2
    assert run("risk", "export", study, "--out", str(tmp_path / "a.xlsx"), "--role", "x", "--scores")[0] == 2
