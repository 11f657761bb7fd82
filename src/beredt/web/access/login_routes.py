"""Login, logout and one's own account: forms of plain HTML, each with a CSRF token of its own session."""

from __future__ import annotations

import math
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from beredt.errors import RefusedError
from beredt.report.words import Words
from beredt.web.access.asked import Asked, asked
from beredt.web.access.caller import Caller, get_caller
from beredt.web.access.csrf import FIELD, csrf_token, is_csrf_token
from beredt.web.access.forms import MOST_BYTES, own_path, read_form
from beredt.web.access.language import choose_words
from beredt.web.access.need import needs
from beredt.web.access.pages import FONTS, account_page, bounce_page, font_bytes, login_page, style_css
from beredt.web.access.password_rules import LEAST_LENGTH, MOST_LENGTH, find_password_fault
from beredt.web.access.roles import Role
from beredt.web.access.sessions import TOKEN_BYTES

if TYPE_CHECKING:
    from beredt.web.access.accounts import Accounts

SEE_OTHER = 303
OWN_SITES = ("same-origin", "none", None)
"""What Sec-Fetch-Site says when the browser sends our cookies."""

Lang = Annotated[str | None, Query(max_length=8)]


def login_router(accounts: Accounts) -> APIRouter:
    """`/login`, `/logout`, `/account` and what their pages are made of."""
    router = APIRouter(include_in_schema=False)
    _add_login(router, accounts)
    _add_account(router, accounts)
    _add_looks(router)
    return router


def _add_login(router: APIRouter, accounts: Accounts) -> None:
    @router.get("/login")
    @needs(Role.ANYONE)
    def show_login(
        request: Request,
        goes_to: Annotated[str, Query(alias="next", max_length=2000)] = "/",
        lang: Lang = None,
        again: bool = False,
    ) -> Response:
        """The form, unless one is logged in already."""
        seen = asked(request.scope)
        words = _words(seen, lang)
        if get_caller(request).role > Role.ANYONE:
            return RedirectResponse(own_path(goes_to), SEE_OTHER)
        if seen.headers.get("sec-fetch-site") not in OWN_SITES and not again:
            return bounce_page(words, f"/login?{urlencode({'next': own_path(goes_to), 'again': '1'})}")
        return _form_again(accounts, seen, words, own_path(goes_to))

    @router.post("/login", max_body_size=MOST_BYTES)
    @needs(Role.ANYONE, form=True)
    async def log_in(request: Request) -> Response:
        """Check name and password, and begin a session."""
        seen, form = asked(request.scope), await read_form(request)
        words, goes_to = _words(seen, form.get("lang")), own_path(form.get("next", "/"))
        name, password = form.get("name", "").strip(), form.get("password", "")
        secret, _ = accounts.cookies.read(seen.headers.get("cookie", ""))
        if not is_csrf_token(form.get(FIELD, ""), secret):
            return _form_again(accounts, seen, words, goes_to, name, words("studio.access.fault.too_old"), 403)
        try:
            token = await _begin(accounts, seen, name, password)
        except RefusedError as error:
            fault = words("studio.access.fault.too_often", minutes=str(math.ceil((error.retry_s or 0) / 60)))
            response = _form_again(accounts, seen, words, goes_to, name, fault, error.status)
            response.headers["retry-after"] = str(math.ceil(error.retry_s or 0))
            return response
        if token is None:
            return _form_again(accounts, seen, words, goes_to, name, words("studio.access.fault.wrong"), 401)
        return _with_cookies(RedirectResponse(goes_to, SEE_OTHER), accounts.cookies.give(token, csrf_token(token)))


async def _begin(accounts: Accounts, seen: Asked, name: str, password: str) -> str | None:
    """Token of a new session, None if name and password do not belong together.

    Whether the name is somebody's is told by nothing: not by the answer, not by its time, not by when it is too often.

    Raises:
        RefusedError: 429, too many were wrong.
    """
    accounts.logins.check(name, seen.address)
    user = await accounts.in_thread(lambda: accounts.users.find_by_password(name, password))
    if user is None:
        accounts.logins.note_wrong(name, seen.address)
        # What was typed may be a password in the wrong field: only a name that is somebody's is written down.
        known = await accounts.in_thread(lambda: accounts.users.known_name(name))
        await accounts.note_deed(Caller(known, Role.ANYONE), seen, "refused", "log in", 401)
        return None
    accounts.logins.note_right(name, seen.address)
    token = await accounts.in_thread(lambda: accounts.sessions.begin(user.id))
    await accounts.note_deed(Caller(user.name, user.role), seen, "login", "log in", SEE_OTHER)
    return token


def _add_account(router: APIRouter, accounts: Accounts) -> None:
    @router.get("/account")
    @needs(Role.READER)
    async def show_account(request: Request, lang: Lang = None, done: bool = False) -> Response:
        """Who one is."""
        words = _words(asked(request.scope), lang)
        return await _account(accounts, request, words, done=words("studio.access.password_changed") if done else "")

    @router.post("/account/password", max_body_size=MOST_BYTES)
    @needs(Role.READER, form=True)
    async def change_password(request: Request) -> Response:
        """Take another password; all sessions end but a new one here."""
        seen, caller, form = asked(request.scope), get_caller(request), await read_form(request)
        words = _words(seen, form.get("lang"))
        if not is_csrf_token(form.get(FIELD, ""), caller.token):
            return await _account(accounts, request, words, fault=words("studio.access.fault.too_old"), status=403)
        fault, status = await _password_fault(accounts, seen, caller, form, words)
        if fault:
            return await _account(accounts, request, words, fault=fault, status=status)
        user = await accounts.in_thread(lambda: accounts.users.set_password(caller.name, form["new"]))
        token = await accounts.in_thread(lambda: accounts.sessions.begin(user.id))
        await accounts.note_deed(caller, seen, "account", "change own password", SEE_OTHER)
        response = RedirectResponse(f"/account?{urlencode({'done': '1', 'lang': words.language})}", SEE_OTHER)
        return _with_cookies(response, accounts.cookies.give(token, csrf_token(token)))

    @router.post("/logout", max_body_size=MOST_BYTES)
    @needs(Role.READER, form=True)
    async def log_out(request: Request) -> Response:
        """End this session, or all of one's own."""
        seen, caller, form = asked(request.scope), get_caller(request), await read_form(request)
        words = _words(seen, form.get("lang"))
        if not is_csrf_token(form.get(FIELD, ""), caller.token):
            return await _account(accounts, request, words, fault=words("studio.access.fault.too_old"), status=403)
        if form.get("where") == "everywhere":
            await accounts.in_thread(lambda: accounts.sessions.end_all(caller.name))
            await accounts.note_deed(caller, seen, "logout", "log out everywhere", SEE_OTHER)
        else:
            await accounts.log_out(caller, seen)
        response = RedirectResponse(f"/login?{urlencode({'lang': words.language})}", SEE_OTHER)
        return _with_cookies(response, accounts.cookies.take_away())


async def _password_fault(
    accounts: Accounts, seen: Asked, caller: Caller, form: dict[str, str], words: Words
) -> tuple[str, int]:
    """Why a password is not changed, with the status of the page; "" if it is."""
    new = form.get("new", "")
    if new != form.get("again", ""):
        return words("studio.access.fault.not_same"), 422
    fault = find_password_fault(new, caller.name)
    if fault is not None:
        return words(f"studio.access.fault.{fault}", least=str(LEAST_LENGTH), most=str(MOST_LENGTH)), 422
    try:
        accounts.logins.check(caller.name, seen.address)
    except RefusedError as error:
        return words("studio.access.fault.too_often", minutes=str(math.ceil((error.retry_s or 0) / 60))), error.status
    password = form.get("password", "")
    if await accounts.in_thread(lambda: accounts.users.find_by_password(caller.name, password)) is None:
        accounts.logins.note_wrong(caller.name, seen.address)
        return words("studio.access.fault.wrong_now"), 401
    return "", 200


def _add_looks(router: APIRouter) -> None:
    kept_a_day = {"cache-control": "public, max-age=86400"}

    @router.get("/access/style.css")
    @needs(Role.ANYONE)
    def get_style() -> Response:
        """The look of the pages."""
        return Response(style_css(), media_type="text/css", headers=kept_a_day)

    @router.get("/access/{font}")
    @needs(Role.ANYONE)
    def get_font(font: str) -> Response:
        """A font of the pages."""
        if font not in FONTS:
            return Response(status_code=404)
        return Response(font_bytes(font), media_type="font/otf", headers=kept_a_day)


def _form_again(
    accounts: Accounts, seen: Asked, words: Words, goes_to: str, name: str = "", fault: str = "", status: int = 200
) -> Response:
    """The login form. It has a token of its own before there is a session, made of a secret that opens nothing."""
    held, _ = accounts.cookies.read(seen.headers.get("cookie", ""))
    secret = held or secrets.token_urlsafe(TOKEN_BYTES)
    csrf = csrf_token(secret)
    page = login_page(words, csrf=csrf, goes_to=goes_to, name=name, fault=fault, status=status,
                      provider=accounts.provider is not None)  # fmt: skip
    return _with_cookies(page, accounts.cookies.give(secret, csrf))


async def _account(
    accounts: Accounts, request: Request, words: Words, *, fault: str = "", done: str = "", status: int = 200
) -> Response:
    caller = get_caller(request)
    sessions = await accounts.in_thread(lambda: accounts.sessions.count(caller.name))
    csrf, role = csrf_token(caller.token), caller.role.word
    return account_page(
        words, csrf=csrf, name=caller.name, role=role, sessions=sessions, fault=fault, done=done, status=status
    )


def _with_cookies(response: Response, lines: Sequence[str]) -> Response:
    for line in lines:
        response.headers.append("set-cookie", line)
    return response


def _words(seen: Asked, lang: str | None) -> Words:
    return choose_words(lang, seen.headers.get("accept-language"))
