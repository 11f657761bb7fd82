"""How a refusal is answered: a problem for scripts, a page for readers, the login page for whoever is not logged in."""

from __future__ import annotations

import math
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from beredt.errors import RefusedError
from beredt.web.access.asked import Asked
from beredt.web.access.language import choose_words
from beredt.web.access.pages import refused_page
from beredt.web.errors import answer
from beredt.web.faults import Problem

LOGIN = "/login"

TYPE = "urn:beredt:refused:"
"""What a problem's `type` begins with; the name of the reason follows, for scripts."""


def refusal_response(error: RefusedError, asked: Asked) -> Response:
    """The response to a request that is not let through."""
    if error.status == 401 and asked.wants_page and not asked.changes:
        return RedirectResponse(f"{LOGIN}?{urlencode({'next': asked.address_of_page})}", 303)
    words = choose_words(None, asked.headers.get("accept-language"))
    values = {**error.values, "seconds": str(math.ceil(error.retry_s or 0))}
    if error.reason == "role":
        values |= {key: words(f"studio.access.role_name.{role}") for key, role in error.values.items()}
    title = words(f"studio.access.refused.{error.reason}.title")
    detail = words(f"studio.access.refused.{error.reason}.detail", **values)
    headers = {"cache-control": "no-store"}
    if error.retry_s is not None:
        headers["retry-after"] = str(math.ceil(error.retry_s))
    if asked.wants_page:
        return refused_page(words, title, detail, error.status, headers)
    problem = Problem(type=f"{TYPE}{error.reason}", title=title, status=error.status, detail=detail)
    return answer(problem, headers)
