"""Siting in Studio: the same answers as `beredt site`, told with what they cover and the edits that make them so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.web.app import create_app
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import Library
from beredt.web.parts import Parts
from tests.web.conftest import ADDRESS
from tests.web.done_here import DoneHere, done

PLACES = "id,lat,lon,name\nmid,59.9,10.585,Middle\n"
QUESTION: dict[str, Any] = {
    "model": "mclp", "stations": 2, "k": 3, "minutes": {"A": 4}, "trade_off": ["covered", "sites"]
}  # fmt: skip


@pytest.fixture
def browser(library: Library, tmp_path: Path) -> Iterator[TestClient]:
    """A browser at a server whose jobs are done in this process."""
    queue = JobQueue(tmp_path / "jobs", DoneHere)
    parts = Parts(library, screen=tmp_path / "no-screen", jobs=queue)
    with TestClient(create_app(parts), base_url=ADDRESS) as browser:
        yield browser


def ask(browser: TestClient, **question: Any) -> dict[str, Any]:
    """Ask, wait, and read the answer."""
    asked = browser.post("/api/studies/tiny/sitings", json=question)
    assert asked.status_code == 202, asked.text
    job = done(browser, asked.json())
    assert job["state"] == "done", job["problem"]["detail"]
    told: dict[str, Any] = browser.get(f"/api/sitings/{job['id']}").json()
    return told | {"id": job["id"], "summary": job["summary"], "options": job["options"]}


def refused(browser: TestClient, **question: Any) -> str:
    answer = browser.post("/api/studies/tiny/sitings", json=question)
    assert answer.status_code == 422
    return str(answer.json())


def test_the_answers_are_those_of_the_command_line_and_what_differs_is_told(browser: TestClient, folder: Path) -> None:
    told = ask(browser, **QUESTION)
    done_there = CliRunner().invoke(
        build_app(),
        ["site", str(folder), "--model", "mclp", "--stations", "2", "--k", "3", "--minutes", "A=4",
         "--trade-off", "covered,sites", "--json"],
    )  # fmt: skip
    there = json.loads(done_there.stdout)
    assert [one["sites"] for one in told["answers"]] == [one["units"] for one in there["k_best"]]
    assert [one["value"] for one in told["answers"]] == [one["objective"] for one in there["k_best"]]
    assert [one["proved"] for one in told["answers"]] == [True] * len(there["k_best"])
    points = [(one["first"], one["second"]) for one in told["trade_off"]["points"]]
    assert points == [(one["covered"], one["sites"]) for one in there["trade_off"]["points"]]
    best, second = told["answers"][:2]
    assert best["opened"] == best["given_up"] == []
    assert set(second["sites"]) == (set(best["sites"]) - set(second["given_up"])) | set(second["opened"])
    assert set(told["finding"]) == {"nb", "nn", "en"}
    assert told["summary"]["proved"] is True


def test_every_answer_becomes_a_draft_that_fits_the_study(browser: TestClient) -> None:
    told = ask(browser, **QUESTION)
    for one in [*told["answers"], *told["trade_off"]["points"]]:
        service = browser.post("/api/studies/tiny/service", json={"edits": one["plan"]["edits"], "lang": "en"}).json()
        assert service["complaints"] == []
        staffed = [station for station in service["stations"] if station["units"]]
        assert len(staffed) == len(one["sites"]) or not one["plan"]["edits"]


def test_what_an_answer_covers_adds_up_to_what_it_is_worth(browser: TestClient) -> None:
    told = ask(browser, **QUESTION)
    for number, one in enumerate(told["answers"], start=1):
        cover = browser.get(f"/api/sitings/{told['id']}/cover?answer={number}").json()
        assert sum(site["within"] for site in cover["sites"]) == pytest.approx(one["value"])
        served = sum(site["calls"] for site in cover["sites"])
        assert served == pytest.approx(told["demand"])
        assert {site["site"] for site in cover["sites"] if site["units"]} == set(one["sites"])
        assert all(share == 0 for share, near in zip(cover["share"], cover["nearest"], strict=True) if near < 0)
    point = browser.get(f"/api/sitings/{told['id']}/cover?point=1").json()
    assert {site["site"] for site in point["sites"] if site["units"]} == set(told["trade_off"]["points"][0]["sites"])
    assert browser.get(f"/api/sitings/{told['id']}/cover?answer=99").status_code == 404


def test_places_of_a_file_come_along_and_models_of_units_say_how_many(browser: TestClient) -> None:
    told = ask(browser, model="mexclp", units=3, candidates=PLACES, busy=0.3, k=1, periods="day-evening-night")
    assert "mid" in [site["id"] for site in told["sites"]]
    assert "candidates" not in told["options"], "a list of jobs is no place for files"
    (answer,) = told["answers"]
    assert told["periods"] == ["day", "evening", "night"]
    assert all(sum(units.values()) <= 3 for units in answer["by_period"].values())
    assert answer["plan"]["unsaid"] == []


def test_an_answer_is_outgrown_by_the_study_but_not_by_the_alternative_that_is_made_of_it(
    browser: TestClient, folder: Path
) -> None:
    told = ask(browser, model="mclp", stations=2, k=1)

    def is_stale() -> bool:
        (one,) = browser.get("/api/studies/tiny/analyses").json()["analyses"]
        assert one["id"] == told["id"]
        return bool(one["is_stale"])

    assert not is_stale()
    made = {"id": "sited", "title": {"en": "Sited"}, "description": {}, "note": {}}
    made["edits"] = told["answers"][0]["plan"]["edits"]
    assert browser.post("/api/studies/tiny/alternatives", json=made).status_code in (200, 201)
    assert not is_stale()
    rates = folder / "rates.csv"
    rates.write_text(rates.read_text("utf-8") + "\n", encoding="utf-8")
    assert is_stale()


def test_files_are_taken_along(browser: TestClient) -> None:
    told = ask(browser, model="pmedian", stations=2, k=2)
    files = {one["name"] for one in browser.get(f"/api/analyses/{told['id']}/files").json()["files"]}
    assert {"site.html", "sites.geojson", "site_answers.csv", "site_units.csv", "answer.json"} <= files
    taken = browser.get(f"/api/analyses/{told['id']}/files/site_answers.csv")
    assert taken.text.startswith("rank,model,objective")
    assert browser.get(f"/api/analyses/{told['id']}/files/job.json").status_code == 404
    assert browser.get(f"/api/analyses/{told['id']}/files/..%2Fjob.json").status_code == 404


def test_bad_questions_are_told_in_the_words_of_the_page_before_anybody_waits(browser: TestClient) -> None:
    assert "“Units on duty at most” 3: mclp places stations" in refused(browser, model="mclp", units=3)
    assert "there is no such model" in refused(browser, model="frog")
    assert "“Share of time a unit is busy”" in refused(browser, model="mclp", stations=2, busy=0.5)
    assert "is in no part" in refused(browser, model="mexclp", units=3, periods="day=08-20")
    assert "the place is not known" in refused(browser, model="mclp", stations=2, candidates="id\nnowhere\n")
    swapped = refused(browser, model="mclp", stations=2, candidates="id,lat,lon\nnew,10.5,59.85\n")
    assert "lat and lon are swapped" in swapped
    outside = refused(browser, model="mclp", stations=2, candidates="id,lat,lon\nnew,69.65,18.95\n")
    assert "the place lies outside the region" in outside
    assert "less than or equal to 30" in refused(browser, model="mclp", stations=2, k=1000)
    assert browser.post("/api/studies/tiny/sitings", json={"alternative": "9"}).status_code == 404
    asked = browser.post("/api/studies/tiny/sitings", json={"model": "mclp", "stations": 2, "locks": ["nowhere"]})
    failed = done(browser, asked.json())
    assert failed["state"] == "failed"
    assert "nowhere" in failed["problem"]["detail"]


def test_every_model_is_offered_with_its_source_and_the_range_of_its_settings(browser: TestClient) -> None:
    listed = browser.get("/api/siting/models").json()
    by_id = {one["id"]: one for one in listed["models"]}
    assert {"lscp", "mclp", "pmedian", "pcentre", "mexclp", "dsm", "malp1", "survival", "equity"} <= by_id.keys()
    assert by_id["mclp"]["source"] == "Church and ReVelle 1974"
    settings = {one["id"]: one for one in listed["settings"]}
    assert {name for one in listed["models"] for name in one["settings"]} <= settings.keys()
    assert (settings["reliability"]["minimum"], settings["reliability"]["maximum"]) == (0, 0.9999)
    assert settings["mission_min"]["unit"] == "min"
    assert all(one["name"][language] for one in listed["models"] for language in ("nb", "nn", "en"))
