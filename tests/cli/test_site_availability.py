"""`beredt site` with the models that know that units are busy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.siting.named_models import NAMED_MODELS
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_tiny_study(tmp_path_factory.mktemp("tiny")))


def ask(*arguments: str) -> Any:
    """The answer of a call that must succeed."""
    done = CliRunner().invoke(build_app(), ["site", *arguments, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refusal(*arguments: str) -> str:
    """What a call that cannot be answered says."""
    done = CliRunner().invoke(build_app(), ["site", *arguments])
    assert done.exit_code in (1, 2)
    return done.output


OPTIONS = {
    "mexclp": ("--mission-min", "50"),
    "mexclp-hypercube": ("--mission-min", "50"),
    "dsm": ("--inner-share", "0.1"),
    "malp1": ("--busy", "0.3", "--reliability", "0.7"),
    "bernoulli-nash": ("--groups", "municipality"),
    "worst-share": ("--groups", "municipality"),
    "equity": ("--groups", "municipality", "--least-share", "0.05"),
}


@pytest.mark.parametrize("model", NAMED_MODELS)
def test_every_model_answers_for_a_study(folder: str, model: str) -> None:
    answer = ask(
        *(folder, "--model", model, "--units", "4", "--lattice-km", "3", "--minutes", "30", "--urgency", "A,H"),
        *OPTIONS.get(model, ()),
    )
    assert answer["model"] == model
    assert answer["gap"] is not None
    assert 1 <= sum(answer["units"].values()) <= 4
    assert answer["measures"]["units"] <= 4
    assert set(answer["chosen"]) == set(answer["units"])


def test_several_answers_and_a_trade_off(folder: str) -> None:
    answer = ask(
        *(folder, "--model", "mexclp", "--units", "3", "--lattice-km", "3", "--minutes", "12", "--busy", "0.3"),
        *("--k", "4", "--within", "5", "--trade-off", "expected,sites"),
    )
    values = [each["objective"] for each in answer["k_best"]]
    assert values == sorted(values, reverse=True)
    assert values[0] == pytest.approx(answer["objective"])
    assert set(answer["near_optimal"].values()) <= {"all", "some", "none"}
    points = answer["trade_off"]["points"]
    assert answer["trade_off"]["exact"]
    assert [point["sites"] for point in points] == sorted((point["sites"] for point in points), reverse=True)
    assert points[0]["expected"] == pytest.approx(answer["objective"])


def test_a_curve_of_ones_own(folder: str, tmp_path: Path) -> None:
    curve = tmp_path / "curve.csv"
    curve.write_text("response_s,share\n0,1\n36000,1\n", encoding="utf-8")
    answer = ask(folder, "--model", "survival", "--units", "1", "--curve", str(curve), "--busy", "0")
    assert answer["measures"]["survival_share"] == pytest.approx(1.0)


def test_what_cannot_be_answered_is_told(folder: str) -> None:
    assert "nothing limits the units" in refusal(folder, "--model", "mexclp")
    assert "did you mean 'de_maio'" in refusal(folder, "--model", "survival", "--units", "1", "--curve", "de_mayo")
    assert "no limit to keep" in refusal(folder, "--model", "equity", "--units", "1")
    assert "cannot be grouped like that" in refusal(folder, "--model", "equity", "--units", "1", "--groups", "colour")
    assert "no such criterion" in refusal(folder, "--model", "mexclp", "--units", "1", "--trade-off", "fame,cost")
    assert "does not know what to do with it" in refusal(folder, "--model", "mclp", "--stations", "1", "--busy", "0.3")
    assert "a model or criterion that does: dsm" in refusal(folder, "--units", "1", "--inner-share", "0.3")
