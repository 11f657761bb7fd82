"""The review queue through the server: flagged, narrowed, looked at, worked off, and taken along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import OptionError
from beredt.indicators.review.incident_of import find_incident
from beredt.indicators.review.queue import open_queue
from beredt.indicators.review.rules import choose_rules
from beredt.indicators.review.run_rules import run_rules
from beredt.web.access.local import LocalAccess
from beredt.web.app import create_app
from beredt.web.logs.calendar import span_of
from tests.indicators.made_store import START, make_store
from tests.web.conftest import ADDRESS
from tests.web.logs.conftest import LOGS, Desk, make_parts, sit_down

DAY_MIN = 1440
ROWS: list[dict[str, Any]] = [
    {"key": "K1", "unit": "A1", "municipality": "Vest", "call_t": 0, "alerted_t": 1, "rolling_t": 2, "scene_t": 60},
    {"key": "", "lat": 59.9, "lon": 10.5, "unit": "A2", "municipality": "Vest", "call_t": 90, "alerted_t": 99},
    {"key": "K3", "unit": "A1", "call_t": 2 * DAY_MIN, "alerted_t": 2 * DAY_MIN + 1, "scene_t": 2 * DAY_MIN + 9},
    *(
        {"key": f"L{n}", "unit": "A9", "municipality": "Ost", "call_t": 100 * n, "alerted_t": 100 * n + 1,
         "scene_t": 100 * n + 70}
        for n in range(5, 11)
    ),
]  # fmt: skip


@contextmanager
def looked_at(base: Path) -> Iterator[tuple[Desk, str]]:
    """A server with a store that was laid beside it, whose missions were looked at."""
    (base / "data" / "incoming").mkdir(parents=True)
    rows = [{"urgency": "A", **row} for row in ROWS]
    make_store(base / "data" / "incoming" / "store", rows, rows_in=len(rows))
    with TestClient(create_app(make_parts(base, LocalAccess())), base_url=ADDRESS) as client:
        desk = sit_down(client, base)
        log = desk.send("POST", f"{LOGS}/incoming", json={"name": "store"}).json()
        address = f"{LOGS}/{log['id']}/review"
        assert desk.client.get(address).json() == {"exists": False, "rows": []}
        assert desk.client.get(f"{address}/cases").status_code == 404
        job = desk.work(address, {"days": 0})
        assert job["state"] == "done", job["problem"]
        assert job["summary"]["flagged"] == 8
        yield desk, address


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    """A queue of one's own, to be worked off."""
    with looked_at(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, str]]:
    """A queue to be looked at only."""
    with looked_at(tmp_path_factory.mktemp("shared")) as found:
        yield found


def names(desk: Desk, address: str, **asked: Any) -> set[str]:
    answer = desk.client.get(f"{address}/cases", params=asked)
    assert answer.status_code == 200, answer.text
    return {one["name"][:4] for one in answer.json()["cases"]}


def test_a_list_is_narrowed_by_rule_status_unit_place_and_day(shared: tuple[Desk, str]) -> None:
    desk, address = shared
    whole = desk.client.get(f"{address}/cases").json()
    assert whole["total"] == len(whole["cases"]) == 8
    assert (whole["units"], whole["municipalities"]) == (["A1", "A2", "A9"], ["Ost", "Vest"])
    assert names(desk, address, unit="A1") == {"K1"}
    assert names(desk, address, municipality="Vest") == {"K1", "call"}
    assert names(desk, address, rule="slow_handling") == {"call"}
    assert names(desk, address, rule=["slow_handling", "late"], unit="A2") == {"call"}
    assert names(desk, address, status="closed") == set()
    assert names(desk, address, since="2026-01-02", municipality="Vest") == set()
    assert names(desk, address, until="2026-01-01", municipality="Vest") == {"K1", "call"}
    page = desk.client.get(f"{address}/cases", params={"limit": 3, "offset": 6}).json()
    assert (page["total"], len(page["cases"])) == (8, 2)


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"rule": "frog"}, 404), ({"status": "frog"}, 422), ({"since": "today"}, 422), ({"limit": 0}, 422)],
)
def test_what_cannot_be_asked_for_is_told(shared: tuple[Desk, str], asked: dict[str, Any], status: int) -> None:
    desk, address = shared
    assert desk.client.get(f"{address}/cases", params=asked).status_code == status


def test_a_case_is_opened_worked_off_and_keeps_its_history(queue: tuple[Desk, str]) -> None:
    desk, address = queue
    (case,) = desk.client.get(f"{address}/cases", params={"unit": "A1"}).json()["cases"]
    own = f"{address}/cases/{case['id']}"
    told = desk.client.get(own).json()
    assert [one["rule"] for one in told["flags"]] == ["late"]
    (mission,) = told["missions"]
    assert (mission["unit"], mission["stamps"]["scene_t"]) == ("A1", "2026-01-01T13:00:00Z")
    assert desk.send("POST", f"{own}/comments", json={"text": "Asked the crew"}).status_code == 200
    change = {"status": "closed", "seen": "new"}
    wordless = desk.send("POST", f"{own}/status", json=change)
    assert (wordless.status_code, "without a word why" in wordless.json()["detail"]) == (422, True)
    closed = desk.send("POST", f"{own}/status", json={**change, "comment": "Snow"}).json()
    assert closed["case"]["status"] == "closed"
    stale = desk.send("POST", f"{own}/status", json={"status": "open", "seen": "new"})
    assert (stale.status_code, "closed by now" in stale.json()["detail"]) == (409, True)
    given = desk.send("POST", f"{own}/assigned", json={"person": " bo "}).json()
    assert given["case"]["assigned"] == "bo"
    assert [(one["what"], one["who"], one["comment"]) for one in given["history"]] == [
        ("flagged", "local", "late"), ("comment", "local", "Asked the crew"), ("status", "local", "Snow"),
        ("assigned", "local", ""),
    ]  # fmt: skip
    assert names(desk, address, status="closed") == {"K1"}
    assert desk.work(address, {"days": 0})["summary"]["new"] == 0
    assert desk.client.get(own).json()["case"]["status"] == "closed", "another run keeps what was done"
    assert desk.client.get(f"{address}/cases/999").status_code == 404


def test_cases_are_taken_along_as_they_are_narrowed(shared: tuple[Desk, str]) -> None:
    desk, address = shared
    answer = desk.client.get(f"{address}/export.csv", params={"unit": "A1"})
    (row,) = csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")))
    assert (row["name"], row["rules"]) == ("K1", "late")
    assert answer.headers["cache-control"] == "no-store"
    book = desk.client.get(f"{address}/export.xlsx").content
    assert pl.read_excel(io.BytesIO(book), sheet_name="cases").height == 8
    assert desk.client.get(f"{address}/export.pdf").status_code == 422


def test_looks_stand_in_the_queue_itself_too(queue: tuple[Desk, str]) -> None:
    desk, address = queue
    desk.client.get(f"{address}/cases", params={"unit": "A1"})
    desk.client.get(f"{address}/cases/1")
    desk.client.get(f"{address}/export.csv")
    (file,) = (desk.data / "logs").glob("*/review.sqlite")
    assert file.stat().st_mode & 0o077 == 0
    with open_queue(file) as held:
        assert [(who, what, cases) for _, who, what, cases in held.list_access()] == [
            ("local", "list", 1), ("local", "show", 1), ("local", "export", 8)
        ]  # fmt: skip


def test_small_counts_are_left_out_of_what_everybody_may_see(shared: tuple[Desk, str]) -> None:
    desk, address = shared
    rows = {row["rule"]: row for row in desk.client.get(address).json()["rows"]}
    assert rows["late"]["cases"] == 7
    assert rows["slow_handling"]["cases"] is None


# ---- what lies behind --------------------------------------------------------------------------------------


def test_incidents_that_are_called_alike_are_told_apart(tmp_path: Path) -> None:
    here = {"urgency": "A", "lat": 59.9, "lon": 10.5, "call_t": 0, "alerted_t": 9, "scene_t": 60}
    store = make_store(tmp_path / "store", [{**here, "unit": "A1"}, {**here, "unit": "A2"}])
    run_rules(store, tmp_path / "q.sqlite", choose_rules(["late"]), "ann", datetime.now(UTC))
    with open_queue(tmp_path / "q.sqlite") as held:
        cases = held.list_cases()
        assert len({case.name for case in cases}) == 2
        found = [find_incident(store, case, held.list_flags(case.id)).missions["unit"].to_list() for case in cases]
    assert sorted(found) == [["A1"], ["A2"]]


def test_an_incident_that_is_gone_is_gone(tmp_path: Path) -> None:
    row = {"key": "K1", "urgency": "A", "unit": "A1", "call_t": 0, "alerted_t": 1, "scene_t": 60}
    store = make_store(tmp_path / "store", [row])
    run_rules(store, tmp_path / "q.sqlite", choose_rules(), "ann", datetime.now(UTC))
    other = make_store(tmp_path / "other", [{**row, "key": "K2"}])
    with open_queue(tmp_path / "q.sqlite") as held:
        (case,) = held.list_cases()
        assert find_incident(store, case, []).missions.height == 1
        assert find_incident(other, case, []).missions.is_empty()


@given(st.dates(START.date().replace(year=1990), START.date().replace(year=2090)))
def test_a_day_is_the_day_of_the_log(day: Any) -> None:
    begin, end = (datetime.fromisoformat(one) for one in span_of(str(day), str(day), "Europe/Oslo"))
    assert 23 <= (end - begin).total_seconds() / 3600 <= 25
    from zoneinfo import ZoneInfo

    local = begin.astimezone(ZoneInfo("Europe/Oslo"))
    assert (local.date(), local.hour, local.minute) == (day, 0, 0)


@pytest.mark.parametrize("day", ["x", "2026-13-01", "9999-12-31"])
def test_what_is_no_day_is_told(day: str) -> None:
    with pytest.raises(OptionError, match="it is no day"):
        span_of("", day, "Europe/Oslo")
