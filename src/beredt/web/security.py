"""What every response says to the browser, and which requests are not answered at all.

A server on localhost is within reach of every page that its user opens: a page may send forms to it, or give its
own name the address 127.0.0.1. So a request that changes something must come from the server's own pages, and the
name in its address must be one of the server's.
"""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beredt.web.errors import answer, title_of
from beredt.web.faults import Problem

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "worker-src 'self' blob:",  # the map makes its workers itself
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

A_YEAR = "max-age=31536000"

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""
OWN_SITES = frozenset({"same-origin", "none"})
"""What `Sec-Fetch-Site` says of a request of the server's own pages, or of the user's address bar."""


class Security:
    """The outermost layer of the server: refuses strangers, and puts the headers on every response."""

    def __init__(self, app: ASGIApp, host_names: Collection[str] | None = LOOPBACK_NAMES, secure: bool = False) -> None:
        """Wrap an application.

        Args:
            app: what answers.
            host_names: names by which the server may be addressed; None for any.
            secure: browsers are to come over TLS, now and for a year.
        """
        self._app, self._host_names = app, host_names
        self._headers = HEADERS | ({"strict-transport-security": A_YEAR} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        complaint = self._complaint(scope["method"], Headers(scope=scope))
        if complaint is None:
            await self._app(scope, receive, send_with_headers)
            return
        status = HTTPStatus.FORBIDDEN
        refusal = answer(Problem(title=title_of(status), status=status, detail=complaint))
        await refusal(scope, receive, send_with_headers)

    def _complaint(self, method: str, headers: Headers) -> str | None:
        """Why a request is refused, or None."""
        host = headers.get("host", "")
        if self._host_names is not None and host_name(host) not in self._host_names:
            known = ", ".join(sorted(self._host_names))
            return f"this server is not called {host_name(host)!r}: address it as one of {known}"
        if method in HARMLESS:
            return None
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc.lower() != host.lower()
        if foreign or (site is not None and site not in OWN_SITES):
            return "a page of another site asked for a change; only this server's own pages may"
        return None


def host_name(host: str) -> str:
    """The name in a `Host` header, without port and brackets, in small letters."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
