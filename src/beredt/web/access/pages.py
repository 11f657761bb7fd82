"""The pages that work without the screen and without scripts: login, account, and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from beredt.report.page.theme_css import theme_css
from beredt.report.words import Words, list_languages, load_words
from beredt.web.access.password_rules import LEAST_LENGTH

NOT_KEPT = {"cache-control": "no-store"}
"""Pages with a token in them stay in no cache."""

FONTS = ("inter-regular.otf", "inter-semibold.otf")


def login_page(
    words: Words,
    *,
    csrf: str,
    goes_to: str,
    name: str = "",
    fault: str = "",
    status: int = 200,
    provider: bool = False,
) -> HTMLResponse:
    """The form to log in with.

    `goes_to` is the address afterwards; `fault` what went wrong the last time; `provider` whether people may log in at
    their organisation, too.
    """
    link = f"/login/provider?{urlencode({'next': goes_to})}" if provider else ""
    parts = {"csrf": csrf, "next": goes_to, "name": name, "fault": fault, "provider": link}
    switch = _languages("/login", {"next": goes_to})
    return _page("login.html", words, words("studio.access.log_in"), status, {**parts, "languages": switch})


def bounce_page(words: Words, link: str) -> HTMLResponse:
    """Goes on at once to an address of this server.

    A browser that follows a link of another site keeps its cookies back, as they are for our pages only; from a page
    of ours it sends them.
    """
    return _page("bounce.html", words, words("studio.access.log_in"), 200, {"link": link, "languages": ()})


def account_page(
    words: Words, *, csrf: str, name: str, role: str, sessions: int, fault: str = "", done: str = "", status: int = 200
) -> HTMLResponse:
    """Who one is, another password, and log out."""
    parts = {"csrf": csrf, "name": name, "role": words(f"studio.access.role.{role}"), "sessions": sessions}
    more = {"fault": fault, "done": done, "least": str(LEAST_LENGTH), "languages": _languages("/account", {})}
    return _page("account.html", words, words("studio.access.account"), status, {**parts, **more})


def refused_page(words: Words, title: str, detail: str, status: int, headers: Mapping[str, str]) -> HTMLResponse:
    """Why a page is not shown, and what to do."""
    return _page("refused.html", words, title, status, {"detail": detail, "languages": ()}, headers)


@cache
def style_css() -> str:
    """The look of these pages, in the colours of the report and the screen."""
    return theme_css() + files("beredt.web.access").joinpath("style.css").read_text(encoding="utf-8")


@cache
def font_bytes(name: str) -> bytes:
    """A font of `FONTS`."""
    return files("beredt.report").joinpath("fonts", name).read_bytes()


def _page(
    template: str,
    words: Words,
    title: str,
    status: int,
    parts: Mapping[str, object],
    headers: Mapping[str, str] = NOT_KEPT,
) -> HTMLResponse:
    text = _environment().get_template(template).render(words=words, title=title, **parts)
    return HTMLResponse(text, status, headers={**NOT_KEPT, **headers, "content-language": words.language})


@cache
def _environment() -> Environment:
    loader = PackageLoader("beredt.web.access", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def _languages(path: str, query: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Code, own name and link of every language."""
    links = ((code, f"{path}?{urlencode({**query, 'lang': code})}") for code in list_languages())
    return [(code, load_words(code)("studio.access.own_name"), link) for code, link in links]
