"""Backup, restore and upgrade, in files and in a real PostgreSQL: nothing that was acknowledged is ever lost."""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    func,
    insert,
    select,
    text,
    update,
)
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.database.open import open_engine
from beredt.database.versions import Step, add_column, keep_versions, read_version
from beredt.errors import OptionError
from beredt.live.live import Live
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.web.access.audit import AuditLog, Entry
from beredt.web.access.database import SESSIONS, USERS
from beredt.web.access.database import open_database as open_access
from beredt.web.access.passwords import Passwords
from beredt.web.access.users import Users
from beredt.web.keeping import backup
from beredt.web.keeping.backup import LIST, back_up
from beredt.web.keeping.kept_parts import kept_parts
from beredt.web.keeping.restore import restore
from beredt.web.keeping.upgrade import list_versions, upgrade
from beredt.web.live.keys import FeedKeys
from beredt.web.risk.database import open_risk_database
from beredt.web.risk.log import RiskLog
from tests.live.feeds import BEGIN, KNOWN, random_feed
from tests.web.keeping.old_tables import TABLES, make_old_tables
from tests.web.postgres import running_postgres

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SOURCE = Path(__file__).resolve().parents[3] / "src" / "beredt"

Place = tuple[Path, str | None]
"""A data folder, and the PostgreSQL beside it."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="beredt-pg-") as folder, running_postgres(Path(folder) / "pg") as url:
        yield url


@pytest.fixture
def make_place(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], Place]:
    """Makes empty places: of `files`, or of a `server`, a database of one's own in a real PostgreSQL."""
    numbers = count()

    def make(kind: str) -> Place:
        folder = tmp_path / f"place-{next(numbers)}"
        if kind == "files":
            return folder, None
        url: str = request.getfixturevalue("server")
        name = f"d{abs(hash(str(folder))) % 10**12}"
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return folder, url.replace("/postgres?", f"/{name}?")

    return make


def make_old(place: Place) -> None:
    """Everything that a server of the first version kept."""
    folder, address = place
    folder.mkdir(parents=True)
    for part in kept_parts():
        if part.name not in TABLES:
            continue
        engine = create_engine(address or f"sqlite:///{folder / part.file}")
        with engine.begin() as connection:
            make_old_tables(connection, part.name)
        engine.dispose()


def rows_of(place: Place) -> dict[str, list[tuple[Any, ...]]]:
    """All rows that are to be kept, of columns that the first version had."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for part in (one for one in kept_parts() if one.name in TABLES):
        with part.looking(*place) as connection:
            assert connection is not None
            for name in sorted(set(part.tables.tables) - part.passing):
                if f"CREATE TABLE {name} " not in TABLES[part.name]:
                    continue
                columns = [
                    one for one in part.tables.tables[name].columns if re.search(rf"\b{one.name}\b", TABLES[part.name])
                ]
                found[name] = sorted(tuple(row) for row in connection.execute(select(*columns)))
    return found


def test_every_part_is_in_every_backup() -> None:
    """A set of tables that a server keeps and no backup has would be lost."""
    said = [
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r'^keep_versions\(\s*\w+,\s*"(\w+)"', path.read_text(), re.M)
    ]
    assert sorted(said) == sorted(part.name for part in kept_parts())


@pytest.mark.parametrize("kind", ["files", "server"])
def test_what_the_first_version_kept_is_upgraded_with_every_row(kind: str, make_place: Callable[[str], Place]) -> None:
    place = make_place(kind)
    make_old(place)
    before = rows_of(place)
    assert [one.version for one in list_versions(*place)] == [1, 1, 1, None]
    upgrade(*place)
    assert all(one.version == one.newest for one in list_versions(*place) if one.part in TABLES)
    assert rows_of(place) == before
    engine = open_access(*place)
    AuditLog(engine).add(Entry(3.0, "Ida", "admin", "look", "GET /api/z", "", 200, "10.0.0.1"))
    assert [one.what for one in AuditLog(engine).entries()] == ["PUT /api/x", "GET /api/y", "GET /api/z"]
    engine.dispose()


@pytest.mark.parametrize(("source", "target"), [("files", "server"), ("server", "files")])
def test_a_backup_of_the_first_version_is_brought_back_as_the_newest(
    source: str, target: str, make_place: Callable[[str], Place], tmp_path: Path
) -> None:
    here, there = make_place(source), make_place(target)
    make_old(here)
    made = back_up(*here, tmp_path / "backup", NOW)
    assert {name: part["version"] for name, part in made.parts.items()} == {"access": 1, "risk": 1, "live": 1}
    assert [one.version for one in list_versions(*here)] == [1, 1, 1, None]  # nothing was upgraded on the way
    restore(tmp_path / "backup", *there)
    assert rows_of(there) == rows_of(here)
    engine = open_access(*there)
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(SESSIONS)).scalar() == 0
        assert b"abc" not in (tmp_path / "backup" / "access.sqlite").read_bytes()
    with engine.begin() as connection:  # keys are counted on from the last one
        row = {"name": "Ola", "folded": "ola", "role": "reader", "password": "x", "made_ms": 1, "password_ms": 1}
        connection.execute(insert(USERS).values(**row))
        assert connection.execute(select(USERS.c.id).where(USERS.c.folded == "ola")).scalar() == 2
    engine.dispose()


@pytest.mark.parametrize(("source", "target"), [("files", "server"), ("server", "files")])
def test_a_backup_beside_a_feed_has_every_event_that_was_acknowledged_before(
    source: str, target: str, make_place: Callable[[str], Place], tmp_path: Path
) -> None:
    """Then the place burns, and the feed sends all of it again: nothing is missing, nothing is there twice."""
    here, there = make_place(source), make_place(target)
    feed = random_feed(7, 600)
    batches = [feed[begin : begin + 10] for begin in range(0, len(feed), 10)]
    acknowledged: list[str] = []
    begun, stop = threading.Event(), threading.Event()

    def send() -> None:
        live = Live(EventLog(lambda: open_live_database(*here), "tiny"), KNOWN, None, lambda: BEGIN.timestamp() + 1e4)
        for batch in batches:
            live.take(batch).result(30)
            acknowledged.extend(event["id"] for event in batch)
            if len(acknowledged) >= 200:
                begun.set()
            if stop.is_set():
                break
        begun.set()
        live.close()

    feeder = threading.Thread(target=send)
    feeder.start()
    assert begun.wait(60)
    before = list(acknowledged)
    made = back_up(*here, tmp_path / "backup", NOW)
    stop.set()
    feeder.join()
    restore(tmp_path / "backup", *there)
    log = EventLog(lambda: open_live_database(*there), "tiny")
    kept = [entry.event_id for entry in log.entries()]  # a gap in the numbers is an error
    assert len(kept) == made.parts["live"]["rows"]["live_log"] >= len(before) >= 200
    assert set(before) <= set(kept)
    live = Live(log, KNOWN, None, lambda: BEGIN.timestamp() + 1e4)
    for batch in batches:
        live.take(batch).result(30)
    live.close()
    log = EventLog(lambda: open_live_database(*there), "tiny")
    assert sorted(one.event_id for one in log.entries() if one.source) == sorted(one["id"] for one in feed)
    log.close()


def test_a_backup_takes_files_along_and_is_for_its_owner_only(
    make_place: Callable[[str], Place], tmp_path: Path
) -> None:
    here, there = make_place("files"), make_place("files")
    make_old(here)
    for name in ("studies/tiny/study.toml", "jobs/1/job.json", "live/tiny.snapshot", "access.sqlite-wal-of-mine"):
        (here[0] / name).parent.mkdir(parents=True, exist_ok=True)
        (here[0] / name).write_text(name)
    out = here[0] / "backups" / "monday"
    assert back_up(*here, out, NOW).files == 2
    assert out.stat().st_mode & 0o77 == 0
    restore(out, *there)
    assert (there[0] / "studies/tiny/study.toml").read_text() == "studies/tiny/study.toml"
    assert not (there[0] / "live").exists()
    assert back_up(*here, tmp_path / "again", NOW, files=False).files == 0


def test_a_deed_beside_a_backup_does_not_make_its_log_look_cut(
    make_place: Callable[[str], Place], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The anchor of the log of deeds is taken before the log: what is noted between belongs to the log alone."""
    here = make_place("files")
    make_old(here)
    (here[0] / "audit.anchor").write_text("2:before")
    take = backup._from_files

    def deed_between(data_folder: Path, out: Path) -> dict[str, dict[str, Any]]:
        (data_folder / "audit.anchor").write_text("3:after")
        return take(data_folder, out)

    monkeypatch.setattr(backup, "_from_files", deed_between)
    made = back_up(*here, tmp_path / "backup", NOW)
    assert made.files == 1
    assert (tmp_path / "backup" / "files" / "audit.anchor").read_text() == "2:before"


def test_what_cannot_be_restored_is_refused_and_changes_nothing(
    make_place: Callable[[str], Place], tmp_path: Path
) -> None:
    here, there, made = make_place("files"), make_place("files"), tmp_path / "backup"
    make_old(here)
    back_up(*here, made, NOW)
    with pytest.raises(OptionError, match="not an empty folder"):
        back_up(*here, made, NOW)
    with pytest.raises(OptionError, match="in it already"):
        restore(made, *here)
    told = json.loads((made / LIST).read_text())
    (made / LIST).write_text(json.dumps({**told, "form": 99}))
    with pytest.raises(OptionError, match="form 99"):
        restore(made, *there)
    (made / LIST).write_text(json.dumps(told))
    with (made / "live.sqlite").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\xff")
    with pytest.raises(OptionError, match="not what was written"):
        restore(made, *there)
    (made / LIST).unlink()
    with pytest.raises(OptionError, match="whole backup"):
        restore(made, *there)
    with pytest.raises(OptionError, match="keeps anything"):
        back_up(*there, tmp_path / "other", NOW)
    assert not there[0].exists()


def test_the_command_line_keeps_restores_and_upgrades(make_place: Callable[[str], Place], tmp_path: Path) -> None:
    here, there, run = make_place("files"), make_place("files"), CliRunner()
    make_old(here)

    def ask(*words: str) -> dict[str, Any]:
        answer = run.invoke(build_app(), ["data", *words, "--json"])
        assert answer.exit_code == 0, answer.output
        found: dict[str, Any] = json.loads(answer.stdout)
        return found

    looked = ask("upgrade", "--look", "--data", str(here[0]))
    versions = {one["part"]: one["version"] for one in looked["parts"]}
    assert versions == {"access": 1, "risk": 1, "live": 1, "jobs": None}
    ask("upgrade", "--data", str(here[0]))
    made = ask("backup", str(tmp_path / "b"), "--data", str(here[0]))
    rows = {"live_keys": 1, "live_key_scopes": 0, "live_log": 1, "live_webhooks": 0}
    assert made["parts"]["live"]["rows"] == rows
    ask("restore", str(tmp_path / "b"), "--data", str(there[0]))
    told = run.invoke(build_app(), ["serve", "audit", "--data", str(there[0]), "--json"])
    assert [one["what"] for one in json.loads(told.stdout)["entries"]][2:] == ["command line: restore"]
    again = run.invoke(build_app(), ["data", "restore", str(tmp_path / "b"), "--data", str(there[0])])
    assert again.exit_code == 2
    assert "in it already" in again.stderr


# ---- steps from version to version, on tables made up for it


def made_up(*steps: Step, columns: tuple[str, ...] = ("b", "c")) -> MetaData:
    tables = MetaData()
    Table("made_up", tables, Column("id", Integer, primary_key=True), *(Column(name, String(8)) for name in columns))
    keep_versions(tables, "made_up", *steps)
    return tables


def fill(connection: Connection) -> None:
    connection.execute(update(made_up().tables["made_up"]).values(c="new"))


STEPS = (
    Step("add b", add_column("made_up", "b", "VARCHAR(8) DEFAULT 'old'")),
    Step("add c", add_column("made_up", "c", "VARCHAR(8)")),
    Step("fill c", fill),
)


@pytest.mark.parametrize("kind", ["files", "server"])
def test_steps_are_taken_once_whoever_comes_first(kind: str, make_place: Callable[[str], Place]) -> None:
    folder, address = make_place(kind)
    folder.mkdir()
    url = address or f"sqlite:///{folder / 'x.sqlite'}"
    engine = open_engine(url, made_up(columns=()))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO made_up VALUES (1), (2)"))
    engine.dispose()
    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(lambda _: open_engine(url, made_up(*STEPS)), range(4)))
    with opened[0].connect() as connection:
        assert read_version(connection, made_up(*STEPS)) == 4
        rows = connection.execute(select(made_up().tables["made_up"]).order_by(text("id"))).all()
        assert [tuple(row) for row in rows] == [(1, "old", "new"), (2, "old", "new")]
    for one in opened:
        one.dispose()
    with pytest.raises(OptionError, match=r"made_up tables are of version 4, and this Beredt knows version 2"):
        open_engine(url, made_up(*STEPS[:1]))
    copies = sorted(path.name for path in folder.glob("*version*"))
    assert copies == (["x.sqlite.version-1"] if kind == "files" else [])


@pytest.mark.parametrize("kind", ["files", "server"])
def test_a_step_that_fails_leaves_everything_as_it_was(kind: str, make_place: Callable[[str], Place]) -> None:
    folder, address = make_place(kind)
    folder.mkdir()
    url = address or f"sqlite:///{folder / 'x.sqlite'}"
    engine = open_engine(url, made_up(columns=()))

    def break_off(connection: Connection) -> None:
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError, match="lights"):
        open_engine(url, made_up(*STEPS, Step("break", break_off)))
    with engine.connect() as connection:
        assert read_version(connection, made_up()) == 1
        with pytest.raises(Exception, match="b"):
            connection.execute(text("SELECT b FROM made_up"))
    engine.dispose()
    open_engine(url, made_up(*STEPS)).dispose()


# ---- what a program from before there were versions has really written

REAL = Path(__file__).with_name("kept_before_versions")
"""Dumps of what that program kept (of November 2026, before versions of tables). Its own code made accounts, deeds, a
workshop and sixty events of `random_feed(11, 60)`, in files and in a PostgreSQL, dumped by `sqlite3` and `pg_dump`."""
REAL_KEYS = {
    "files": "aZjjoFWPqmVBNb81fNJ-cikTZ7Luw3Yri-2IeXkV-Yk",
    "server": "QxmysGSeLUuunjKFMt2Fq3WMlUYYPXsNqVgHk-Y86GM",
}


def lay_real(place: Place) -> None:
    folder, address = place
    folder.mkdir(parents=True)
    if address is None:
        for path in REAL.glob("*.sql"):
            if path.stem != "postgres":
                with closing(sqlite3.connect(folder / f"{path.stem}.sqlite")) as made:
                    made.executescript(path.read_text(encoding="utf-8"))
        return
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql((REAL / "postgres.sql").read_text(encoding="utf-8"))
    engine.dispose()


@pytest.mark.parametrize("kind", ["files", "server"])
def test_what_an_older_program_wrote_is_all_there_and_goes_on(kind: str, make_place: Callable[[str], Place]) -> None:
    place = make_place(kind)
    lay_real(place)
    assert [one.version for one in list_versions(*place)] == [1, 1, 1, None]
    upgrade(*place)
    assert all(one.version == one.newest for one in list_versions(*place) if one.version)
    begin = BEGIN.timestamp()
    engine = open_access(*place)
    users = Users(engine, Passwords(memory_kib=64, passes=1), lambda: begin)
    assert [(one.name, one.role.word, one.organisation) for one in users.list_users()] == [
        ("Ida", "admin", ""), ("Åse", "reader", ""),
    ]  # fmt: skip
    assert users.find_by_password("ida", "correct plover battery wharf") is not None
    assert users.set_organisation("Ida", "trust-west").organisation == "trust-west"
    audit = AuditLog(engine)
    audit.add(Entry(begin + 9, "Ida", "admin", "change", "PUT /api/x"))
    assert [one.what for one in audit.entries()] == [*(f"GET /api/studies/tiny/{n}" for n in range(5)), "PUT /api/x"]
    assert audit.check().faults == ()
    engine.dispose()
    risk = open_risk_database(*place)
    deeds = [(one.step, one.deed) for one in RiskLog(lambda: risk, lambda: begin).entries("tiny")]
    assert [(step, deed.kind, deed.answer.measures) for step, deed in deeds] == [
        (1, "join", None),
        (2, "answer", "more staff"),
    ]
    risk.dispose()
    feed, now = random_feed(11, 60), lambda: begin + 3600
    batches = [feed[at : at + 20] for at in range(0, 60, 20)]
    fresh = Live(EventLog(lambda: open_live_database(place[0] / "fresh", None), "tiny"), KNOWN, None, now)
    for batch in batches:
        fresh.take(batch).result(30)
    live = Live(EventLog(lambda: open_live_database(*place), "tiny"), KNOWN, None, now)
    assert live.picture == fresh.picture
    assert [live.take(batch).result(30).doubled for batch in batches] == [20, 20, 20]
    assert live.take([random_feed(12, 1)[0] | {"id": "another"}]).result(30).taken == 1
    for one in (live, fresh):
        one.close()
    keys = open_live_database(*place)
    found = FeedKeys(keys).find(REAL_KEYS[kind])
    assert found is not None
    assert (found.name, found.organisation) == ("cad", "")
    keys.dispose()
