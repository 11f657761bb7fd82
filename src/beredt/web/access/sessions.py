"""Sessions: who is logged in where, for how long."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, delete, func, insert, select, update
from sqlalchemy.exc import OperationalError

from beredt.web.access.database import MEMBERS, SESSIONS, USERS
from beredt.web.access.roles import Role, get_role
from beredt.web.access.users import Clock

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lasts: `idle_s` since it was last used, `absolute_s` since login.

    An hour is a meeting in which nobody touches the screen; twelve hours are a long day at work, after which a machine
    that was left on is locked out.
    """

    idle_s: float = 3600.0
    absolute_s: float = 12 * 3600.0
    noted_every_s: float = 60.0
    """How far `seen_ms` may lag behind, so that reading does not write every time."""


@dataclass(frozen=True, slots=True)
class Session:
    """An open session: whose, with which role and for which organisation now, and when it ends whatever is done.

    `ends_at` is in seconds since 1970; `organisation` "" where the account names none.
    """

    user_id: int
    name: str
    role: Role
    ends_at: float
    organisation: str


class Sessions:
    """The sessions of a database. Tokens are kept as hashes only."""

    def __init__(self, engine: Engine, clock: Clock, limits: SessionLimits | None = None) -> None:
        self._engine, self._clock, self.limits = engine, clock, limits or SessionLimits()

    def begin(self, user_id: int) -> str:
        """Begin a session and return its token, 256 random bits in 43 characters. What is over is removed."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._now_ms()
        with self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(self._is_over(now)))
            row = {"hash": _hash(token), "user_id": user_id, "made_ms": now, "seen_ms": now}
            connection.execute(insert(SESSIONS).values(**row))
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token, None if there is none or its time is over. Counts as use of the session."""
        now = self._now_ms()
        asked = (
            select(
                USERS.c.id,
                USERS.c.name,
                USERS.c.role,
                MEMBERS.c.organisation,
                SESSIONS.c.hash,
                SESSIONS.c.made_ms,
                SESSIONS.c.seen_ms,
            )
            .select_from(SESSIONS.join(USERS).outerjoin(MEMBERS, MEMBERS.c.user_id == USERS.c.id))
            .where(SESSIONS.c.hash == _hash(token), ~self._is_over(now))
        )
        with self._engine.connect() as connection:
            row = connection.execute(asked).mappings().first()
        if row is None:
            return None
        if now - row["seen_ms"] >= 1000 * self.limits.noted_every_s:
            # Without room on the disk nobody is logged out by it: the session lasts as if it had not been used.
            with suppress(OperationalError), self._engine.begin() as connection:
                connection.execute(update(SESSIONS).where(SESSIONS.c.hash == row["hash"]).values(seen_ms=now))
        ends_at = row["made_ms"] / 1000 + self.limits.absolute_s
        return Session(row["id"], row["name"], get_role(row["role"]), ends_at, row["organisation"] or "")

    def end(self, token: str) -> None:
        """End a session; nothing happens if it is over."""
        with self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.hash == _hash(token)))

    def end_all(self, name: str) -> int:
        """End all sessions of a user; returns how many there were."""
        whose = select(USERS.c.id).where(USERS.c.folded == name.casefold())
        with self._engine.begin() as connection:
            return connection.execute(delete(SESSIONS).where(SESSIONS.c.user_id.in_(whose))).rowcount

    def count(self, name: str) -> int:
        """How many sessions a user has open."""
        asked = (
            select(func.count())
            .select_from(SESSIONS.join(USERS))
            .where(USERS.c.folded == name.casefold(), ~self._is_over(self._now_ms()))
        )
        with self._engine.connect() as connection:
            return int(connection.execute(asked).scalar() or 0)

    def _is_over(self, now_ms: int) -> ColumnElement[bool]:
        idle, absolute = round(1000 * self.limits.idle_s), round(1000 * self.limits.absolute_s)
        return (SESSIONS.c.seen_ms <= now_ms - idle) | (SESSIONS.c.made_ms <= now_ms - absolute)

    def _now_ms(self) -> int:
        return round(self._clock() * 1000)


def _hash(token: str) -> str:
    """What is kept of a token. A token has 256 random bits, so that a quick hash without salt is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
