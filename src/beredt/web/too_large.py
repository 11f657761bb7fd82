"""What is too large is refused before it is read whole; here the refusal becomes a problem that a page can show."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beredt.web.access.language import choose_words
from beredt.web.errors import answer
from beredt.web.faults import PROBLEM_TYPE, Problem

STATUS = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class TooLarge:
    """The layer round everything that counts the bytes of a request, and says it in plain text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_refused = False

        async def send_on(message: Message) -> None:
            nonlocal is_refused
            if message["type"] == "http.response.start" and message["status"] == STATUS:
                is_refused = Headers(raw=message["headers"]).get("content-type") != PROBLEM_TYPE
                if is_refused:
                    await answer(_problem(scope))(scope, receive, send)
            if not is_refused:
                await send(message)

        await self._app(scope, receive, send_on if scope["type"] == "http" else send)


def _problem(scope: Scope) -> Problem:
    words = choose_words(None, Headers(scope=scope).get("accept-language"))
    title, detail = (words(f"studio.server.too_large.{part}") for part in ("title", "detail"))
    return Problem(title=title, status=STATUS, detail=detail)
