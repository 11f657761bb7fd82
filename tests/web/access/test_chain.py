"""The chain of the log tells every line that was changed, put in or taken out, also at the end, and after retention."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, Table, delete, insert, select, update
from sqlalchemy.exc import DatabaseError
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.database.only_add import changeable
from beredt.database.open import open_engine
from beredt.errors import OptionError
from beredt.web.access.audit import AuditLog, Entry
from beredt.web.access.chain import Anchor, find_anchor, keep_anchor, parse_anchor
from beredt.web.access.database import AUDIT, AUDIT_LINKS, METADATA, open_database

LINES = 12


def entry(number: int) -> Entry:
    return Entry(
        1_800_000_000.0 + 86_400 * number, f"user{number}", "reader", "look", "GET /api/studies/x", "x", 200, "a"
    )


def fill(log: AuditLog, lines: int = LINES) -> None:
    for number in range(lines):
        log.add(entry(number))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_database(tmp_path)
    yield made
    made.dispose()


def tamper(engine: Engine, table: Table, statement: object) -> None:
    """What somebody does who may write to the database and knows how to get by its triggers."""
    with engine.begin() as connection, changeable(connection, table):
        connection.execute(statement)  # type: ignore[call-overload]


def test_an_untouched_log_has_no_faults(engine: Engine) -> None:
    log = AuditLog(engine)
    assert log.check().lines == 0
    fill(log)
    found = log.check()
    assert (found.lines, found.deleted, found.faults, found.end.number) == (LINES, 0, (), LINES)


@given(line=st.integers(1, LINES), how=st.sampled_from(["change", "delete", "delete both", "put in", "link", "relink"]))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_to_a_line_is_told_by_its_number(
    tmp_path_factory: pytest.TempPathFactory, line: int, how: str
) -> None:
    folder = tmp_path_factory.mktemp("chain")
    engine = open_database(folder)
    log = AuditLog(engine, folder / "anchor")
    fill(log)
    if how == "change":
        tamper(engine, AUDIT, update(AUDIT).where(AUDIT.c.id == line).values(user="eve"))
    elif how == "delete":
        tamper(engine, AUDIT, delete(AUDIT).where(AUDIT.c.id == line))
    elif how == "delete both":
        tamper(engine, AUDIT, delete(AUDIT).where(AUDIT.c.id == line))
        tamper(engine, AUDIT_LINKS, delete(AUDIT_LINKS).where(AUDIT_LINKS.c.audit_id == line))
    elif how == "put in":
        with engine.begin() as connection:
            row = dict(connection.execute(select(AUDIT).where(AUDIT.c.id == line)).mappings().one())
            connection.execute(insert(AUDIT).values({**row, "id": -line}))
    elif how == "link":
        tamper(engine, AUDIT_LINKS, update(AUDIT_LINKS).where(AUDIT_LINKS.c.number == line).values(hash="0" * 64))
    else:
        tamper(engine, AUDIT_LINKS, update(AUDIT_LINKS).where(AUDIT_LINKS.c.number == line).values(digest="0" * 64))
    faults = log.check().faults
    told = {one.number for one in faults}
    assert line in told or (how == "put in" and f"id {-line}" in faults[0].what)
    assert told <= {0, line, line + 1, LINES}
    engine.dispose()


def test_a_forged_end_is_told_by_an_anchor(engine: Engine, tmp_path: Path) -> None:
    """Whoever writes all of a chain anew from some line on cannot make it end in a hash that was noted before."""
    log = AuditLog(engine)
    fill(log)
    kept = log.check().end
    tamper(engine, AUDIT, delete(AUDIT).where(AUDIT.c.id > 8))
    tamper(engine, AUDIT_LINKS, delete(AUDIT_LINKS).where(AUDIT_LINKS.c.number > 8))
    assert log.check().faults == ()  # nothing inside tells it
    (fault,) = log.check([kept]).faults
    assert fault.number == LINES
    assert "the end is missing" in fault.what
    fill(log, 4)  # other lines in the place of those
    (fault,) = log.check([kept]).faults
    assert "forged" in fault.what


def test_the_anchor_beside_the_database_is_that_of_the_last_line(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "audit.anchor"
    log = AuditLog(engine, path)
    fill(log, 3)
    assert find_anchor(path) == log.check().end
    keep_anchor(path, Anchor(2, "0" * 64))  # an older one never takes its place
    assert find_anchor(path) == log.check().end
    assert path.stat().st_mode & 0o077 == 0


def test_lines_from_before_there_was_a_chain_are_linked_by_the_next(engine: Engine) -> None:
    with engine.begin() as connection:
        rows = [{"at_ms": n, "user": "u", "role": "", "kind": "look", "what": "w", "study": "", "status": 0,
                 "address": ""} for n in range(5)]  # fmt: skip
        connection.execute(insert(AUDIT), rows)
    log = AuditLog(engine)
    assert (log.check().lines, log.check().before) == (0, 5)
    fill(log, 1)
    assert (log.check().lines, log.check().before, log.check().faults) == (6, 0, ())


def test_a_line_behind_the_end_is_told_and_never_becomes_part_of_the_chain(engine: Engine) -> None:
    """Somebody who may write to the database adds a deed that nobody did, and the next real one comes after it."""
    log = AuditLog(engine)
    fill(log, 3)
    with engine.begin() as connection:
        row = dict(connection.execute(select(AUDIT).where(AUDIT.c.id == 2)).mappings().one())
        connection.execute(insert(AUDIT).values({**row, "id": 9, "user": "eve"}))
    for _ in range(2):
        (fault,) = log.check().faults
        assert "id 9 is in no link" in fault.what
        fill(log, 1)
    assert log.check().end.number == 5


def test_lines_go_on_where_the_last_ones_were_taken_out(engine: Engine) -> None:
    """SQLite gives their ids again: the new lines must not pass for them, nor fail for having their ids."""
    log = AuditLog(engine)
    fill(log, 4)
    tamper(engine, AUDIT, delete(AUDIT).where(AUDIT.c.id > 2))
    fill(log, 2)
    assert [one.number for one in log.check().faults] == [3, 4]
    assert (log.check().lines, log.check().end.number) == (4, 6)


def test_retention_leaves_a_chain_that_can_be_checked(engine: Engine) -> None:
    log = AuditLog(engine)
    fill(log)
    kept = log.check().end
    who = Entry(1_900_000_000.0, "root", "", "retention", "")
    assert log.forget(entry(5).at, 30, who) == 5
    assert [one.user for one in log.entries()][:2] == ["user5", "user6"]
    found = log.check([kept])
    assert (found.lines, found.deleted, found.faults) == (LINES - 5 + 1, 5, ())
    assert log.forget(entry(5).at, 30, who) == 0
    assert log.forget(1_950_000_000.0, 30, who) == LINES - 5
    assert [one.kind for one in log.entries()] == ["retention", "retention"]
    assert log.check([kept]).faults == ()
    tamper(engine, AUDIT, delete(AUDIT).where(AUDIT.c.kind == "retention"))
    assert log.check([kept]).faults != ()
    fill(log, 1)
    with pytest.raises(DatabaseError, match="only added to"), engine.begin() as connection:
        connection.execute(delete(AUDIT))


def test_on_the_command_line(tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        answer = CliRunner().invoke(
            build_app(), ["serve", *words, "--data", str(tmp_path)], input="correct plover battery wharf\n"
        )
        return answer.exit_code, answer.stdout

    assert run("user", "add", "Ada", "--role", "admin", "--organisation", "trust-west")[0] == 0
    assert run("user", "organisation", "Ada", "*")[0] == 0
    assert run("audit", "check") == (0, "2 lines, 0 deleted by rule, 0 faults\n")
    kept = run("audit", "anchor")[1].strip()
    assert run("forget", "--audit-days", "30", "--live-days", "30", "--json")[0] == 0
    told = json.loads(run("audit", "check", "--anchor", kept, "--json")[1])
    assert (told["lines"], told["faults"]) == (3, [])
    engine = open_database(tmp_path)
    tamper(engine, AUDIT, update(AUDIT).where(AUDIT.c.id == 2).values(user="eve"))
    engine.dispose()
    assert run("audit", "check") == (1, "3 lines, 0 deleted by rule, 1 faults\n  number 2: the line was changed\n")
    assert run("forget")[0] == 2
    with pytest.raises(OptionError):
        parse_anchor("12:abc")


def test_two_servers_write_one_chain(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    open_database(tmp_path).dispose()
    engines = [open_engine(f"sqlite:///{tmp_path / 'access.sqlite'}", METADATA) for _ in range(2)]
    logs = [AuditLog(one, tmp_path / "anchor") for one in engines]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: logs[number % 2].add(entry(number)), range(30)))
    found = logs[0].check()
    assert (found.lines, found.faults) == (30, ())
    for one in engines:
        one.dispose()
