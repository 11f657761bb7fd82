"""Who may see what of a log: readers no single mission, analysts all of it, admins throw away; and all is noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from beredt.indicators.suppress import THRESHOLD
from beredt.web.access.accounts import Accounts
from beredt.web.access.database import open_database
from beredt.web.access.roles import Role
from beredt.web.app import create_app
from tests.web.access.conftest import ADDRESS, PASSWORD, PLACE, QUICK, Person
from tests.web.logs.conftest import LOGS, make_parts
from tests.web.logs.finished_report import put_finished_report


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(open_database(tmp_path / "accounts"), passwords=QUICK)
    for name, role in (("Ada", Role.ADMIN), ("Ane", Role.ANALYST), ("Rolf", Role.READER)):
        made.users.add(name, role, PASSWORD)
    return made


class Office:
    """People with accounts at one server, which can be started again."""

    def __init__(self, base: Path, accounts: Accounts, stack: ExitStack) -> None:
        self._base, self._accounts, self._stack = base, accounts, stack
        self.start()

    def start(self) -> None:
        """Another server on the same folder."""
        parts = replace(make_parts(self._base, self._accounts), host_names=frozenset({PLACE}), secure=True)
        self._app = create_app(parts)

    def __call__(self, name: str) -> Person:
        """Somebody comes and logs in."""
        person = Person(self._stack.enter_context(TestClient(self._app, base_url=ADDRESS)))
        person.log_in(name)
        return person


@pytest.fixture
def visit(tmp_path: Path, accounts: Accounts) -> Iterator[Office]:
    with ExitStack() as stack:
        yield Office(tmp_path, accounts, stack)


def uploaded(person: Person, content: bytes) -> str:
    """A log that this person has uploaded and imported; its address."""
    sent = person.browser.post(
        LOGS, params={"name": "amis.csv"}, content=content, headers={"x-beredt-csrf": person.csrf}
    )
    assert sent.status_code == 201, sent.text
    address = f"{LOGS}/{sent.json()['id']}"
    for path, question in (("import", {"profile": "amis"}), ("review", {"days": 0})):
        job = person.send("POST", f"{address}/{path}", question)
        assert job.status_code == 202, job.text
        assert '"done"' in person.browser.get(f"/api/jobs/{job.json()['id']}/events").text
    return address


SINGLE = [
    ("GET", "/issues"), ("GET", "/issues.csv"), ("GET", "/issues/late.csv"), ("GET", "/reading?profile=amis"),
    ("GET", "/review/cases"), ("GET", "/review/cases/1"), ("GET", "/review/export.csv"), ("GET", "/review/export.xlsx"),
    ("GET", "/links"), ("GET", "/links.toml"),
]  # fmt: skip
CHANGES = [
    ("POST", ""), ("POST", "/incoming"), ("POST", "/x/import"), ("POST", "/x/reports"), ("POST", "/x/review"),
    ("POST", "/x/forecasts"),
    ("PUT", "/x/profile"), ("PUT", "/x/beside/roster?name=r.csv"), ("DELETE", "/x/beside/printed"),
    ("PUT", "/x/links"), ("PUT", "/x/links/file?name=r.csv"), ("DELETE", "/x/file"),
    ("POST", "/x/review/cases/1/status"),
    ("POST", "/x/review/cases/1/comments"), ("POST", "/x/review/cases/1/assigned"), ("DELETE", "/x"),
]  # fmt: skip


def test_readers_see_indicators_and_no_single_mission(visit: Office, amis: bytes, tmp_path: Path) -> None:
    analyst, reader = visit("Ane"), visit("Rolf")
    address = uploaded(analyst, amis)
    for method, path in SINGLE:
        assert reader.send(method, address + path).status_code == 403, path
    for method, path in CHANGES:
        assert reader.send(method, LOGS + path).status_code == 403, path
    log = reader.browser.get(address).json()
    assert log["store"]["rows_in"] == log["store"]["rows_out"] > 0
    for row in reader.browser.get(f"{address}/review").json()["rows"]:
        shown = [count for count in (row["cases"], *row["by_status"].values()) if count]
        assert all(count >= THRESHOLD for count in shown), row
    # What was said on the way is about the whole log, too.
    jobs = reader.browser.get("/api/jobs").text
    assert "Asker" not in jobs
    assert "A1" not in jobs


def test_analysts_review_in_their_own_name_and_only_admins_throw_away(visit: Office, amis: bytes) -> None:
    analyst, admin = visit("Ane"), visit("Ada")
    address = uploaded(analyst, amis)
    assert analyst.browser.get(address).json()["by"] == "Ane"
    case = analyst.browser.get(f"{address}/review/cases").json()["cases"][0]["id"]
    change = {"status": "dismissed", "seen": "new", "comment": "Nothing in it"}
    told = analyst.send("POST", f"{address}/review/cases/{case}/status", change).json()
    assert [(one["who"], one["what"]) for one in told["history"]] == [("Ane", "flagged"), ("Ane", "status")]
    assert analyst.send("DELETE", address).status_code == 403
    assert admin.send("DELETE", address).status_code == 204
    assert analyst.browser.get(address).status_code == 404


def test_every_look_at_single_missions_and_every_change_is_noted(
    visit: Office, accounts: Accounts, amis: bytes
) -> None:
    analyst, reader, admin = visit("Ane"), visit("Rolf"), visit("Ada")
    address = uploaded(analyst, amis)
    for path in ("/issues", "/issues.csv", "/review/cases", "/review/cases/1", "/review/export.csv"):
        assert analyst.browser.get(address + path).status_code == 200, path
    reader.browser.get(f"{address}/review/cases/1")
    admin.send("DELETE", address)
    noted = [(one.user, one.kind, one.what.replace(address, "…"), one.study) for one in accounts.audit.entries()]
    told = [one for one in noted if (one[1] in ("look", "change", "refused") and "logs" in one[2]) or "…" in one[2]]
    assert told == [
        ("Ane", "change", f"POST {LOGS}", "tiny"),
        ("Ane", "change", "POST …/import", "tiny"),
        ("Ane", "change", "POST …/review", "tiny"),
        ("Ane", "look", "GET …/issues", "tiny"),
        ("Ane", "look", "GET …/issues.csv", "tiny"),
        ("Ane", "look", "GET …/review/cases", "tiny"),
        ("Ane", "look", "GET …/review/cases/1", "tiny"),
        ("Ane", "look", "GET …/review/export.csv", "tiny"),
        ("Rolf", "refused", "GET …/review/cases/1", "tiny"),
        ("Ada", "change", "DELETE …", "tiny"),
    ]


def test_readers_read_a_report_and_take_it_along(visit: Office, amis: bytes, tmp_path: Path) -> None:
    address, other = (uploaded(visit("Ane"), amis) for _ in range(2))
    log = address.rpartition("/")[2]
    job = put_finished_report(tmp_path / "tiny", tmp_path / "data" / "jobs", "tiny", log)
    assert job.summary is not None
    visit.start()
    reader = visit("Rolf")
    report = f"{address}/reports/{job.id}"
    for lang in ("nb", "nn", "en"):
        chapters = reader.browser.get(f"{report}/chapters", params={"lang": lang}).json()
        assert chapters["fingerprint"] == job.summary["fingerprint"]
        assert "quality" in [one["id"] for one in chapters["chapters"]]
        piece = reader.browser.get(f"{report}/chapters/quality", params={"lang": lang}).text
        assert "<script" not in piece
        assert " style=" not in piece
    names = [one["name"] for one in reader.browser.get(f"{report}/files").json()["files"]]
    assert {"report.html", "results/log_findings.parquet"} <= set(names)
    page = reader.browser.get(f"{report}/files/report.html")
    assert "attachment" in page.headers["content-disposition"]
    table = reader.browser.get(f"{report}/tables/log_findings.csv")
    assert (table.status_code, table.text.lstrip("\ufeff")[:5]) == (200, "rule,")
    for path in ("files/../job.json", "files/job.json", "tables/frog.csv", "tables/..%2Fjob.csv", "chapters/frog"):
        assert reader.browser.get(f"{report}/{path}").status_code == 404, path
    assert reader.browser.get(f"{address}/reports/20260101-000000-abcdef/chapters").status_code == 404
    assert reader.browser.get(f"{other}/reports/{job.id}/chapters").status_code == 404, "it is of another log"


@pytest.mark.parametrize("question", [{"threshold": 4}, {"threshold": 0}, {"month": "2026-13"}, {"month": "x"}])
def test_small_counts_cannot_be_asked_for(visit: Office, question: dict[str, object]) -> None:
    answer = visit("Ada").send("POST", f"{LOGS}/20260101-000000-abcdef/reports", question)
    assert answer.status_code == 422
