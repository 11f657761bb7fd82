"""The log of workshops: rows that are only added, each at the next step of its study."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Literal

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from beredt.web.risk.answer import NOBODY, NOTHING, Answer, Who, answer_of
from beredt.web.risk.database import RISK_LOG

Kind = Literal["join", "leave", "answer", "take"]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody did in a workshop.

    `by` is the account, "" on one's own machine. To `join` brings the assessor's `name` and the `account` that alone
    may answer for them, "" for any; an `answer` is about an event under an alternative, empty where it was taken back;
    a `take` put all answers up to `until_step` into the study.
    """

    kind: Kind
    by: str
    who: Who = NOBODY
    name: str = ""
    account: str = ""
    event: str = ""
    alternative: str = ""
    answer: Answer = NOTHING
    until_step: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A deed with its step in the log of its study, from 1, and when (ms since 1970)."""

    step: int
    at_ms: int
    deed: Deed


class StepTakenError(Exception):
    """Somebody else has written a step meanwhile; nothing of one's own was written."""


class RiskLog:
    """The log of a database. May be used by several threads, and the database by several servers."""

    def __init__(self, open_database: Callable[[], Engine], clock: Callable[[], float]) -> None:
        """Keep a log.

        Args:
            open_database: called once, when the log is first asked.
            clock: tells the time in seconds since 1970.
        """
        self._open, self._clock = open_database, clock
        self._engine: Engine | None = None
        self._lock = Lock()
        self._kept: dict[str, list[Entry]] = {}

    def last_step(self, study: str) -> int:
        """The last step of a study's log, 0 before the first."""
        asked = select(func.max(RISK_LOG.c.step)).where(RISK_LOG.c.study == study)
        with self._database().connect() as connection:
            return int(connection.execute(asked).scalar() or 0)

    def entries(self, study: str) -> Sequence[Entry]:
        """All entries of a study, in their order. What was read once is not read again: it cannot have changed."""
        engine = self._database()
        with self._lock:
            kept = self._kept.setdefault(study, [])
            known = kept[-1].step if kept else 0
            asked = select(RISK_LOG).where(RISK_LOG.c.study == study, RISK_LOG.c.step > known).order_by(RISK_LOG.c.step)
            with engine.connect() as connection:
                for row in connection.execute(asked).mappings():
                    who = Who(row["role"], row["number"])
                    texts = {key: row[key] for key in ("kind", "by", "name", "account", "event", "alternative")}
                    deed = Deed(**texts, who=who, answer=answer_of(row), until_step=row["until_step"])
                    kept.append(Entry(row["step"], row["at_ms"], deed))
            return tuple(kept)

    def add(self, study: str, after: int, deeds: Sequence[Deed]) -> None:
        """Add deeds at the steps that follow `after`, all or none of them; they are on the disk when this returns.

        Raises StepTakenError when there is something after `after` already.
        """
        at_ms = round(self._clock() * 1000)
        rows = [
            {
                "study": study,
                "step": step,
                "at_ms": at_ms,
                "by": deed.by,
                "kind": deed.kind,
                "role": deed.who.role,
                "number": deed.who.number,
                "name": deed.name,
                "account": deed.account,
                "event": deed.event,
                "alternative": deed.alternative,
                "until_step": deed.until_step,
                **deed.answer.values(),
            }
            for step, deed in enumerate(deeds, start=after + 1)
        ]
        if not rows:
            return
        try:
            with self._database().begin() as connection:
                connection.execute(insert(RISK_LOG), rows)
        except IntegrityError as error:
            raise StepTakenError from error

    def _database(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = self._open()
            return self._engine
