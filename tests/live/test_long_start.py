"""A start from a long log reads each entry once, and does twice the work for twice the entries: counted, not timed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest
from sqlalchemy import Engine, event

from beredt.live.events.read_event import Sent, read_event
from beredt.live.live import Live
from beredt.live.picture.fold import fold
from beredt.live.store import event_log
from beredt.live.store.entry import Entry
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from tests.live.feeds import BEGIN, KNOWN, random_feed

BLOCK, SHORT = 50, 300
STEPS_AT_ONCE = 10
"""Steps of SQLite between two counts of them."""


@dataclass
class Work:
    """What a start took."""

    questions: int = 0
    """Statements that read the log."""
    steps: int = 0
    """Of SQLite's own machine, in tens: grows with every row that is looked at, told or not."""
    calls: int = 0
    """Of functions in Python."""
    laid: int = 0
    """Entries that were laid on the picture."""


def write_log(folder: Path, events: int) -> None:
    sent = [one for one in map(read_event, random_feed(3, events)) if isinstance(one, Sent)]
    log = EventLog(lambda: open_live_database(folder), "tiny")
    log.add(
        [
            Entry(at, s.source, s.id, "", s.time_ms, s.time_ms, s.sequence, s.kind, s.subject, s.body, s.digest)
            for at, s in enumerate(sent, 1)
        ]
    )
    log.close()


def start(folder: Path) -> Work:
    """What it takes to start a server over the log of a folder, without a snapshot."""
    work, engine = Work(), open_live_database(folder)

    def asked(connection: object, cursor: object, statement: str, *rest: object) -> None:
        del connection, cursor, rest
        work.questions += "live_log" in statement

    def called(frame: FrameType, what: str, argument: object) -> None:
        del argument
        work.calls += what == "call"
        work.laid += what == "call" and frame.f_code is fold.__code__

    count_steps(engine, work)
    event.listen(engine, "before_cursor_execute", asked)
    before = sys.getprofile()
    sys.setprofile(called)
    try:
        live = Live(EventLog(lambda: engine, "tiny"), KNOWN, None, BEGIN.timestamp)
    finally:
        sys.setprofile(before)
    live.close()
    return work


def count_steps(engine: Engine, work: Work) -> None:
    def more() -> int:
        work.steps += 1
        return 0

    with engine.connect() as connection:
        kept = connection.connection.driver_connection
        assert kept is not None
        kept.set_progress_handler(more, STEPS_AT_ONCE)


def test_each_entry_is_read_once_and_twice_the_entries_are_twice_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_log, "BLOCK", BLOCK)
    works = []
    for entries in (SHORT, 2 * SHORT, 4 * SHORT):
        write_log(tmp_path / str(entries), entries)
        works.append(start(tmp_path / str(entries)))
        assert works[-1].laid == entries
        assert works[-1].questions == entries // BLOCK + 1, "one for each block, and one that finds the end"
    short, middle, long = works
    for name in ("steps", "calls"):
        first, second = (getattr(b, name) - getattr(a, name) for a, b in ((short, middle), (middle, long)))
        assert first > SHORT / STEPS_AT_ONCE, f"{name} are counted"
        assert second == pytest.approx(2 * first, rel=0.1), f"{name} grow with the entries, not with their square"
