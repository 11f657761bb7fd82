"""Who may use the server: the seam at which access comes in, and an access that lets everything through."""

from __future__ import annotations

from typing import Protocol

from fastapi import FastAPI


class Access(Protocol):
    """Who may do what: the seam at which accounts come in."""

    def install(self, app: FastAPI) -> None:
        """Add what stands before the routes (sessions, roles, limits), and routes of its own."""
        ...


class OpenAccess:
    """Nobody is asked anything: for tests of what lies behind, and for writing the OpenAPI document."""

    def install(self, app: FastAPI) -> None:
        """There is nothing to add."""
