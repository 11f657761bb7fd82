"""Dimensioning and rosters in Studio: asked as jobs, told with the edits that make alternatives of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
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

BANDS = [{"id": "day", "start": "08:00", "end": "20:00"}, {"id": "night", "start": "20:00", "end": "08:00"}]
ALL_WEEK = 168


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser at a server whose jobs are done in this process."""
    base = tmp_path_factory.mktemp("dimensioned")
    library = open_library([str(write_tiny_study(base / "tiny"))], base / "data")
    parts = Parts(library, screen=base / "no-screen", jobs=JobQueue(base / "jobs", DoneHere))
    with TestClient(create_app(parts), base_url=ADDRESS) as browser:
        yield browser


def ask(browser: TestClient, what: str, **question: Any) -> dict[str, Any]:
    asked = browser.post(f"/api/studies/tiny/{what}", json=question)
    assert asked.status_code == 202, asked.text
    job = done(browser, asked.json())
    assert job["state"] == "done", job["problem"]["detail"]
    told: dict[str, Any] = browser.get(f"/api/{what}/{job['id']}").json()
    return told | {"id": job["id"]}


@pytest.fixture(scope="module")
def dimensioned(browser: TestClient) -> dict[str, Any]:
    return ask(browser, "dimensionings", alternatives=["today"], replications=2, bands=BANDS, target_share=0.5)


def after(browser: TestClient, plan: dict[str, Any]) -> dict[str, Any]:
    """The service with the edits of a plan, which none may object to."""
    service: dict[str, Any] = browser.post(
        "/api/studies/tiny/service", json={"edits": plan["edits"], "lang": "en"}
    ).json()
    assert service["complaints"] == []
    return service


def test_units_per_station_and_band_with_and_without_borders(dimensioned: dict[str, Any]) -> None:
    found = {(one["alternative"], one["borders"]): one for one in dimensioned["scenarios"]}
    assert {("today", "own"), ("today", "none")} <= found.keys()
    assert "reconstruction" in dimensioned["note"]["en"]
    own = found["today", "own"]
    assert {cell["band"] for cell in own["cells"]} == {"day", "night"}
    for cell in own["cells"]:
        assert cell["units"] >= 1
        for part in ("nearest", "target"):
            share = cell[part]
            assert share["low"] <= share["value"] <= share["high"]
            assert not share["asked"] or share["value"] >= {"nearest": 0.8, "target": 0.5}[part]
    assert own["units"] == pytest.approx(sum(cell["units"] / 2 for cell in own["cells"]))


def test_a_fleet_becomes_an_alternative_with_its_units_in_every_band(
    browser: TestClient, dimensioned: dict[str, Any]
) -> None:
    for scenario in dimensioned["scenarios"]:
        service = after(browser, scenario["plan"])
        shifts = {one["id"]: one["shifts"] for one in service["rosters"]}
        for cell in scenario["cells"]:
            hour = 12 if cell["band"] == "day" else 22
            on_duty = [
                unit
                for unit in service["units"]
                if unit["station"] == cell["station"] and unit["kind"] == "ambulance" and unit["change"] != "gone"
                and is_on(shifts[unit["roster"]], hour)
            ]  # fmt: skip
            assert len(on_duty) == cell["units"], (scenario["borders"], cell["station"], cell["band"])
        said = [one["en"] for one in scenario["plan"]["unsaid"]]
        assert any("borders" in text for text in said) == (scenario["borders"] == "none")


def is_on(shifts: list[dict[str, Any]], hour: int) -> bool:
    """Whether somebody with these shifts is on duty in an hour of every day."""
    hours = [set(range(one["start_s"] // 3600, one["end_s"] // 3600)) for one in shifts]
    night = [set(range(one["start_s"] // 3600, 24)) for one in shifts if one["end_s"] <= one["start_s"]]
    return any(hour in one for one in (*hours, *night))


def test_rosters_for_the_units_of_a_dimensioning(browser: TestClient, dimensioned: dict[str, Any]) -> None:
    told = ask(
        browser,
        "rosterings",
        need_of={"dimensioning": dimensioned["id"], "alternative": "today", "borders": "own"},
    )
    assert told["need"] == "dimensioning"
    units = {(c["station"], c["band"]): c["units"] for c in dimensioned["scenarios"][0]["cells"]}
    for station in told["stations"]:
        assert len(station["need"]) == ALL_WEEK
        assert station["need"][12] == units[station["id"], "day"]
        assert station["need"][3] == units[station["id"], "night"]
        fewest = next(one for one in station["rosters"] if one["which"] == "fewest")
        assert all(on >= need for on, need in zip(fewest["on_duty"], station["need"], strict=True))
    after(browser, told["plans"][0]["plan"])


def test_rosters_for_the_need_of_the_study_by_rules_that_were_changed(browser: TestClient) -> None:
    told = ask(browser, "rosterings", stations=["st-east"], replications=1, families=["all-day"], blocking=0.3)
    assert told["rules"]["blocking"] == 0.3
    assert [one["id"] for one in told["rules"]["families"]] == ["all-day"]
    (station,) = told["stations"]
    by = {one["which"]: one for one in station["rosters"]}
    assert {"today", "fewest"} <= by.keys()
    assert by["fewest"]["proved"] is True
    service = after(browser, by["fewest"]["plan"])
    cars = sum(one["cars"] for one in by["fewest"]["cars"])
    here = [unit for unit in service["units"] if unit["station"] == "st-east" and unit["change"] != "gone"]
    assert sum(unit["kind"] == "ambulance" for unit in here) == cars
    rules = browser.get("/api/rosters/rules").json()
    assert rules["net_hours_per_fte"] == 1460
    assert rules["families"][0]["id"] == "all-day"


def test_bad_questions_are_refused_before_anybody_waits(browser: TestClient, dimensioned: dict[str, Any]) -> None:
    def refused(what: str, **question: Any) -> tuple[int, str]:
        answer = browser.post(f"/api/studies/tiny/{what}", json=question)
        return answer.status_code, answer.text

    assert refused("dimensionings", alternatives=["9"])[0] == 404
    status, text = refused("dimensionings", bands=BANDS[:1])
    assert status == 422
    assert "do not fill the day" in text
    assert refused("dimensionings", nearest_share=1.5)[0] == 422
    status, text = refused("rosterings", families=[])
    assert status == 422
    assert "permit some of them" in text
    assert refused("rosterings", stations=["nowhere"])[0] == 404
    wish = {"dimensioning": dimensioned["id"], "alternative": "2"}
    assert refused("rosterings", need_of=wish)[0] == 404
    assert browser.get(f"/api/rosterings/{dimensioned['id']}").status_code == 404


def test_files_of_a_dimensioning(browser: TestClient, dimensioned: dict[str, Any], tmp_path: Path) -> None:
    files = {one["name"] for one in browser.get(f"/api/analyses/{dimensioned['id']}/files").json()["files"]}
    assert {"dimension.html", "dimension_cells.csv", "answer.json"} <= files
