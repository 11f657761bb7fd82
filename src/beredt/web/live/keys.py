"""Keys by which a feed is known: a program has no session. A key opens one door only, the one for events."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    ForeignKey,
    RowMapping,
    Select,
    String,
    Table,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError

from beredt.errors import AccountError, UnknownIdError
from beredt.live.events.event import KINDS
from beredt.live.store.tables import METADATA
from beredt.web.access.caller import EVERYTHING
from beredt.web.access.users import check_organisation

LIVE_KEYS = Table(
    "live_keys",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("made_ms", BigInteger, nullable=False),
)
"""`hash` is SHA-256 of the key: who reads the database cannot send events."""

LIVE_KEY_SCOPES = Table(
    "live_key_scopes",
    METADATA,
    Column("name", String(64), ForeignKey("live_keys.name", ondelete="CASCADE"), primary_key=True),
    Column("organisation", String(64), nullable=False),
    Column("kinds", String(256), nullable=False),
)
"""What a key is for: the organisation ("" for a feed of the whole service) and kinds of events, parted by blanks (""
for all). A key without a row is for everything."""

_NAME = re.compile(r"[^\W_][\w.@-]{0,63}")
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class FeedKey:
    """A key without what it is: its name, when it was made (seconds since 1970), and what it is for.

    `organisation` "" is for a feed of the whole service; `kinds` are those of events, empty for all.
    """

    name: str
    made_at: float
    organisation: str = ""
    kinds: frozenset[str] = frozenset()


class FeedKeys:
    """The keys of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, name: str, organisation: str = "", kinds: Sequence[str] = ()) -> str:
        """Make a key, which is told this once.

        Args:
            name: of the key.
            organisation: whose units and incidents it may tell of; "" for everybody's.
            kinds: of events; empty for all.

        Raises:
            AccountError: the name is taken or is no name, or the organisation is no id of one.
            UnknownIdError: there is no such kind of events.
        """
        if organisation == EVERYTHING or not check_organisation(organisation):
            raise AccountError(name, f"{organisation!r} is no id of an organisation: take one of the study's table "
                                     "organisations, or leave it out for a feed of the whole service")  # fmt: skip
        for kind in kinds:
            if kind not in KINDS:
                raise UnknownIdError("kind of events", kind, KINDS)
        if not _NAME.fullmatch(name):
            raise AccountError(
                name, f"{name!r} is no name of a key: take up to 64 letters and digits, also . - _ and @"
            )
        key = secrets.token_urlsafe(KEY_BYTES)
        row = {"name": name, "hash": _hash(key), "made_ms": round(time.time() * 1000)}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(LIVE_KEYS).values(**row))
                scope = {"name": name, "organisation": organisation, "kinds": " ".join(sorted(set(kinds)))}
                connection.execute(insert(LIVE_KEY_SCOPES).values(**scope))
        except IntegrityError:
            remedy = f"`beredt live key remove {name}` takes it away"
            raise AccountError(name, f"there is a key {name!r} already; {remedy}") from None
        return key

    def remove(self, name: str) -> None:
        """Take a key away: what was sent with it stays. Raises UnknownIdError."""
        with self._engine.begin() as connection:
            connection.execute(delete(LIVE_KEY_SCOPES).where(LIVE_KEY_SCOPES.c.name == name))
            gone = connection.execute(delete(LIVE_KEYS).where(LIVE_KEYS.c.name == name)).rowcount
        if not gone:
            raise UnknownIdError("key", name, [one.name for one in self.list_keys()])

    def list_keys(self) -> tuple[FeedKey, ...]:
        """All keys by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(_asked().order_by(LIVE_KEYS.c.name)).mappings().all()
        return tuple(_key(row) for row in rows)

    def find(self, key: str) -> FeedKey | None:
        """Whose key this is; None for nobody's. Hashes are compared: how long it takes tells nothing."""
        with self._engine.connect() as connection:
            row = connection.execute(_asked().where(LIVE_KEYS.c.hash == _hash(key))).mappings().first()
        return None if row is None else _key(row)


def _asked() -> Select[Any]:
    columns = LIVE_KEYS.c.name, LIVE_KEYS.c.made_ms, LIVE_KEY_SCOPES.c.organisation, LIVE_KEY_SCOPES.c.kinds
    return select(*columns).select_from(LIVE_KEYS.outerjoin(LIVE_KEY_SCOPES))


def _key(row: RowMapping) -> FeedKey:
    kinds = frozenset((row["kinds"] or "").split())
    return FeedKey(row["name"], row["made_ms"] / 1000, row["organisation"] or "", kinds)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
