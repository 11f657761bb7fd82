"""Every route says what it needs, and whoever has less is refused at every one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from beredt.web.access.accounts import Accounts
from beredt.web.access.guard import Guard
from beredt.web.access.local import LocalAccess
from beredt.web.access.need import Noted
from beredt.web.access.roles import Role
from beredt.web.access.route_table import KnownRoute, find_route, list_routes
from beredt.web.app import create_app
from beredt.web.library import Library
from beredt.web.parts import Parts
from tests.web.access.conftest import ADDRESS, PLACE, Person

READING = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture
def app(accounts: Accounts, tmp_path: Path) -> FastAPI:
    return create_app(Parts(Library(()), accounts, frozenset({PLACE}), screen=tmp_path / "no-screen"))


def methods(route: KnownRoute) -> Iterator[str]:
    yield from sorted(route.methods or {"GET", "POST"})


def address(route: KnownRoute) -> str:
    """An address that goes to this route: numbers for what is asked for in braces."""
    return re.sub(r"\{[^}]*\}", "1", route.path) or "/"


def test_every_route_says_what_it_needs(app: FastAPI) -> None:
    routes = list_routes(app)
    assert {"/api/studies", "/login", "/api/openapi.json", "/"} <= {route.path for route in routes}
    silent = [f"{'/'.join(sorted(route.methods))} {route.path}" for route in routes if route.need is None]
    assert silent == [], "say @needs(Role.…) below the route's decorator: see beredt/web/access/need.py"


def test_only_login_and_what_its_page_is_made_of_is_open_to_anyone(app: FastAPI) -> None:
    open_ones = {route.path for route in list_routes(app) if route.need and route.need.role is Role.ANYONE}
    health = {"/healthz", "/readyz"}  # which tell nothing of what is kept
    assert open_ones - health == {
        "/login",
        "/access/style.css",
        "/access/{font}",
        "/api/session",
        "/api/words/{language}",
    }


def test_what_changes_something_is_not_for_readers_and_is_written_down(app: FastAPI) -> None:
    """Questions that bring a draft are sent as POST and change nothing; sessions are everybody's own."""
    about_a_study = ("service", "answers", "playback", "exports/answer.{form}")
    asking = {f"/api/studies/{{study}}/{one}" for one in about_a_study}
    own = {"/login", "/logout", "/account/password", "/api/session"}
    for route in list_routes(app):
        if route.methods - READING and route.path not in asking | own:
            assert route.need is not None
            assert route.need.role >= Role.ANALYST, route.path
            assert route.need.noted is Noted.CHANGE, route.path


def test_the_guard_finds_the_route_that_the_router_takes(app: FastAPI) -> None:
    """One of them choosing otherwise would ask for the role of another route."""
    taken: list[object] = []

    class Watching:
        def __init__(self, inner: ASGIApp) -> None:
            self.inner = inner

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await self.inner(scope, receive, send)
            taken.append(scope.get("endpoint"))

    app.add_middleware(Watching)
    routes = list_routes(app)
    with TestClient(app, base_url=ADDRESS) as browser:
        person = Person(browser)
        for route in routes:
            for method in methods(route):
                person.log_in("Ada")  # one of the routes logs out
                taken.clear()
                headers = {"x-beredt-csrf": person.csrf}
                person.browser.request(method, address(route), content=beginning(route), headers=headers,
                                       follow_redirects=False)  # fmt: skip
                found = find_route(routes, method, address(route))
                assert found is not None
                assert taken == [found.route.endpoint], (method, route.path)


def beginning(route: KnownRoute) -> bytes:
    """First bytes of a body that the guard lets through."""
    return next((start for kind in (route.need.kinds if route.need else ()) for start in kind.starts), b"")


@pytest.mark.parametrize(("name", "role"), [("", Role.ANYONE), ("Rolf", Role.READER), ("Ane", Role.ANALYST)])
def test_whoever_has_less_than_a_route_needs_is_refused_there(
    app: FastAPI, visit: Callable[[], Person], name: str, role: Role
) -> None:
    person = visit()
    if name:
        person.log_in(name)
    refused = 0
    for route in list_routes(app):
        assert route.need is not None
        for method in methods(route):
            if route.need.role > role:
                answer = person.send(method, address(route))
                assert answer.status_code == (403 if name else 401), (method, route.path)
                refused += 1
    assert refused > 0


def test_a_route_that_says_nothing_is_closed_to_everybody() -> None:
    app = FastAPI(openapi_url=None)
    app.get("/silent")(lambda: "secret")
    app.add_middleware(Guard, gate=LocalAccess(), routes_of=app, clock=lambda: 0.0)
    answer = TestClient(app).get("/silent")
    assert answer.status_code == 403
    assert "/silent does not say who may use it" in answer.json()["detail"]


def test_an_address_without_a_route_is_not_there() -> None:
    app = FastAPI(openapi_url=None)
    app.add_middleware(Guard, gate=LocalAccess(), routes_of=app, clock=lambda: 0.0)
    assert TestClient(app).get("/nowhere").status_code == 404
