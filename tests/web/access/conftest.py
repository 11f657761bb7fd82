"""A server with accounts on a tiny study, a clock that tests set, and people with browsers of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from beredt.web.access.accounts import Accounts
from beredt.web.access.database import open_database
from beredt.web.access.passwords import Passwords
from beredt.web.access.roles import Role
from beredt.web.app import create_app
from beredt.web.library import Library
from beredt.web.parts import Parts

PLACE = "studio.test"
ADDRESS = f"https://{PLACE}"
PASSWORD = "correct plover battery wharf"
QUICK = Passwords(memory_kib=64, passes=1)
"""Hashes that take no time: what is tested is not how slow they are."""


@dataclass
class Clock:
    """Tells the time that a test has set, in seconds since 1970."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Person:
    """Somebody with a browser."""

    browser: TestClient
    address: str = ADDRESS
    csrf: str = field(default="")

    def form(self, path: str = "/login") -> dict[str, str]:
        """The hidden fields of a page's form."""
        page = self.browser.get(path).text
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))

    def log_in(self, name: str, password: str = PASSWORD, **fields: str) -> Response:
        """Log in as a person does: look at the form, fill it in, send it."""
        sent = {**self.form(), "name": name, "password": password, **fields}
        answer = self.browser.post("/login", data=sent, follow_redirects=False)
        self.csrf = str(self.browser.get("/api/session").json()["csrf"])
        return answer

    def send(self, method: str, path: str, json: object = None, csrf: str | None = None) -> Response:
        """What a script of the page sends; a redirect is told and not followed."""
        headers = {"x-beredt-csrf": self.csrf if csrf is None else csrf}
        return self.browser.request(method, path, json=json, headers=headers, follow_redirects=False)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    """An admin, an analyst and a reader, all with the same password."""
    made = Accounts(open_database(tmp_path / "accounts"), clock=clock, passwords=QUICK)
    for name, role in (("Ada", Role.ADMIN), ("Ane", Role.ANALYST), ("Rolf", Role.READER)):
        made.users.add(name, role, PASSWORD)
    return made


@pytest.fixture
def visit(accounts: Accounts, library: Library, tmp_path: Path) -> Iterator[Callable[[], Person]]:
    """Makes people at one and the same server."""
    parts = Parts(library, accounts, frozenset({PLACE}), secure=True, screen=tmp_path / "no-screen")
    app = create_app(parts)
    with ExitStack() as stack:
        yield lambda: Person(stack.enter_context(TestClient(app, base_url=ADDRESS)))


@pytest.fixture
def person(visit: Callable[[], Person]) -> Person:
    """One of them."""
    return visit()
