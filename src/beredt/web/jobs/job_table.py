"""Jobs of several servers in one PostgreSQL: each is taken by one, which says all the while that it lives.

All times are the database's own: clocks of servers may differ.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)  # fmt: skip

from beredt.database.open import open_kept
from beredt.database.versions import keep_versions
from beredt.web.jobs.job import ENDED, Job, Progress

FILE = "jobs.sqlite"
"""Name under which backups have the table; a server with files in its data folder keeps jobs there without it."""

METADATA = MetaData()

JOBS = Table(
    "jobs",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("state", String(16), nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("owner", String(64), nullable=False, default=""),
    Column("seen_ms", BigInteger, nullable=False, default=0),
    Column("tries", Integer, nullable=False, default=0),
    Column("stamp_ms", BigInteger, nullable=False),
)
"""`owner` is the server that does it, "" for none, and `seen_ms` when it last said so; `tries`: how often it began."""

keep_versions(METADATA, "jobs")

NOW_MS: ColumnElement[Any] = func.floor(func.extract("epoch", func.clock_timestamp()) * 1000)


def open_job_database(data_folder: Path, address: str) -> Engine:
    """The PostgreSQL at an address. Raises OptionError when it cannot be used."""
    return open_kept(data_folder / FILE, address, METADATA, "jobs")


class JobTable:
    """The rows of all jobs. Every method may be called from any thread, and raises SQLAlchemy's errors."""

    def __init__(self, engine: Engine, lost_s: float, most_tries: int) -> None:
        """Look at a database.

        Args:
            engine: of the database.
            lost_s: a job whose server has said nothing for so long is given to another.
            most_tries: a job that has lost so many servers is not begun again.
        """
        self._engine, self._lost_s, self._most_tries = engine, lost_s, most_tries

    def add(self, job: Job) -> None:
        """Keep a job, unless there is one with this id."""
        with self._engine.begin() as connection:
            if connection.execute(select(JOBS.c.id).where(JOBS.c.id == job.id)).first() is None:
                connection.execute(insert(JOBS).values(id=job.id, **_columns(job)))

    def list_jobs(self) -> list[Job]:
        """All jobs, the newest first."""
        with self._engine.connect() as connection:
            return [_job(row) for row in connection.execute(select(JOBS.c.body).order_by(JOBS.c.id.desc()))]

    def find(self, job_id: str) -> Job | None:
        """One job."""
        with self._engine.connect() as connection:
            row = connection.execute(select(JOBS.c.body).where(JOBS.c.id == job_id)).first()
        return None if row is None else _job(row)

    def take(self, owner: str, begin: Callable[[Job], Job]) -> tuple[Job, int] | None:
        """The oldest job that waits or has lost its server, which is `owner`'s from now on; None where there is none.

        Gives the job as `begin` makes it, and how often it was begun before. No two servers can take the same.
        """
        lost = and_(JOBS.c.state == "running", JOBS.c.seen_ms < NOW_MS - round(self._lost_s * 1000))
        free = or_(JOBS.c.state == "waiting", lost)
        asked = select(JOBS.c.body, JOBS.c.tries).where(free).order_by(JOBS.c.id).limit(1)
        with self._engine.begin() as connection:
            row = connection.execute(asked.with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            job = begin(_job(row))
            values = {**_columns(job), "owner": owner, "tries": row.tries + 1}
            connection.execute(update(JOBS).where(JOBS.c.id == job.id).values(**values, seen_ms=NOW_MS))
            return job, int(row.tries)

    def is_worn_out(self, tries: int) -> bool:
        """Whether a job was begun too often to be begun again."""
        return tries >= self._most_tries

    def beat(self, job_id: str, owner: str) -> bool:
        """Say that a job's server lives; whether the job is still its."""
        mine = and_(JOBS.c.id == job_id, JOBS.c.owner == owner, JOBS.c.state == "running")
        with self._engine.begin() as connection:
            return bool(connection.execute(update(JOBS).where(mine).values(seen_ms=NOW_MS)).rowcount)

    def change(
        self, job_id: str, owner: str | None, how: Callable[[Job], Job | None], *, anew: bool = False
    ) -> Job | None:
        """Change a job and give it as it is then; None where it is not there, or not `owner`'s (None: whosesoever).

        Args:
            job_id: which.
            owner: whose it must be.
            how: gives None to leave it as it is.
            anew: it is nobody's from now on, and was never begun.
        """
        with self._engine.begin() as connection:
            row = _held(connection, job_id)
            if row is None or (owner is not None and row.owner != owner):
                return None
            job = how(_job(row))
            if job is None:
                return _job(row)
            values = {**_columns(job), **({"owner": "", "tries": 0} if anew else {})}
            connection.execute(update(JOBS).where(JOBS.c.id == job_id).values(**values))
            return job

    def let_go(self, job_id: str, owner: str) -> None:
        """A server has no more to do with a job."""
        with self._engine.begin() as connection:
            mine = and_(JOBS.c.id == job_id, JOBS.c.owner == owner)
            connection.execute(update(JOBS).where(mine).values(owner="", stamp_ms=NOW_MS))

    def is_held(self, job_id: str) -> bool:
        """Whether a server that lives has to do with a job still."""
        alive = and_(JOBS.c.id == job_id, JOBS.c.owner != "", JOBS.c.seen_ms >= NOW_MS - round(self._lost_s * 1000))
        with self._engine.connect() as connection:
            return connection.execute(select(JOBS.c.id).where(alive)).first() is not None

    def remove(self, job_id: str) -> None:
        """Throw the row of a job away."""
        with self._engine.begin() as connection:
            connection.execute(delete(JOBS).where(JOBS.c.id == job_id, JOBS.c.state.in_(ENDED)))

    def stamp(self) -> tuple[int, int]:
        """Another one after every change."""
        with self._engine.connect() as connection:
            count, newest = connection.execute(select(func.count(), func.max(JOBS.c.stamp_ms))).one()
        return int(count), int(newest or 0)


def _held(connection: Connection, job_id: str) -> Any:
    return connection.execute(select(JOBS).where(JOBS.c.id == job_id).with_for_update()).first()


def _columns(job: Job) -> dict[str, Any]:
    progress = None if job.progress is None else asdict(job.progress)
    body = json.dumps({**job.as_json(), "progress": progress}, ensure_ascii=False)
    return {"state": job.state, "body": body, "stamp_ms": NOW_MS}


def _job(row: Any) -> Job:
    fields = json.loads(row.body)
    progress = fields.pop("progress")
    return Job.from_json({**fields, "progress": None if progress is None else Progress(**progress)})
