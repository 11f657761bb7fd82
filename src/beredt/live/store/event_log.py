"""The log of a study in a database: entries are added in one transaction, and read back without a gap."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, NoReturn

from pydantic_core import from_json
from sqlalchemy import Engine, String, cast, insert, literal, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from beredt.database.only_add import changeable
from beredt.errors import LiveStoreError
from beredt.live.store.entry import OWN, Entry
from beredt.live.store.tables import LIVE_LOG

FORGOTTEN = "forgotten"
"""Kind of an entry that a rule of retention has emptied."""
STAYS = ("switch",)
"""Kinds of entries that say how the server is set."""
BLOCK = 20_000
"""Entries that are read at a time."""
BODY = Entry._fields.index("body")
"""Where the body stands in an entry."""
ASKED_AT_ONCE = 500
"""Ids that one question to the database holds."""

_new = tuple.__new__
"""As in `fold`: a restart makes half a million entries."""


class NumberTakenError(Exception):
    """Somebody else has written an entry meanwhile; nothing of one's own was written."""


class Known(NamedTuple):
    """An event that is in the log already: its number, and what it says."""

    number: int
    digest: str


class EventLog:
    """The log of one study. One thread may write; any may read."""

    def __init__(self, open_database: Callable[[], Engine], study: str) -> None:
        """Keep the log of a study; the database is opened at once.

        Raises whatever `open_database` raises.
        """
        self._engine, self._study = open_database(), study

    def find(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Known]:
        """Those of some events, by source and id, that are in the log. Raises LiveStoreError."""
        log, found = LIVE_LOG.c, dict[tuple[str, str], Known]()
        ids_of: dict[str, list[str]] = {}
        for source, event_id in sorted(set(keys)):
            ids_of.setdefault(source, []).append(event_id)
        try:
            with self._engine.connect() as connection:
                # Source by source: only then does the database find them by its index, and not by reading all of it.
                for source, ids in ids_of.items():
                    for begin in range(0, len(ids), ASKED_AT_ONCE):
                        asked = select(log.event_id, log.number, log.digest).where(
                            log.study == self._study,
                            log.source == source,
                            log.event_id.in_(ids[begin : begin + ASKED_AT_ONCE]),
                        )
                        for event_id, number, digest in connection.execute(asked):
                            found[source, event_id] = Known(number, digest)
        except DBAPIError as error:
            raise self._lost(error) from error
        return found

    def add(self, entries: Sequence[Entry]) -> None:
        """Add entries, all or none; they are on the disk when this returns.

        Raises:
            NumberTakenError: there is an entry with one of the numbers, or one of the events, already.
            LiveStoreError: the database could not take them.
        """
        rows = [
            {**entry._asdict(), "study": self._study, "body": json.dumps(entry.body, ensure_ascii=False)}
            for entry in entries
        ]
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(LIVE_LOG), rows)
        except IntegrityError as error:
            raise NumberTakenError from error
        except DBAPIError as error:
            raise self._lost(error) from error

    def last_number(self) -> int:
        """The last number, 0 of an empty log. Raises LiveStoreError."""
        asked = select(LIVE_LOG.c.number).where(LIVE_LOG.c.study == self._study).order_by(LIVE_LOG.c.number.desc())
        try:
            with self._engine.connect() as connection:
                return int(connection.execute(asked.limit(1)).scalar() or 0)
        except DBAPIError as error:
            raise self._lost(error) from error

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """All entries with a number above `after`, up to `until`, in their order.

        Raises LiveStoreError when the database cannot be read, or a number is missing.
        """
        while True:
            block = self._block(after, until)
            if block and (block[0][0], block[-1][0]) != (after + 1, after + len(block)):
                self._tell_hole(after, block)
            after += len(block)
            # Bodies lie in the table as text: to read them one by one takes twice as long, as does Entry's own maker.
            bodies = from_json(f"[{','.join(row[BODY] for row in block)}]")
            for row, body in zip(block, bodies, strict=True):
                yield _new(Entry, (*row[:BODY], body, *row[BODY + 1 :]))
            if len(block) < BLOCK:
                return

    def _tell_hole(self, after: int, block: Sequence[Any]) -> NoReturn:
        """Which number is the first that is missing. Raises LiveStoreError."""
        at, number = next((at, row[0]) for at, row in enumerate(block, after + 1) if row[0] != at)
        raise LiveStoreError(
            f"entry {at} of the log of {self._study} is missing: the next one is {number}. Somebody "
            "has taken rows out of the database; bring back a copy of it that has them"
        )

    def forget(self, before_ms: int) -> int:
        """Empty entries that came before a moment, ms since 1970: numbers stay, and nothing of what they said.

        What switched advice on or off stays, since it holds until it is switched again. Returns how many were emptied.

        Raises LiveStoreError.
        """
        log = LIVE_LOG.c
        old = (log.study == self._study) & (log.received_ms < before_ms) & log.kind.not_in((FORGOTTEN, *STAYS))
        number = cast(log.number, String)
        empty = {
            "source": OWN, "event_id": literal(f"{FORGOTTEN} ") + number, "sent_by": "", "time_ms": log.received_ms,
            "sequence": None, "kind": FORGOTTEN, "subject": "", "body": "{}", "digest": "",
        }  # fmt: skip
        try:
            with self._engine.begin() as connection, changeable(connection, LIVE_LOG):
                return connection.execute(update(LIVE_LOG).where(old).values(**empty)).rowcount
        except DBAPIError as error:
            raise self._lost(error) from error

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _block(self, after: int, until: int | None) -> Sequence[Any]:
        log = LIVE_LOG.c
        asked = select(*(getattr(log, name) for name in Entry._fields)).where(
            log.study == self._study, log.number > after
        )
        if until is not None:
            asked = asked.where(log.number <= until)
        try:
            with self._engine.connect() as connection:
                return connection.execute(asked.order_by(log.number).limit(BLOCK)).all()
        except DBAPIError as error:
            raise self._lost(error) from error

    def _lost(self, error: DBAPIError) -> LiveStoreError:
        """The database does not answer: connections that lie in the pool are of no more use."""
        self._engine.dispose()
        reason = str(error.orig).strip().partition("\n")[0]
        return LiveStoreError(
            f"the log of events cannot be used just now ({reason}): nothing of this was acknowledged; send it again"
        )


def list_studies(engine: Engine) -> list[str]:
    """Studies that have a log in a database."""
    with engine.connect() as connection:
        return list(connection.execute(select(LIVE_LOG.c.study).distinct().order_by(LIVE_LOG.c.study)).scalars())
