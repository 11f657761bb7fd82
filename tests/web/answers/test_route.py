"""Answers asked over HTTP, as a page asks them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from beredt.web.answers.engine import Engine
from beredt.web.answers.forms import Answer
from beredt.web.app import create_app
from beredt.web.library import open_library
from beredt.web.parts import Parts
from tests.tiny_study import write_tiny_study

ADDRESS = "http://127.0.0.1"
MOVE = {"edit": "move_station", "station": "st-west", "lat": 59.905, "lon": 10.53}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = write_tiny_study(tmp_path_factory.mktemp("tiny") / "tiny")
    parts = Parts(
        open_library([str(folder)], tmp_path_factory.mktemp("data")),
        engine=Engine(1),
        screen=Path("no-screen"),
    )
    with TestClient(create_app(parts), base_url=ADDRESS) as browser:
        yield browser


def ask(client: TestClient, **asked: object) -> list[tuple[str, Any]]:
    """All events of a question: their names and what they bring."""
    question = {"page": "p", "ticket": 1, "of": [{"id": "draft", "edits": [MOVE]}], **asked}
    with client.stream("POST", "/api/studies/tiny/answers", json=question) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        text = "".join(response.iter_text())
    events = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def test_a_draft_is_answered_until_all_replications_are_there(client: TestClient) -> None:
    events = ask(client, page="first", replications=3, lang="nb")
    names = [name for name, _ in events if name != "waiting"]
    assert names[0] == "prepared"
    assert names[-1] == "done"
    answers = [Answer.model_validate(content) for name, content in events if name == "answer"]
    assert [one.replications for one in answers] == sorted({one.replications for one in answers})
    last = answers[-1]
    assert (last.replications, last.wanted, last.against) == (3, 3, "today")
    (draft,) = last.alternatives
    assert draft.id == "draft"
    assert draft.sentence.startswith("Med Vest flyttet")
    assert draft.gate is not None
    assert draft.calendar is None


def test_up_to_four_are_compared_and_one_may_be_saved_and_changed_at_once(client: TestClient) -> None:
    drafts = [{"id": "2", "edits": [MOVE]}, {"id": "draft", "edits": [MOVE], "title": "The same"},
              {"id": "0+", "edits": []}]  # fmt: skip
    events = ask(client, page="compare", of=drafts, against={"id": "2", "edits": []}, replications=2,
                 with_calendar=True)  # fmt: skip
    answer = Answer.model_validate(next(content for name, content in reversed(events) if name == "answer"))
    assert [one.id for one in answer.alternatives] == ["2", "draft", "0+"]
    changed, same, baseline = answer.alternatives
    assert changed.places == same.places
    assert changed.gate is not None
    assert baseline.gate is None
    assert changed.calendar is not None
    assert len(changed.calendar.levels) == 28


def test_edits_that_do_not_fit_are_told_before_anything_runs(client: TestClient) -> None:
    faulty = [{"edit": "move_station", "station": "nowhere", "lat": 59.9, "lon": 10.5}, {"edit": "fly"}]
    question = {"page": "p", "ticket": 9, "of": [{"id": "draft", "edits": faulty}]}
    response = client.post("/api/studies/tiny/answers", json=question)
    assert response.status_code == 422
    assert response.headers["content-type"].startswith("application/problem+json")
    assert [issue["edit"] for issue in response.json()["issues"]] == [1, 2]


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ({"of": []}, 422, "of"),
        ({"of": [{"id": "a", "edits": []}, {"id": "a", "edits": []}]}, 422, "same id"),
        ({"against": "nobody"}, 404, "nobody"),
        ({"replications": 0}, 422, "replications"),
        ({"lang": "xx"}, 422, "lang"),
        ({"ticket": -1}, 422, "ticket"),
    ],
)
def test_questions_that_cannot_be_answered(
    client: TestClient, asked: dict[str, object], status: int, part: str
) -> None:
    question = {"page": "p", "ticket": 1, "of": [{"id": "draft", "edits": [MOVE]}], **asked}
    response = client.post("/api/studies/tiny/answers", json=question)
    assert response.status_code == status
    assert part in response.text


def test_an_older_question_than_the_last_one_is_not_answered(client: TestClient) -> None:
    assert ask(client, page="old", ticket=7, replications=1)[-1][0] == "done"
    ((name, problem),) = ask(client, page="old", ticket=6, replications=1)
    assert name == "problem"
    assert "later question" in problem["detail"]


def test_the_description_for_clients_knows_the_forms_of_answers(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    assert {"Answer", "AlternativeAnswer", "Card", "PlaceRow"} <= document["components"]["schemas"].keys()
    operation = document["paths"]["/api/studies/{study}/answers"]["post"]
    assert "text/event-stream" in operation["responses"]["200"]["content"]
