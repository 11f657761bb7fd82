"""How far each target has come, in the database of the log: it survives whatever happens to the server.

One server at a time sends to a target: it holds the target's row for a while, and goes on holding it while it lives.
When it dies, another one, or the same one begun anew, takes over after that while.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Engine,
    PrimaryKeyConstraint,
    Select,
    String,
    Table,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from beredt.errors import LiveStoreError
from beredt.live.store.tables import METADATA

LIVE_WEBHOOKS = Table(
    "live_webhooks",
    METADATA,
    Column("study", String(128), nullable=False),
    Column("target", String(32), nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("told", BigInteger, nullable=False),
    Column("holder", String(32), nullable=False),
    Column("held_until_ms", BigInteger, nullable=False),
    PrimaryKeyConstraint("study", "target", name="live_webhooks_targets"),
)
"""`place` is the entry of the log up to which a target has been told all that it is to be told: never told to anybody,
since it counts what others do. `told` is how many events that were: the target's own numbers."""


class Place(NamedTuple):
    """How far a target has come: the entry of the log, and the events that it has been told of those up to there."""

    entry: int
    told: int


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a study's targets, for one server, whose name is `holder`."""

    engine: Engine
    study: str
    holder: str

    def begin(self, target: str, entry: int) -> None:
        """Have a target that was never there begin behind an entry. Raises LiveStoreError."""
        row = {"study": self.study, "target": target, "place": entry, "told": 0, "holder": "", "held_until_ms": 0}
        try:
            with self.engine.begin() as connection:
                if connection.execute(self._asked(target)).first() is None:
                    connection.execute(insert(LIVE_WEBHOOKS).values(**row))
        except IntegrityError:
            return  # another server was quicker
        except DBAPIError as error:
            raise _lost() from error

    def hold(self, target: str, now_ms: int, until_ms: int) -> Place | None:
        """Hold a target until a moment; where it is, or None while another server holds it. Raises LiveStoreError."""
        row = LIVE_WEBHOOKS.c
        free = (row.holder == self.holder) | (row.held_until_ms < now_ms)
        change = update(LIVE_WEBHOOKS).where(self._is(target), free)
        try:
            with self.engine.begin() as connection:
                if not connection.execute(change.values(holder=self.holder, held_until_ms=until_ms)).rowcount:
                    return None
                found = connection.execute(self._asked(target)).one()
                return Place(found.place, found.told)
        except DBAPIError as error:
            raise _lost() from error

    def move(self, target: str, place: Place, until_ms: int) -> bool:
        """Note how far a target has come, and go on holding it; False where another server holds it by now.

        Raises LiveStoreError.
        """
        change = update(LIVE_WEBHOOKS).where(self._is(target), LIVE_WEBHOOKS.c.holder == self.holder)
        try:
            with self.engine.begin() as connection:
                moved = change.values(place=place.entry, told=place.told, held_until_ms=until_ms)
                return connection.execute(moved).rowcount == 1
        except DBAPIError as error:
            raise _lost() from error

    def let_go(self, target: str) -> None:
        """Hold a target no more. Raises LiveStoreError."""
        change = update(LIVE_WEBHOOKS).where(self._is(target), LIVE_WEBHOOKS.c.holder == self.holder)
        try:
            with self.engine.begin() as connection:
                connection.execute(change.values(holder="", held_until_ms=0))
        except DBAPIError as error:
            raise _lost() from error

    def _is(self, target: str) -> ColumnElement[bool]:
        return (LIVE_WEBHOOKS.c.study == self.study) & (LIVE_WEBHOOKS.c.target == target)

    def _asked(self, target: str) -> Select[tuple[int, int]]:
        return select(LIVE_WEBHOOKS.c.place, LIVE_WEBHOOKS.c.told).where(self._is(target))


def _lost() -> LiveStoreError:
    return LiveStoreError("the places of webhooks cannot be read or written just now: nothing is sent meanwhile")
