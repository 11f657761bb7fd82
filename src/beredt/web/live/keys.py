"""Keys by which a feed is known: a program has no session. A key opens one door only, the one for events."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, Engine, String, Table, delete, insert, select
from sqlalchemy.exc import IntegrityError

from beredt.errors import AccountError, UnknownIdError
from beredt.live.store.tables import METADATA

LIVE_KEYS = Table(
    "live_keys",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("made_ms", BigInteger, nullable=False),
)
"""`hash` is SHA-256 of the key: who reads the database cannot send events."""

_NAME = re.compile(r"[^\W_][\w.@-]{0,63}")
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class FeedKey:
    """A key without what it is: its name, and when it was made (seconds since 1970)."""

    name: str
    made_at: float


class FeedKeys:
    """The keys of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, name: str) -> str:
        """Make a key, which is told this once. Raises AccountError when the name is taken or is no name."""
        if not _NAME.fullmatch(name):
            raise AccountError(
                name, f"{name!r} is no name of a key: take up to 64 letters and digits, also . - _ and @"
            )
        key = secrets.token_urlsafe(KEY_BYTES)
        row = {"name": name, "hash": _hash(key), "made_ms": round(time.time() * 1000)}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(LIVE_KEYS).values(**row))
        except IntegrityError:
            remedy = f"`beredt live key remove {name}` takes it away"
            raise AccountError(name, f"there is a key {name!r} already; {remedy}") from None
        return key

    def remove(self, name: str) -> None:
        """Take a key away: what was sent with it stays. Raises UnknownIdError."""
        with self._engine.begin() as connection:
            gone = connection.execute(delete(LIVE_KEYS).where(LIVE_KEYS.c.name == name)).rowcount
        if not gone:
            raise UnknownIdError("key", name, [one.name for one in self.list_keys()])

    def list_keys(self) -> tuple[FeedKey, ...]:
        """All keys by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(LIVE_KEYS.c.name, LIVE_KEYS.c.made_ms).order_by(LIVE_KEYS.c.name)).all()
        return tuple(FeedKey(name, made_ms / 1000) for name, made_ms in rows)

    def find(self, key: str) -> str | None:
        """Whose key this is; None for nobody's. Hashes are compared: how long it takes tells nothing."""
        with self._engine.connect() as connection:
            found = connection.execute(select(LIVE_KEYS.c.name).where(LIVE_KEYS.c.hash == _hash(key))).scalar()
        return None if found is None else str(found)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
