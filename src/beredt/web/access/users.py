"""Accounts: made, changed and removed on the command line; looked up at login."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, RowMapping, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from beredt.errors import AccountError, UnknownIdError
from beredt.model.field import ID_PATTERN
from beredt.web.access.caller import EVERYTHING
from beredt.web.access.database import MEMBERS, SESSIONS, USERS
from beredt.web.access.password_rules import LEAST_LENGTH, MOST_LENGTH, find_password_fault
from beredt.web.access.passwords import Passwords
from beredt.web.access.roles import Role, get_role

Clock = Callable[[], float]
"""Tells the time in seconds since 1970."""

LONGEST_ID = 64
_NAME = re.compile(r"[^\W_][\w.@-]{0,63}")

_FAULTS = {
    "short": f"it has fewer than {LEAST_LENGTH} characters; four or five words in a row are easy to remember",
    "long": f"it has more than {MOST_LENGTH} characters",
    "plain": "it is repeated, runs along the keyboard, or is made of words that are tried first; take four or five "
    "words that have nothing to do with one another",
    "name": "it is made of the user name",
}


@dataclass(frozen=True, slots=True)
class User:
    """An account. `made_at` and `password_at` are seconds since 1970.

    `organisation` is the one for which it works, `*` for the whole service, "" where nobody has said.
    """

    id: int
    name: str
    role: Role
    made_at: float
    password_at: float
    organisation: str = ""


class Users:
    """The accounts of a database."""

    def __init__(self, engine: Engine, passwords: Passwords, clock: Clock = time.time) -> None:
        self._engine, self._passwords, self._clock = engine, passwords, clock

    def add(self, name: str, role: Role, password: str, organisation: str = "") -> User:
        """Make an account.

        Args:
            name: Of the account.
            role: What it may do.
            password: As typed.
            organisation: For which it works; see `User`.

        Raises:
            AccountError: The name is taken or is no name, or the password is not taken.
        """
        _check_organisation(name, organisation)
        if not _NAME.fullmatch(name):
            raise AccountError(name, f"{name!r} is no user name: take up to 64 letters and digits, also . - _ and @")
        self._check_password(name, password)
        now = self._now_ms()
        row = {"name": name, "folded": name.casefold(), "role": role.word, "made_ms": now, "password_ms": now}
        try:
            with self._engine.begin() as connection:
                made = connection.execute(insert(USERS).values(**row, password=self._passwords.hash(password)))
                if organisation:
                    key = made.inserted_primary_key
                    assert key is not None
                    connection.execute(insert(MEMBERS).values(user_id=key[0], organisation=organisation, since_ms=now))
        except IntegrityError:
            raise AccountError(name, f"there is a user {name!r} already; `beredt serve user password {name}` gives it "
                                     "another password") from None  # fmt: skip
        return self.get(name)

    def get(self, name: str) -> User:
        """An account by its name, in small or large letters. Raises UnknownIdError."""
        with self._engine.connect() as connection:
            row = connection.execute(_asked().where(USERS.c.folded == name.casefold())).mappings().first()
        if row is None:
            raise UnknownIdError("user", name, [one.name for one in self.list_users()])
        return _user(row)

    def list_users(self) -> tuple[User, ...]:
        """All accounts by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(_asked().order_by(USERS.c.folded)).mappings().all()
        return tuple(_user(row) for row in rows)

    def has_any(self) -> bool:
        """Whether there is an account at all."""
        with self._engine.connect() as connection:
            return bool(connection.execute(select(func.count()).select_from(USERS)).scalar())

    def remove(self, name: str) -> User:
        """Remove an account with its sessions. What it did stays in the log. Raises UnknownIdError."""
        user = self.get(name)
        with self._engine.begin() as connection:
            for table in (SESSIONS, MEMBERS):
                connection.execute(delete(table).where(table.c.user_id == user.id))
            connection.execute(delete(USERS).where(USERS.c.id == user.id))
        return user

    def set_role(self, name: str, role: Role) -> User:
        """Give an account another role, which holds from its next request. Raises UnknownIdError."""
        user = self.get(name)
        with self._engine.begin() as connection:
            connection.execute(update(USERS).where(USERS.c.id == user.id).values(role=role.word))
        return self.get(name)

    def set_organisation(self, name: str, organisation: str) -> User:
        """Have an account work for another organisation from its next request; "" for none, `*` for the whole service.

        Raises:
            UnknownIdError: There is no such account.
            AccountError: It is no id of an organisation.
        """
        user = self.get(name)
        _check_organisation(user.name, organisation)
        if user.organisation == organisation:
            return user  # it has worked there for longer than since now
        with self._engine.begin() as connection:
            connection.execute(delete(MEMBERS).where(MEMBERS.c.user_id == user.id))
            if organisation:
                row = {"user_id": user.id, "organisation": organisation, "since_ms": self._now_ms()}
                connection.execute(insert(MEMBERS).values(**row))
        return self.get(name)

    def set_password(self, name: str, password: str) -> User:
        """Give an account another password, and end all its sessions.

        Raises:
            UnknownIdError: There is no such account.
            AccountError: The password is not taken.
        """
        user = self.get(name)
        self._check_password(user.name, password)
        values = {"password": self._passwords.hash(password), "password_ms": self._now_ms()}
        with self._engine.begin() as connection:
            connection.execute(update(USERS).where(USERS.c.id == user.id).values(**values))
            connection.execute(delete(SESSIONS).where(SESSIONS.c.user_id == user.id))
        return user

    def find_by_password(self, name: str, password: str) -> User | None:
        """The account with this name and password, None without; takes as long either way.

        A hash made with other parameters than today's is made anew.
        """
        with self._engine.connect() as connection:
            row = connection.execute(_asked().where(USERS.c.folded == name.casefold())).mappings().first()
        kept = None if row is None else str(row["password"])
        if not self._passwords.fits(password[: MOST_LENGTH + 1], kept) or row is None or kept is None:
            return None
        if self._passwords.is_outdated(kept):
            with self._engine.begin() as connection:
                again = self._passwords.hash(password)
                connection.execute(update(USERS).where(USERS.c.id == row["id"]).values(password=again))
        return _user(row)

    def known_name(self, name: str) -> str:
        """The name as the account has it, "" if nobody has it."""
        with self._engine.connect() as connection:
            asked = select(USERS.c.name).where(USERS.c.folded == name.casefold())
            return str(connection.execute(asked).scalar() or "")

    def _check_password(self, name: str, password: str) -> None:
        fault = find_password_fault(password, name)
        if fault is not None:
            raise AccountError(name, f"the password of {name} is not taken: {_FAULTS[fault]}")

    def _now_ms(self) -> int:
        return round(self._clock() * 1000)


def check_organisation(organisation: str) -> bool:
    """Whether this can name an organisation: its id in the study, `*` for the whole service, "" for none."""
    return organisation in ("", EVERYTHING) or (
        re.fullmatch(ID_PATTERN, organisation) is not None and len(organisation) <= LONGEST_ID
    )


def _check_organisation(name: str, organisation: str) -> None:
    if not check_organisation(organisation):
        raise AccountError(name, f"{organisation!r} is no id of an organisation: take one of the study's table "
                                 f"organisations, or {EVERYTHING} for the whole service")  # fmt: skip


def _asked() -> Select[Any]:
    return select(USERS, MEMBERS.c.organisation).select_from(USERS.outerjoin(MEMBERS))


def _user(row: RowMapping) -> User:
    made_at, password_at = row["made_ms"] / 1000, row["password_ms"] / 1000
    return User(row["id"], row["name"], get_role(row["role"]), made_at, password_at, row["organisation"] or "")
