"""Who may use the live server: the people of Studio's access, and feeds that bring a key where others are let in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anyio import to_thread
from fastapi import FastAPI

from beredt.web.access.accounts import Accounts
from beredt.web.access.asked import Asked
from beredt.web.access.audit import Entry
from beredt.web.access.caller import EVERYTHING, NOBODY, Caller
from beredt.web.access.local import LocalAccess
from beredt.web.access.roles import Role
from beredt.web.live.keys import FeedKeys

EVENTS_PATH = "/api/live/events"
"""The only door that a key opens, with those of adapters behind it."""

SCHEME = "bearer "


@dataclass(frozen=True, slots=True)
class LiveAccess:
    """Studio's access, and keys beside it; on one's own machine nobody needs one."""

    people: LocalAccess | Accounts
    keys: FeedKeys

    def install(self, app: FastAPI) -> None:
        """Put the guard before all routes, asking here first."""
        self.people.install(app, gate=self)

    def check_way(self, asked: Asked) -> None:
        """As people: over TLS where others are let in."""
        self.people.check_way(asked)

    async def find_caller(self, asked: Asked) -> Caller:
        """Whose key it is where events are sent with one; a key that nobody has is nobody's. Else as people."""
        given = asked.headers.get("authorization", "")
        if asked.method == "POST" and _is_feed(asked) and given.lower().startswith(SCHEME):
            key = await to_thread.run_sync(self.keys.find, given[len(SCHEME) :].strip())
            if key is None:
                return NOBODY
            organisation = key.organisation or EVERYTHING
            return Caller(f"key {key.name}", Role.ANALYST, organisation=organisation, kinds=key.kinds)
        return await self.people.find_caller(asked)

    def cookies_for(self, asked: Asked, caller: Caller) -> Sequence[str]:
        """Those of a person's browser; a program gets none."""
        return () if _is_feed(asked) else self.people.cookies_for(asked, caller)

    def take_heavy(self, asked: Asked, caller: Caller) -> None:
        """As people."""
        self.people.take_heavy(asked, caller)

    async def note(self, entry: Entry) -> None:
        """As people."""
        await self.people.note(entry)


def _is_feed(asked: Asked) -> bool:
    return asked.path == EVENTS_PATH or asked.path.startswith(f"{EVENTS_PATH}/")
