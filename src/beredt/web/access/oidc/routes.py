"""`/login/provider` sends a browser to the provider, `/login/provider/back` takes what it brings back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from beredt.errors import AccountError, RefusedError
from beredt.web.access.asked import Asked, asked
from beredt.web.access.caller import Caller
from beredt.web.access.csrf import csrf_token
from beredt.web.access.forms import own_path
from beredt.web.access.language import choose_words
from beredt.web.access.need import needs
from beredt.web.access.oidc.attempt import GONE, Attempt, find_attempt, new_attempt
from beredt.web.access.oidc.people import People
from beredt.web.access.oidc.provider import NotBelievedError, Provider
from beredt.web.access.pages import bounce_page, refused_page
from beredt.web.access.roles import Role

if TYPE_CHECKING:
    from beredt.web.access.accounts import Accounts

BEGIN, BACK = "/login/provider", "/login/provider/back"
LONGEST_CODE = 4096


class _FailedError(Exception):
    """A login that did not work: the name of the fault in the language files, and the status."""

    def __init__(self, fault: str, status: int) -> None:
        self.fault, self.status = fault, status
        super().__init__(fault)


def oidc_router(accounts: Accounts, provider: Provider, people: People) -> APIRouter:
    """Both routes."""
    router = APIRouter(include_in_schema=False)

    @router.get(BEGIN)
    @needs(Role.ANYONE)
    async def go_to_provider(
        request: Request, goes_to: Annotated[str, Query(alias="next", max_length=2000)] = "/"
    ) -> Response:
        """Send the browser to the provider."""
        attempt = new_attempt(own_path(goes_to))
        try:
            address = await accounts.in_thread(lambda: provider.address(attempt))
        except NotBelievedError as error:
            return _failed(request, error)
        response = RedirectResponse(address, 303)
        response.headers.append("set-cookie", attempt.cookie())
        return response

    @router.get(BACK)
    @needs(Role.ANYONE)
    async def come_back(
        request: Request,
        code: Annotated[str, Query(max_length=LONGEST_CODE)] = "",
        state: Annotated[str, Query(max_length=200)] = "",
    ) -> Response:
        """Redeem the code, and begin a session."""
        seen = asked(request.scope)
        attempt = find_attempt(seen.headers.get("cookie", ""))
        try:
            accounts.logins.check(_attempts_of(seen), seen.address)
            if attempt is None or not code or not attempt.is_answered_by(state):
                raise _FailedError("not_answered", 403)
            token = await _begin(accounts, provider, people, request, attempt, code)
        except (NotBelievedError, AccountError, RefusedError, _FailedError) as error:
            accounts.logins.note_wrong(_attempts_of(seen), seen.address)
            return _failed(request, error)
        # Cookies of the session are kept back on the way from another site: a page of ours goes on.
        response: Response = bounce_page(choose_words(None, seen.headers.get("accept-language")), attempt.goes_to)
        for line in (*accounts.cookies.give(token, csrf_token(token)), GONE):
            response.headers.append("set-cookie", line)
        return response

    return router


def _attempts_of(seen: Asked) -> str:
    """By what failed attempts are counted: of each address by itself, or a stranger could shut everybody out."""
    return f"provider {seen.address}"


async def _begin(
    accounts: Accounts, provider: Provider, people: People, request: Request, attempt: Attempt, code: str
) -> str:
    """Token of a new session."""
    seen, rules = asked(request.scope), provider.rules
    claims = await accounts.in_thread(lambda: provider.redeem(code, attempt))
    subject, grant = str(claims["sub"]), rules.find_grant(claims)
    if grant is None:
        gone = await accounts.in_thread(lambda: people.shut_out(rules.issuer, subject))
        await accounts.note_deed(Caller(gone, Role.ANYONE), seen, "refused", "log in by provider", 403)
        raise _FailedError("no_grant", 403)
    name = str(claims.get(rules.name_claim) or "")
    user = await accounts.in_thread(lambda: people.let_in(rules.issuer, subject, name, grant))
    token = await accounts.in_thread(lambda: accounts.sessions.begin(user.id))
    await accounts.note_deed(Caller(user.name, user.role), seen, "login", "log in by provider", 200)
    return token


def _failed(request: Request, error: Exception) -> Response:
    """A page that says what to do; why exactly is for whoever runs the server."""
    seen = asked(request.scope)
    words = choose_words(None, seen.headers.get("accept-language"))
    if isinstance(error, _FailedError):
        fault, status = error.fault, error.status
    elif isinstance(error, RefusedError):
        fault, status = "wait", error.status
    elif isinstance(error, AccountError):
        fault, status = "name_taken", 403
    else:
        fault, status = "not_believed", 502
    sys.stderr.write(f"login by provider: {error}\n")
    detail = words(f"studio.access.provider.{fault}")
    page = refused_page(words, words("studio.access.provider.title"), detail, status, {})
    page.headers.append("set-cookie", GONE)
    return page
