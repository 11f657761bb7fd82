"""The database of accounts goes away, or has no room: nobody is let in by it, and nobody is logged out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from beredt.web.access.accounts import Accounts
from tests.web.access.conftest import PASSWORD, Clock, Person

AWAY = 503


@pytest.fixture
def engine(accounts: Accounts) -> Engine:
    return accounts._engine


@contextmanager
def gone(engine: Engine, folder: Path) -> Iterator[None]:
    """No database for a while."""
    engine.dispose()
    kept = folder.rename(folder.with_name("elsewhere"))
    try:
        yield
    finally:
        kept.rename(folder)
        engine.dispose()


@contextmanager
def full(engine: Engine) -> Iterator[None]:
    """A database that is read and not written to."""

    def keep_small(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA query_only=ON")  # OperationalError, as of a disk without room

    engine.dispose()
    event.listen(engine, "connect", keep_small)
    try:
        yield
    finally:
        event.remove(engine, "connect", keep_small)
        engine.dispose()


def test_without_the_database_nobody_is_let_in_and_all_is_as_before_when_it_is_back(
    visit: Callable[[], Person], engine: Engine, tmp_path: Path
) -> None:
    person, stranger = visit(), visit()
    person.log_in("Ane")
    assert person.browser.get("/api/studies").status_code == 200
    with gone(engine, tmp_path / "accounts"):
        for method, path in (("GET", "/api/studies"), ("GET", "/api/session"), ("DELETE", "/api/studies/tiny")):
            answer = person.send(method, path)
            assert (answer.status_code, answer.json()["type"]) == (AWAY, "urn:beredt:refused:away"), path
            assert answer.headers["retry-after"] == "5"
        page = person.browser.get("/", headers={"accept": "text/html", "accept-language": "nn"})
        assert page.status_code == AWAY
        assert "Databasen svarar ikkje" in page.text
        assert stranger.browser.get("/healthz").status_code == 200
        assert stranger.browser.get("/api/studies").status_code == 401
    assert person.browser.get("/api/studies").status_code == 200


def test_without_room_what_is_logged_is_not_told_and_nobody_is_logged_out(
    visit: Callable[[], Person], engine: Engine, accounts: Accounts, clock: Clock
) -> None:
    person, late = visit(), visit()
    person.log_in("Ane")
    clock.now += 120  # long enough ago that its use would be noted
    with full(engine):
        assert person.browser.get("/api/session").json()["name"] == "Ane"
        told = person.browser.get("/api/studies/tiny")
        assert told.status_code == AWAY
        assert "tiny" not in told.text
        refused = person.browser.get("/api/audit")  # refused as ever, though nobody can write it down
        assert refused.status_code == 403
        form = {**late.form(), "name": "Rolf", "password": PASSWORD}
        assert late.browser.post("/login", data=form).status_code == AWAY
    assert person.browser.get("/api/studies/tiny").status_code == 200
    assert accounts.audit.check().faults == ()
