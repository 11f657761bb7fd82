"""Who may use the server. Without accounts: one person, at this machine, and everything."""

from __future__ import annotations

from typing import Protocol

from fastapi import FastAPI

from beredt.errors import ServeError


class Access(Protocol):
    """Who may do what: the seam at which accounts come in."""

    @property
    def reaches_others(self) -> bool:
        """Whether people at other machines can be told apart, so that the server may listen for them."""
        ...

    def install(self, app: FastAPI) -> None:
        """Add what stands before the routes (sessions, roles, limits), and routes of its own."""
        ...


class OpenAccess:
    """Nobody is asked who they are."""

    reaches_others = False

    def install(self, app: FastAPI) -> None:
        """There is nothing to add."""


def refuse_strangers(host: str, is_local: bool, access: Access) -> None:
    """Raises ServeError when others could reach a server that cannot tell people apart."""
    if not is_local and not access.reaches_others:
        raise ServeError(
            f"--host {host} lets other machines in, and this server has no accounts to tell people apart. "
            "Leave --host out to work at this machine alone, or reach it from elsewhere through a tunnel: "
            "ssh -L 8770:localhost:8770 THIS-MACHINE"
        )
