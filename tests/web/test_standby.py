"""Standby time in Studio: planned tasks that it can carry, and rules for free units, asked as jobs and told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from beredt.web.app import create_app
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import open_library
from beredt.web.parts import Parts
from tests.tiny_study import write_tiny_study
from tests.web.conftest import ADDRESS
from tests.web.done_here import DoneHere, done

VISITS = (
    "id,kinds,per_day,municipalities,window_s,stay_s,start,end,drops\nvisits,ambulance,2,vest,3600,1800,09:00,15:00,A\n"
)
TASKS: dict[str, Any] = {"task": "visits", "numbers": [4, 2], "group": "vest", "margin_pp": 90, "replications": 2}
RULES: dict[str, Any] = {"rules": ["home", "dmexclp", "dmexclp:0.6", "ddsm", "ddsm:1.5"], "replications": 2}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser at a server whose jobs are done in this process."""
    base = tmp_path_factory.mktemp("standby")
    study = write_tiny_study(base / "tiny")
    (study / "planned_tasks.csv").write_text(VISITS, encoding="utf-8")
    parts = Parts(
        open_library([str(study)], base / "data"), screen=base / "no-screen", jobs=JobQueue(base / "jobs", DoneHere)
    )
    with TestClient(create_app(parts), base_url=ADDRESS) as browser:
        yield browser


def answer(browser: TestClient, noun: str, question: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    asked = browser.post(f"/api/studies/tiny/{noun}", json=question)
    assert asked.status_code == 202, asked.text
    job = done(browser, asked.json())
    assert job["state"] == "done", job["problem"]["detail"]
    told: dict[str, Any] = browser.get(f"/api/{noun}/{job['id']}").json()
    return job, told


def files_of(browser: TestClient, job: dict[str, Any]) -> set[str]:
    return {one["name"] for one in browser.get(f"/api/analyses/{job['id']}/files").json()["files"]}


def test_numbers_of_tasks_are_tried_and_the_greatest_that_holds_is_told(browser: TestClient) -> None:
    job, told = answer(browser, "capacities", TASKS)
    assert [one["per_day"] for one in told["carried"]] == [2, 4]
    assert told["most"] == job["summary"]["most"] == 4, "with so wide a margin all holds"
    assert "4" in told["finding"]["en"]
    assert told["finding"].keys() == {"en", "nb", "nn"}
    for one in told["carried"]:
        assert 0 < one["done_share"]["value"] <= 1
        change = one["share_change_pp"]
        assert change["low"] <= change["value"] <= change["high"]
    files = files_of(browser, job)
    assert {"task-capacity.html", "task_capacity.csv", "answer.json"} <= files
    page = browser.get(f"/api/analyses/{job['id']}/files/task-capacity.html").text
    assert "visits" in page
    assert "<svg" in page


def test_rules_are_held_against_the_first_and_become_alternatives(browser: TestClient) -> None:
    job, told = answer(browser, "policies", RULES)
    found = {one["rule"]: one for one in told["rules"]}
    assert list(found) == RULES["rules"]
    assert found["home"]["share_change_pp"] == {"value": 0, "low": 0, "high": 0}
    assert found["home"]["moves_per_shift"]["value"] == 0
    assert found["dmexclp"]["moves_per_shift"]["value"] > 0
    assert found["dmexclp"]["plan"]["edits"] == [{"edit": "set_relocation", "rule": "dmexclp"}]
    busier = found["dmexclp:0.6"]["plan"]["edits"]
    assert busier == [{"edit": "set_relocation", "rule": "dmexclp", "busy_fraction": 0.6}]
    assert found["ddsm"]["plan"] is found["ddsm:1.5"]["plan"] is None, "their tables are in no file"
    assert found["ddsm:1.5"]["name"]["en"] == "a table of double cover (1.5)"
    service = {"edits": found["dmexclp"]["plan"]["edits"]}
    assert browser.post("/api/studies/tiny/service", json=service).json()["complaints"] == []
    assert {"policies.html", "policies.csv"} <= files_of(browser, job)


def test_what_can_be_asked_is_offered(browser: TestClient) -> None:
    tasks = browser.get("/api/studies/tiny/capacities/options").json()
    assert tasks["alternatives"][0] == {"alternative": "today", "tasks": [{"id": "visits", "per_day": 2}]}
    assert tasks["groups"][0] == "all"
    assert "vest" in tasks["groups"]
    rules = browser.get("/api/studies/tiny/policies/options").json()["alternatives"][0]
    assert rules["alternative"] == "today"
    offered = [one["rule"] for one in rules["rules"]]
    assert {"home", "dmexclp", "ddsm"} <= set(offered)
    assert len(offered) == len(set(offered))


def test_bad_questions_are_refused_before_anybody_waits(browser: TestClient) -> None:
    def refused(noun: str, question: dict[str, Any], **changed: Any) -> int:
        return browser.post(f"/api/studies/tiny/{noun}", json=question | changed).status_code

    assert refused("capacities", TASKS, task="visit") == 404
    assert refused("capacities", TASKS, group="nowhere") == 404
    assert refused("capacities", TASKS, alternative="9") == 404
    assert refused("capacities", TASKS, numbers=[0]) == 422
    assert refused("policies", RULES, rules=["home"]) == 422
    assert refused("policies", RULES, rules=["home", "fly"]) == 422
    assert refused("policies", RULES, rules=["home", "ddsm:0.5"]) == 422
    assert refused("policies", RULES, alternative="9") == 404
