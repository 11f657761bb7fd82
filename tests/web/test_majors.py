"""A major incident in Studio: asked as a job, told with its curves, and a moment of it to be played."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from beredt.simulation.playback.file_form import from_json
from beredt.web.app import create_app
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import open_library
from beredt.web.parts import Parts
from tests.tiny_study import write_tiny_study
from tests.web.conftest import ADDRESS
from tests.web.done_here import DoneHere, done

EVENTS = "event,id,place,after_min,red,yellow,green,weekday,clock\nbus,a,e1,0,2,3,4,fri,17:00\n"
QUESTION: dict[str, Any] = {
    "places": [
        {"place": "59.90000,10.53000", "red": 2, "yellow": 1, "green": 4},
        {"place": "s1", "after_min": 20, "red": 1},
    ],
    "weekday": 3,
    "clock_min": 600,
    "alternatives": ["2"],
    "needed": [{"id": "command"}, {"id": "first", "wanted": ["ambulance"], "waited": True, "stay_min": 30}],
    "samples": 2,
    "hours": 2,
    "step_min": 30,
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser at a server whose jobs are done in this process."""
    base = tmp_path_factory.mktemp("major")
    library = open_library([str(write_tiny_study(base / "tiny", major_incidents=EVENTS))], base / "data")
    parts = Parts(library, screen=base / "no-screen", jobs=JobQueue(base / "jobs", DoneHere))
    with TestClient(create_app(parts), base_url=ADDRESS) as browser:
        yield browser


@pytest.fixture(scope="module")
def answered(browser: TestClient) -> dict[str, Any]:
    asked = browser.post("/api/studies/tiny/majors", json=QUESTION)
    assert asked.status_code == 202, asked.text
    job = done(browser, asked.json())
    assert job["state"] == "done", job["problem"]["detail"]
    assert job["summary"]["patients"] == 8
    told: dict[str, Any] = browser.get(f"/api/majors/{job['id']}").json()
    return told | {"id": job["id"]}


def test_every_curve_has_every_minute_and_the_figures_fit_together(answered: dict[str, Any]) -> None:
    assert answered["minutes"] == [0, 30, 60, 90, 120]
    assert [one["alternative"] for one in answered["answers"]] == ["today", "2"]
    assert [(one["place"], one["after_min"]) for one in answered["scenes"]] == [("59.90000, 10.53000", 0), ("s1", 20)]
    assert {one.keys() >= {"nb", "nn", "en"} for one in answered["findings"]} == {True}
    assert answered["when"]["en"] == "Wed 10:00"
    for one in answered["answers"]:
        curves = [one["curve"][name] for name in ("low", "median", "high")]
        assert all(low <= middle <= high for low, middle, high in zip(*curves, strict=True))
        assert [len(curve) for curve in curves] == [5, 5, 5]
        away = {patients["severity"]: patients for patients in one["patients"]}
        assert {severity: away[severity]["patients"] for severity in away} == {"red": 3, "yellow": 1, "green": 4}
        for severity, patients in away.items():
            sent = [row for row in one["taken"] if row["severity"] == severity]
            assert sum(row["planned"] for row in sent) == patients["patients"]
            assert sum(row["delivered"] for row in sent) == pytest.approx(patients["delivered"][-1])
        assert sum(source["units"] for source in one["sources"]) == pytest.approx(
            next(row["mean"] for row in one["measures"] if row["id"] == "units")
        )
        assert [rest["within_min"] for rest in one["rest"]] == [12, 25]
        assert [(need["name"]["en"], need["units"], need["waited"]) for need in one["needed"]] == [
            ("Command", 2, False),
            ("ambulance", 2, True),
        ]
        own = {row["needed"]["en"] for row in one["sources"] if row["needed"] is not None}
        assert own <= {"Command", "ambulance"}


def test_the_moment_that_is_played_has_the_units_at_the_scene(browser: TestClient, answered: dict[str, Any]) -> None:
    """What arrives in the playback is what the sample's curve counts: told by two ways through the program."""
    for one in answered["answers"]:
        sent = browser.get(f"/api/majors/{answered['id']}/playback/{one['alternative']}")
        playback = from_json(sent.json())
        assert playback.alternative == one["alternative"]
        assert playback.ticks == (5 + 120) * 600
        row = {number: row for row, number in enumerate(playback.incidents.number.tolist())}
        own = [row[load["number"]] for load in one["loads"] if load["number"] in row]
        assert len(own) == len(one["loads"])
        calls = sorted(set(playback.incidents.call[own].tolist()))
        assert calls == [5 * 600, 25 * 600], "the alarms, after five minutes of the day before"
        places = {(playback.incidents.x[one], playback.incidents.y[one]) for one in own}
        assert places == {(1_053_000, 5_990_000), (1_050_000, 5_985_000)}
        by_end = (playback.incidents.first_scene[own] <= playback.ticks).sum()
        assert 0 < by_end <= one["curve"]["high"][-1]
    assert browser.get(f"/api/majors/{answered['id']}/playback/3").status_code == 404


def test_the_answer_is_taken_along_and_stands_until_the_study_changes(
    browser: TestClient, answered: dict[str, Any]
) -> None:
    files = {one["name"] for one in browser.get(f"/api/analyses/{answered['id']}/files").json()["files"]}
    assert {"major-incident.html", "major_mobilisation.csv", "major_rest.csv", "answer.json"} <= files
    standing = browser.get("/api/studies/tiny/analyses").json()["analyses"]
    assert [(one["id"], one["is_stale"]) for one in standing] == [(answered["id"], False)]


def test_the_event_of_the_study_is_offered_and_what_hospitals_take(browser: TestClient) -> None:
    options = browser.get("/api/studies/tiny/majors/options").json()
    command = {"id": "command", "wanted": [], "units": 1, "stay_min": 120, "waited": False, "incident": None}
    assert options["events"] == [
        {"id": "bus", "places": ["e1"], "red": 2, "yellow": 3, "green": 4, "needed": [command]}
    ]
    assert [one["id"] for one in options["kinds"]] == ["ambulance", "single_responder"]
    assert {one["hospital"] for one in options["capacity"]} == {"hosp-east", "hosp-west"}


def test_bad_questions_are_refused_before_anybody_waits(browser: TestClient) -> None:
    def refused(**changed: Any) -> tuple[int, str]:
        answer = browser.post("/api/studies/tiny/majors", json=QUESTION | changed, headers={"accept-language": "nb"})
        return answer.status_code, answer.text

    assert refused(alternatives=["9"])[0] == 404
    assert refused(places=[], event="train")[0] == 404
    assert refused(places=[{"place": "nowhere", "red": 1}])[0] == 404
    assert refused(needed=[{"id": "tank", "wanted": ["tank"]}])[0] == 404
    assert refused(capacity=[{"hospital": "hosp-ost", "red": 1}])[0] == 404
    assert refused(samples=0)[0] == 422
    for changed, said in (
        ({"places": [{"place": "e1"}]}, "ingen er skadd"),
        ({"places": [{"place": "e1", "red": 1, "after_min": 5}]}, "den første alarmen er i minutt 0"),
        ({"places": [{"place": "61.0,10.5", "red": 1}]}, "nærmeste området i studien"),
    ):
        status, text = refused(**changed)
        assert status == 422
        assert said in text
