"""``beredt tasks`` and ``beredt policies`` on the tiny study."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from beredt.cli.app import build_app
from tests.tiny_study import write_tiny_study

VISITS = (
    "id,kinds,per_day,municipalities,window_s,stay_s,start,end,drops\nvisits,ambulance,2,vest,3600,1800,09:00,15:00,A\n"
)


def run(*words: str) -> Result:
    return CliRunner().invoke(build_app(), [*words, "--jobs", "1"])


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = write_tiny_study(tmp_path_factory.mktemp("tasks"))
    (folder / "planned_tasks.csv").write_text(VISITS, encoding="utf-8")
    return str(folder)


def test_tasks_are_tried_one_number_after_the_other(study: str, tmp_path: Path) -> None:
    table = tmp_path / "carried.csv"
    words = ("tasks", study, "--task", "visits", "--a-day", "4,2", "--replications", "2", "--margin", "90")
    answer = run(*words, "--out", str(table), "--json")
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert [row["per_day"] for row in told["carried"]] == [2, 4]
    assert all(0.0 < row["done_share"] <= 1.0 and row["holds"] for row in told["carried"])
    assert told["most_a_day"] == 4  # with so wide a margin everything holds
    with table.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 2


def test_an_unknown_task_or_number_is_refused(study: str) -> None:
    assert run("tasks", study, "--task", "visit", "--replications", "2").exit_code == 2
    assert run("tasks", study, "--task", "visits", "--a-day", "0").exit_code == 2


def test_rules_stand_beside_the_first(study: str) -> None:
    rules = ("home", "zhang:0.4", "ddsm:3")
    options = [word for rule in rules for word in ("--rule", rule)]
    answer = run("policies", study, *options, "--replications", "2", "--json")
    assert answer.exit_code == 0, answer.output
    found = {row["rule"]: row for row in json.loads(answer.stdout)["rules"]}
    assert list(found) == list(rules)
    assert found["home"]["moves_per_shift"] == found["home"]["share_change_pp"] == 0.0
    assert found["zhang:0.4"]["moves_per_shift"] > 0.0
    assert found["ddsm:3"]["km_per_shift"] > 0.0
    assert all(0.0 < row["rest_share"] < 1.0 and row["worst"] for row in found.values())
    assert run("policies", study, "--rule", "zhong").exit_code == 2
    assert run("policies", study, "--rule", "ddsm:0.5").exit_code == 2
