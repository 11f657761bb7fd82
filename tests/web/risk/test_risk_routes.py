"""The risk analysis through the server: what the page asks, what it is told, and what it is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.model.read import load_study
from beredt.web.access.accounts import Accounts
from beredt.web.app import create_app
from beredt.web.library import Library
from beredt.web.parts import Parts
from beredt.web.risk.workshop import Workshop
from tests.web.access.conftest import ADDRESS, PLACE, Person

RISK = "/api/studies/tiny/risk"
EMPTY: dict[str, Any] = dict.fromkeys(
    ("likelihood_before", "consequence_before", "likelihood_after", "consequence_after", "knowledge", "measures")
)
GRAVE = {**EMPTY, "likelihood_before": 5, "consequence_before": 5}


def answer_path(role: str, number: int, event: str, alternative: str) -> str:
    return f"{RISK}/assessors/{role}/{number}/answers/{event}/{quote(alternative, safe='')}"


def test_the_form_has_all_areas_events_and_words(client: TestClient) -> None:
    form = client.get(f"{RISK}/form").json()
    assert [one["id"] for one in form["areas"]] == ["patients", "money"]
    assert [(one["number"], one["id"], one["area"]) for one in form["events"]] == [
        (1, "late", "patients"), (2, "lost", "patients"), (3, "dear", "money"),
    ]  # fmt: skip
    assert [one["id"] for one in form["alternatives"]] == ["0+", "2"]
    assert form["matrix"][4][4] == form["levels"][-1]["level"]
    assert form["likelihood_steps"][0] == {"en": "very unlikely", "nb": "svært lite sannsynlig",
                                           "nn": form["likelihood_steps"][0]["nn"]}  # fmt: skip


def test_an_answer_is_written_seen_and_taken_into_the_study(client: TestClient, folder: Path) -> None:
    joined = client.post(f"{RISK}/assessors", json={"role": "desk", "name": "Kari"})
    assert joined.status_code == 201, joined.text
    path = answer_path("desk", joined.json()["number"], "dear", "0+")
    before = client.get(RISK).json()
    assert client.put(path, json={"seen": EMPTY, "answer": GRAVE}).status_code == 204
    after = client.get(RISK).json()
    assert after["version"] != before["version"]
    assert after["unlike"] == 1
    cell = next(one for one in after["spreads"] if (one["event"], one["alternative"]) == ("dear", "0+"))
    assert (cell["level"], cell["counts"]) == (3, [{"likelihood": 5, "consequence": 5, "assessors": 1}])
    other = client.put(path, json={"seen": EMPTY, "answer": {**GRAVE, "consequence_before": 1}})
    assert (other.status_code, other.headers["content-type"]) == (409, "application/problem+json")
    assert client.get(path).json()["deeds"][0]["answer"] == GRAVE
    assert client.post(f"{RISK}/take").json() == {"answers": 15, "assessors": 5, "changed": 1}
    assert client.get(RISK).json()["unlike"] == 0
    assert load_study(folder).decision["risk_scores"].height == 15
    assert CliRunner().invoke(build_app(), ["study", "check", str(folder)]).exit_code == 0


@pytest.mark.parametrize(
    "answer",
    [
        {"likelihood_before": 6, "consequence_before": 1},
        {"likelihood_before": 3},
        {"likelihood_before": "3 ", "consequence_before": 1, "frog": 1},
        {"measures": "call 010101 12345"},
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(client: TestClient, answer: dict[str, object]) -> None:
    refused = client.put(answer_path("desk", 1, "dear", "2"), json={"seen": EMPTY, "answer": answer})
    assert refused.status_code == 422
    assert refused.json()["issues"], refused.text


def test_a_workbook_goes_out_and_comes_back(client: TestClient) -> None:
    assert client.get(f"{RISK}/workbook", params={"lang": "nn"}).content[:2] == b"PK"
    book = client.get(f"{RISK}/workbook/filled", params={"lang": "nb"})
    assert "tiny-risk-nb.xlsx" in book.headers["content-disposition"]
    send = {"content": book.content, "headers": {"content-type": book.headers["content-type"]}}
    assert client.post(f"{RISK}/workbook", **send).json() == {  # type: ignore[arg-type]
        "answers": 14, "assessors": 4, "changed": 0, "warnings": [],
    }  # fmt: skip
    first = ("crew", 1, "late", "2")
    own = client.get(RISK).json()["own"]
    late = next(one["answer"] for one in own if (one["role"], one["number"], one["event"], one["alternative"]) == first)
    path = answer_path("crew", 1, "late", "2")
    assert client.put(path, json={"seen": late, "answer": {**late, "likelihood_before": 1}}).status_code == 204
    refused = client.post(f"{RISK}/workbook", **send)  # type: ignore[arg-type]
    assert refused.status_code == 409
    assert "crew 1" in refused.json()["detail"]
    renumbered = client.post(f"{RISK}/workbook?same=renumber", **send)  # type: ignore[arg-type]
    assert renumbered.json()["changed"] == 4
    assert ("crew", 4) in {(one["role"], one["number"]) for one in client.get(RISK).json()["assessors"]}
    assert client.post(f"{RISK}/workbook?same=replace", **send).json()["changed"] == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(("content", "status"), [(b"PK\x03\x04 not a workbook", 422), (b"x" * 5_000_001, 413)])
def test_a_file_that_is_no_workbook_is_told(client: TestClient, content: bytes, status: int) -> None:
    kind = {"content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    answer = client.post(f"{RISK}/workbook", content=content, headers=kind)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"]


def test_a_study_without_a_risk_analysis_asks_nothing_and_says_what_to_do(client: TestClient, folder: Path) -> None:
    for table in ("risk_scores", "risk_evidence", "risk_events"):
        (folder / f"{table}.csv").unlink()
    assert client.get(f"{RISK}/form").json()["events"] == []
    assert client.get(RISK).json()["spreads"] == []
    answer = client.post(f"{RISK}/assessors", json={"role": "desk"})
    assert answer.status_code == 422
    assert "risk_events.csv" in answer.json()["detail"]


def test_who_listens_hears_of_a_change(workshop: Workshop, library: Library) -> None:
    opened = library.get("tiny")
    first = workshop.version(opened)
    workshop.join(opened, "desk", "", "", by="")
    second = workshop.version(opened)
    with open(opened.folder / "risk_scores.csv", "a", encoding="utf-8") as table:
        table.write("late,2,desk,9,1,1,,,,\n")
    assert len({first, second, workshop.version(opened)}) == 3


# ---- with accounts -------------------------------------------------------------------------------------------


@pytest.fixture
def visit(accounts: Accounts, library: Library, workshop: Workshop, tmp_path: Path) -> Callable[[str], Person]:
    parts = Parts(library, accounts, frozenset({PLACE}), secure=True, workshop=workshop, screen=tmp_path / "none")
    app = create_app(parts)

    def come(name: str) -> Person:
        person = Person(TestClient(app, base_url=ADDRESS))
        person.log_in(name)
        return person

    return come


def test_readers_look_analysts_answer_as_themselves_and_it_is_written_down(
    visit: Callable[[str], Person], accounts: Accounts
) -> None:
    accounts.users.add("Eva", accounts.users.get("Ane").role, "correct plover battery wharf")
    ane, eva, rolf = visit("Ane"), visit("Eva"), visit("Rolf")
    made = ane.send("POST", f"{RISK}/assessors", {"role": "crew", "own": True}).json()
    assert (made["number"], made["is_own"]) == (4, True)
    path = answer_path("crew", 4, "dear", "2")
    question = {"seen": EMPTY, "answer": GRAVE}
    assert ane.send("PUT", path, question).status_code == 204
    assert eva.send("PUT", path, {"seen": GRAVE, "answer": EMPTY}).status_code == 403
    assert rolf.send("PUT", path, question).status_code == 403
    assert rolf.send("POST", f"{RISK}/take").status_code == 403
    seen = rolf.browser.get(RISK).json()
    assert {one["name"] for one in seen["assessors"]} == {""}
    assert any(one["event"] == "dear" for one in seen["spreads"])
    assert "Ane" in {one["name"] for one in eva.browser.get(RISK).json()["assessors"]}
    assert eva.send("POST", f"{RISK}/take").status_code == 200
    log = [(one.user, one.kind, one.what, one.study, one.status) for one in accounts.audit.entries()]
    put = f"PUT {RISK}/assessors/crew/4/answers/dear/2"
    assert ("Ane", "change", put, "tiny", 204) in log
    assert ("Eva", "change", put, "tiny", 403) in log
    assert ("Rolf", "refused", put, "tiny", 403) in log
    assert ("Eva", "change", f"POST {RISK}/take", "tiny", 200) in log
