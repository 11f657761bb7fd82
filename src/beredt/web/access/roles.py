"""Roles: what a caller may do, each role more than the one before."""

from __future__ import annotations

from enum import IntEnum

from beredt.errors import UnknownIdError


class Role(IntEnum):
    """Roles from the least to the most. A route asks for a role, and is open to that one and all above it."""

    ANYONE = 0
    """Not logged in: the login page and what it is made of."""
    READER = 1
    """Looks at studies, answers, reports and indicators, and tries drafts; sees no single mission, and changes nothing
    that stays."""
    ANALYST = 2
    """Also saves alternatives, imports logs, and starts and removes runs."""
    ADMIN = 3
    """Also reads who has done what, and deletes mission logs."""

    @property
    def word(self) -> str:
        """The name as it is written on the command line and kept in the database."""
        return self.name.lower()


USER_ROLES = (Role.READER, Role.ANALYST, Role.ADMIN)
"""Roles that an account can have."""


def get_role(word: str) -> Role:
    """The role of an account by its name. Raises UnknownIdError if there is none."""
    found = next((role for role in USER_ROLES if role.word == word.lower()), None)
    if found is None:
        raise UnknownIdError("role", word, [role.word for role in USER_ROLES])
    return found
