"""Accounts of people whom a provider knows: made at their first login, with role and organisation as of the last."""

from __future__ import annotations

import secrets

from sqlalchemy import Column, Engine, ForeignKey, PrimaryKeyConstraint, String, Table, delete, insert, select

from beredt.database.key import KEY
from beredt.errors import AccountError
from beredt.web.access.database import METADATA, USERS
from beredt.web.access.oidc.rules import Grant
from beredt.web.access.roles import get_role
from beredt.web.access.users import User, Users

IDENTITIES = Table(
    "identities",
    METADATA,
    Column("issuer", String(256), nullable=False),
    Column("subject", String(256), nullable=False),
    Column("user_id", KEY, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, unique=True),
    PrimaryKeyConstraint("issuer", "subject", name="identities_of_issuers"),
)
"""Whom a provider calls what: an account belongs to a subject, never to a name."""


class People:
    """Accounts by what providers call them."""

    def __init__(self, engine: Engine, users: Users) -> None:
        self._engine, self._users = engine, users

    def let_in(self, issuer: str, subject: str, name: str, grant: Grant) -> User:
        """The account of a subject, made where there is none, with the role and organisation that it has now.

        Raises AccountError when it would have the name of another account: a name is no proof of who somebody is.
        """
        known = self._find(issuer, subject)
        if known is None:
            made = self._users.add(name, get_role(grant.role), secrets.token_urlsafe(48), grant.organisation)
            with self._engine.begin() as connection:
                connection.execute(insert(IDENTITIES).values(issuer=issuer, subject=subject, user_id=made.id))
            return made
        self._users.set_role(known, get_role(grant.role))
        return self._users.set_organisation(known, grant.organisation)

    def shut_out(self, issuer: str, subject: str) -> str:
        """End everything that a subject has here that may do nothing any more; returns the name it had, "" for none."""
        known = self._find(issuer, subject)
        if known is None:
            return ""
        user = self._users.get(known)
        with self._engine.begin() as connection:
            connection.execute(delete(IDENTITIES).where(IDENTITIES.c.user_id == user.id))
        self._users.remove(known)
        return known

    def _find(self, issuer: str, subject: str) -> str | None:
        if len(issuer) > 256 or len(subject) > 256:
            raise AccountError(subject[:64], "what the provider calls this person is too long to be kept")
        asked = select(USERS.c.name).join(IDENTITIES, IDENTITIES.c.user_id == USERS.c.id)
        with self._engine.connect() as connection:
            found = connection.execute(
                asked.where(IDENTITIES.c.issuer == issuer, IDENTITIES.c.subject == subject)
            ).scalar()
        return None if found is None else str(found)
