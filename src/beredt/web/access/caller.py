"""Who is calling."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from beredt.web.access.roles import Role

CALLER = "beredt.caller"
"""Where the guard leaves the caller in the scope of a request."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls.

    `name` is that of the account, "" on one's own machine; `token` the secret of the browser's cookie, "" for somebody
    without one; `ends_at` when the session ends whatever is done (seconds since 1970), None for one without end.
    `organisation` is the one for which it calls, EVERYTHING for the whole service, "" where nobody has said; `kinds`
    are those of events that a key may send, empty for all.
    """

    name: str
    role: Role
    token: str = ""
    ends_at: float | None = None
    organisation: str = ""
    kinds: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        """Without the token: it would end up in logs and tracebacks."""
        return f"Caller({self.name!r}, {self.role.word})"


EVERYTHING = "*"
"""What stands in the place of an organisation where somebody sees what all of them have."""

NOBODY = Caller("", Role.ANYONE)
"""Somebody who is not logged in."""


def get_caller(request: HTTPConnection) -> Caller:
    """Who sent a request that the guard let through; nobody where there is no guard."""
    found = request.scope.get(CALLER, NOBODY)
    return found if isinstance(found, Caller) else NOBODY
