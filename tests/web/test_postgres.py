"""Accounts, sessions, the log and the risk workshop on a real PostgreSQL, as on SQLite."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, delete, text, update
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.database.only_add import changeable
from beredt.database.open import open_engine
from beredt.errors import AccountError, StaleVersionError
from beredt.live.store.entry import Entry as LogEntry
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.web.access.accounts import Accounts
from beredt.web.access.audit import AuditLog, Entry
from beredt.web.access.choose import choose_access
from beredt.web.access.database import AUDIT
from beredt.web.access.database import METADATA as ACCOUNTS
from beredt.web.access.passwords import Passwords
from beredt.web.access.roles import Role
from beredt.web.access.sessions import Sessions
from beredt.web.access.users import Users
from beredt.web.library import open_library
from beredt.web.risk.answer import NOTHING, Answer, Question
from beredt.web.risk.database import METADATA as RISK
from beredt.web.risk.database import RISK_LOG
from beredt.web.risk.log import RiskLog
from beredt.web.risk.workshop import Workshop
from beredt.web.settings import ServeSettings
from beredt.web.where_kept import database_address
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study
from tests.web.postgres import running_postgres

PASSWORD = "correct plover battery wharf"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="beredt-pg-") as folder, running_postgres(Path(folder) / "pg") as url:
        yield url


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    made = open_engine(address, ACCOUNTS)
    yield made
    made.dispose()


def test_accounts_and_sessions(engine: Engine) -> None:
    now = [1_800_000_000.0]
    users = Users(engine, Passwords(memory_kib=64, passes=1), lambda: now[0])
    users.add("Åse", Role.READER, PASSWORD)
    with pytest.raises(AccountError, match="already"):
        users.add("åse", Role.ADMIN, PASSWORD)
    found = users.find_by_password("ÅSE", PASSWORD)
    assert found is not None
    sessions = Sessions(engine, lambda: now[0])
    token = sessions.begin(found.id)
    session = sessions.find(token)
    assert session is not None
    assert (session.name, session.role) == ("Åse", Role.READER)
    now[0] += 3601
    assert sessions.find(token) is None
    users.remove("Åse")
    assert users.list_users() == ()


def test_the_log_of_deeds_is_only_added_to(engine: Engine) -> None:
    log = AuditLog(engine)
    log.add(Entry(1_800_000_000.5, "ada", "admin", "change", "PUT /api/x\0y", "tiny", 204, "10.0.0.1"))
    for statement in (update(AUDIT).values(user="eve"), delete(AUDIT), text("TRUNCATE audit")):
        with pytest.raises(DBAPIError, match="only added to"), engine.begin() as connection:
            connection.execute(statement)
    what = "PUT /api/x\N{REPLACEMENT CHARACTER}y"
    assert [(one.at, one.user, one.what) for one in log.entries()] == [(1_800_000_000.5, "ada", what)]


def test_a_workshop_of_two_servers(address: str, tmp_path: Path) -> None:
    """People at two servers over one database: what is kept is in the history of both, and what is not was told."""
    opened = open_library([str(write_opinions(write_tiny_study(tmp_path / "tiny")))], tmp_path).get("tiny")
    engines = [open_engine(address, RISK) for _ in range(2)]
    one, other = (Workshop(RiskLog(lambda engine=engine: engine, lambda: 1.8e9), tmp_path) for engine in engines)  # type: ignore[misc]
    who = one.join(opened, "desk", "Kari", "", by="").who
    question = Question(who, "dear", "2")

    def write(turn: int) -> int:
        workshop = (one, other)[turn % 2]
        answer = Answer(1 + turn % 5, 1 + turn % 5, measures=f"turn {turn}")
        try:
            workshop.answer(opened, question, workshop.state(opened).answer(question), answer, "")
        except StaleVersionError:
            return 0
        return 1

    with ThreadPoolExecutor(4) as threads:
        kept = sum(threads.map(write, range(12)))
    told = one.history(opened, question, "")
    assert len(told) == len(other.history(opened, question, "")) == kept
    assert other.state(opened).answer(question) == told[-1].deed.answer != NOTHING
    assert one.take(opened, "").changed == 1
    assert other.state(opened).unlike() == ()
    with pytest.raises(DBAPIError, match="only added to"), engines[0].begin() as connection:
        connection.execute(delete(RISK_LOG))
    for engine in engines:
        engine.dispose()


def test_the_command_line_keeps_accounts_where_it_is_told(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An account made on the command line lets its owner in at a server over the same database; no file is made."""
    given = address.replace("postgresql+psycopg", "postgresql")
    name = ["--database", given, "--data", str(tmp_path)]
    made = CliRunner().invoke(
        build_app(), ["serve", "user", "add", "Ida", "--role", "admin", *name], input=f"{PASSWORD}\n"
    )
    assert made.exit_code == 0, made.stderr
    monkeypatch.setenv("BEREDT_DATABASE", given)
    listed = CliRunner().invoke(build_app(), ["serve", "user", "list", "--data", str(tmp_path), "--json"])
    assert [one["name"] for one in json.loads(listed.stdout)["users"]] == ["Ida"]
    told = CliRunner().invoke(build_app(), ["serve", "audit", "--data", str(tmp_path), "--user", "Ida"])
    assert told.exit_code == 0, told.stderr
    settings = ServeSettings((), tmp_path, url="https://studio.example.no", database=database_address(None))
    accounts = choose_access(settings)
    assert isinstance(accounts, Accounts)
    assert accounts.users.find_by_password("ida", PASSWORD) is not None
    assert list(tmp_path.glob("*.sqlite")) == []
    assert address not in repr(settings)


def test_the_log_is_checked_and_pruned_on_the_command_line(address: str, tmp_path: Path) -> None:
    """What is deleted by rule leaves a chain without faults; what somebody does beside the program is told."""
    own = address.replace("/postgres?", "/chained?")
    with create_engine(address, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("CREATE DATABASE chained"))
        connection.detach()
    name = ["--database", own.replace("postgresql+psycopg", "postgresql"), "--data", str(tmp_path)]

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        answer = CliRunner().invoke(build_app(), ["serve", *words, *name, "--json"])
        assert answer.exit_code in (0, 1), answer.output
        return answer.exit_code, json.loads(answer.stdout)

    made = CliRunner().invoke(build_app(), ["serve", "user", "add", "Ida", "--role", "admin", *name],
                              input=f"{PASSWORD}\n")  # fmt: skip
    assert made.exit_code == 0, made.output
    engine = open_engine(own, ACCOUNTS)
    log = AuditLog(engine)
    for day in range(5):
        log.add(Entry(1_700_000_000.0 + 86_400 * day, f"user{day}", "reader", "look", "GET /api/x", "", 200, "a"))
    events = EventLog(lambda: open_live_database(tmp_path, own), "tiny")
    events.add([event(1, 1_700_000_000_000), event(2, round(time.time() * 1000))])
    assert run("forget", "--audit-days", "30", "--live-days", "30") == (0, {"forgotten": {"live": 1, "audit": 5}})
    assert [(one.number, one.kind, one.body) for one in events.entries()] == [
        (1, "forgotten", {}), (2, "unit_status", {"status": "free"})]  # fmt: skip
    code, told = run("audit", "check")
    assert (code, told["lines"], told["deleted_by_rule"], told["faults"]) == (0, 3, 5, [])
    with pytest.raises(DBAPIError, match="only added to"), engine.begin() as connection:
        connection.execute(delete(AUDIT))
    with engine.begin() as connection, changeable(connection, AUDIT):
        connection.execute(update(AUDIT).where(AUDIT.c.kind == "account").values(role="reader"))
    code, told = run("audit", "check")
    assert code == 1
    assert "the line was changed" in json.dumps(told["faults"])
    events.close()
    engine.dispose()


def event(number: int, at_ms: int) -> LogEntry:
    return LogEntry(number, "cad", f"s{number}", "key cad", at_ms, at_ms, number, "unit_status", "e-1",
                    {"status": "free"}, "0123456789abcdef")  # fmt: skip


def test_a_database_that_nobody_answers_for_is_told_with_what_to_do(tmp_path: Path) -> None:
    given = f"postgresql://beredt@/nowhere?host={tmp_path}"
    answer = CliRunner().invoke(build_app(), ["serve", "user", "list", "--database", given, "--data", str(tmp_path)])
    assert answer.exit_code == 2
    assert "it cannot be used" in answer.stderr
    assert "check the address" in answer.stderr
    assert "Traceback" not in answer.stderr
