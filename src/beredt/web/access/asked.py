"""A request as the guard looks at it, before any of its body is read."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import Scope

READING = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, by whom so far as the lines of the request tell.

    `query` is what stands after the question mark; `scheme` is `http` or `https`, as the browser speaks it; `address`
    the caller's, as the proxy in front tells it if there is one.
    """

    method: str
    path: str
    query: str
    scheme: str
    address: str
    headers: Headers

    @property
    def changes(self) -> bool:
        """Whether the request may change something."""
        return self.method not in READING

    @property
    def wants_page(self) -> bool:
        """Whether somebody reads the answer as a page: the address bar, a link or a form, not a script."""
        mode = self.headers.get("sec-fetch-mode")
        return mode == "navigate" if mode is not None else "text/html" in self.headers.get("accept", "")

    @property
    def address_of_page(self) -> str:
        """Path and question as the browser shows them."""
        return quote(self.path) + (f"?{self.query}" if self.query else "")

    @property
    def port(self) -> str:
        """The port that the browser calls, "" for the usual one."""
        name, _, port = self.headers.get("host", "").rpartition(":")
        return port if name and port.isdigit() else ""


def asked(scope: Scope) -> Asked:
    """Read the lines of a request."""
    client = scope.get("client")
    return Asked(
        method=scope["method"].upper(),
        path=scope["path"],
        query=scope.get("query_string", b"").decode("latin-1"),
        scheme=scope.get("scheme", "http"),
        address=str(client[0]) if client else "",
        headers=Headers(scope=scope),
    )
