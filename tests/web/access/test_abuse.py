"""What somebody with bad intent tries, after the OWASP testing guide, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Delete, Update, delete, select, update
from sqlalchemy.exc import DatabaseError

from beredt.errors import RefusedError
from beredt.web.access.accounts import Accounts
from beredt.web.access.audit import Entry, csv_lines
from beredt.web.access.cookies import Cookies
from beredt.web.access.csrf import csrf_token, is_csrf_token
from beredt.web.access.database import AUDIT, SESSIONS, open_database
from beredt.web.access.forms import own_path
from beredt.web.access.guard import Guard
from beredt.web.access.kinds import TABLES
from beredt.web.access.limits import USUAL_RATES, HeavyLimits
from beredt.web.access.local import LocalAccess
from beredt.web.access.need import needs
from beredt.web.access.roles import Role
from tests.web.access.conftest import PASSWORD, Clock, Person

Visit = Callable[[], Person]


def test_a_guesser_is_slowed_down_and_the_owner_elsewhere_is_not(visit: Visit, clock: Clock) -> None:
    guesser = visit()
    answers = [guesser.log_in("Rolf", f"guess number {n:04d} it is").status_code for n in range(7)]
    assert answers == [401] * 5 + [429] * 2
    told = guesser.log_in("Rolf")  # the right password does not help now
    assert told.status_code == 429
    assert "Wait 3 min" in told.text
    assert int(told.headers["retry-after"]) == 180
    clock.now += 180
    assert guesser.log_in("Rolf").status_code == 303


def test_an_unknown_name_is_refused_as_soon_as_a_known_one(visit: Visit) -> None:
    guesser = visit()
    assert [guesser.log_in("Nobody", PASSWORD).status_code for _ in range(6)] == [401] * 5 + [429]


def test_one_address_that_tries_many_names_is_slowed_down(visit: Visit) -> None:
    guesser = visit()
    answers = [guesser.log_in(f"name{n}", PASSWORD).status_code for n in range(22)]
    assert answers == [401] * 20 + [429] * 2


def test_a_password_typed_as_a_name_is_not_written_down(person: Person, accounts: Accounts) -> None:
    person.log_in("gravel lantern pilot oatmeal", "x")
    person.log_in("rolf", "x")
    assert [(one.user, one.kind) for one in accounts.audit.entries()] == [("", "refused"), ("Rolf", "refused")]


def test_an_unknown_name_costs_as_much_work_as_a_known_one(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    """One hash is worked out either way; how long it takes is Argon2's business."""
    from argon2 import PasswordHasher

    worked: list[int] = []
    verify = PasswordHasher.verify

    def counted(hasher: PasswordHasher, kept: str, password: str) -> bool:
        worked.append(1)
        return verify(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    for name in ("Rolf", "Nobody"):
        worked.clear()
        assert accounts.users.find_by_password(name, "wrong horse stable dowel") is None
        assert worked == [1]


def test_a_session_is_another_one_after_login(person: Person) -> None:
    person.form()
    before = person.browser.cookies["__Host-beredt"]
    person.log_in("Rolf")
    assert person.browser.cookies["__Host-beredt"] != before


def test_a_cookie_planted_before_login_never_becomes_a_session(visit: Visit) -> None:
    planted = "A" * 43
    victim, thief = visit(), visit()
    for one in (victim, thief):
        one.browser.cookies.set("__Host-beredt", planted, domain="studio.test")
    victim.log_in("Rolf")
    assert thief.browser.get("/api/studies").status_code == 401


def test_login_from_a_page_of_another_site_is_refused(person: Person) -> None:
    sent = {**person.form(), "name": "Rolf", "password": PASSWORD}
    foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert person.browser.post("/login", data=sent, headers=foreign).status_code == 403
    without = {key: value for key, value in sent.items() if key != "csrf"}
    answer = person.browser.post("/login", data=without)
    assert answer.status_code == 403
    assert "open too long" in answer.text


def test_the_token_of_one_session_changes_nothing_in_another(visit: Visit) -> None:
    ane, rolf = visit(), visit()
    ane.log_in("Ane")
    rolf.log_in("Rolf")
    assert ane.send("DELETE", "/api/session", csrf=rolf.csrf).status_code == 403


@pytest.mark.parametrize(
    "goes_to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/a\nb"]
)
def test_login_leads_nowhere_else(person: Person, goes_to: str) -> None:
    assert person.log_in("Rolf", next=goes_to).headers["location"] == "/"


@given(st.text(max_size=40))
def test_an_address_after_login_is_a_path_of_this_server(text: str) -> None:
    path = own_path(text)
    assert path.startswith("/")
    assert path[1:2] not in ("/", "\\")
    assert path.isascii()
    assert path.isprintable()


def test_what_is_typed_is_shown_as_text(person: Person) -> None:
    page = person.log_in('"><script>alert(1)</script>', "x").text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("name", ["' OR 1=1 --", "Rolf'--", "Rolf\x00", "%", "ROLF\n"])
def test_a_name_is_never_a_question_to_the_database(person: Person, name: str) -> None:
    assert person.log_in(name).status_code in (401, 303 if name.strip() == "ROLF" else 401)


def test_a_body_that_is_no_form_or_a_giant_is_refused(person: Person) -> None:
    person.form()
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert person.browser.post("/login", content=b"\xff\xfe", headers=kind).status_code == 403
    assert person.browser.post("/login", content=b"name=" + b"x" * 9000, headers=kind).status_code == 413
    assert person.browser.post("/login", content="&".join("a=1" for _ in range(99)), headers=kind).status_code == 403


def test_the_database_holds_neither_passwords_nor_tokens(person: Person, tmp_path: Path) -> None:
    person.log_in("Rolf")
    token = person.browser.cookies["__Host-beredt"]
    kept = b"".join(path.read_bytes() for path in (tmp_path / "accounts").iterdir())
    assert token.encode() not in kept
    assert PASSWORD.encode() not in kept
    assert b"$argon2id$" in kept


def test_the_database_is_for_its_owner_alone(accounts: Accounts, tmp_path: Path) -> None:
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "accounts").iterdir()} == {0}


def test_a_hash_taken_from_the_database_is_no_session(person: Person, tmp_path: Path) -> None:
    person.log_in("Rolf")
    with open_database(tmp_path / "accounts").connect() as connection:
        kept = str(connection.execute(select(SESSIONS.c.hash)).scalar())
    person.browser.cookies.clear()
    for forged in (kept, kept[:43]):
        person.browser.cookies.set("__Host-beredt", forged, domain="studio.test")
        assert person.browser.get("/api/studies").status_code == 401


@pytest.mark.parametrize("change", [update(AUDIT).values(user="nobody"), delete(AUDIT)])
def test_the_log_is_only_added_to(accounts: Accounts, tmp_path: Path, change: Update | Delete) -> None:
    accounts.audit.add(Entry(0.0, "Rolf", "reader", "look", "GET /api/studies/tiny", "tiny", 200, "10.0.0.1"))
    with (
        open_database(tmp_path / "accounts").connect() as connection,
        pytest.raises(DatabaseError, match="only added to"),
    ):
        connection.execute(change)
    assert len(list(accounts.audit.entries())) == 1


def test_a_log_opened_in_a_spreadsheet_holds_no_formula(accounts: Accounts) -> None:
    accounts.audit.add(Entry(0.0, "=cmd", "", "refused", "@SUM(A1)", "-1", 401, ""))
    row = list(csv_lines(accounts.audit.entries()))[1]
    assert row == "1970-01-01T00:00:00.000Z,'=cmd,,refused,'@SUM(A1),'-1,401,\n"


def test_a_page_of_another_site_changes_nothing_on_ones_own_machine() -> None:
    app = FastAPI(openapi_url=None)
    app.post("/change")(needs(Role.ANALYST)(lambda: "changed"))
    app.get("/look")(needs(Role.READER)(lambda: "seen"))
    app.add_middleware(Guard, gate=LocalAccess(), routes_of=app, clock=lambda: 0.0)
    with TestClient(app, base_url="http://localhost:8770") as browser:
        assert browser.post("/change").status_code == 403
        assert browser.get("/look").status_code == 200
        token = browser.cookies["beredt-csrf-8770"]
        assert browser.post("/change", headers={"x-beredt-csrf": token}).status_code == 200
        assert browser.post("/change", headers={"x-beredt-csrf": "0" * 64}).status_code == 403


def test_a_restart_keeps_the_token_of_ones_own_machine() -> None:
    def started() -> TestClient:
        app = FastAPI(openapi_url=None)
        app.post("/change")(needs(Role.ANALYST)(lambda: "changed"))
        app.get("/look")(needs(Role.READER)(lambda: "seen"))
        app.add_middleware(Guard, gate=LocalAccess(), routes_of=app, clock=lambda: 0.0)
        return TestClient(app, base_url="http://localhost:8770")

    first = started()
    first.get("/look")
    again = started()
    again.cookies.update(first.cookies)
    assert again.post("/change", headers={"x-beredt-csrf": first.cookies["beredt-csrf-8770"]}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"id,lat\n1,59.9\n", 200),
        ("område;år\n".encode("latin-1"), 200),
        (b"PK\x03\x04 workbook", 200),
        (b"\xff\xfei\x00d\x00", 200),
        (b"\x7fELF\x02\x01", 415),
        (b"MZ\x90\x00\x03", 415),
        (b"%PDF-1.7\n\x00\x01", 415),
        (b"", 200),
    ],
)
def test_an_upload_is_known_by_its_first_bytes(body: bytes, status: int) -> None:
    app = FastAPI(openapi_url=None)
    got: list[bytes] = []

    @app.put("/log")
    @needs(Role.READER, kinds=TABLES)
    async def take(request: Request) -> None:
        got.append(await request.body())

    app.add_middleware(Guard, gate=LocalAccess(), routes_of=app, clock=lambda: 0.0)
    with TestClient(app) as browser:
        csrf = browser.get("/nowhere").cookies["beredt-csrf"]
        answer = browser.put("/log", content=body, headers={"x-beredt-csrf": csrf})
    assert answer.status_code == status
    assert got == ([body] if status == 200 else [])


def test_heavy_work_is_so_much_at_once_and_then_one_a_second(clock: Clock) -> None:
    limits = HeavyLimits(USUAL_RATES, clock)
    for _ in range(60):
        limits.take("Rolf", "10.0.0.1")
    with pytest.raises(RefusedError) as refused:
        limits.take("Rolf", "10.0.0.1")
    assert (refused.value.status, refused.value.retry_s) == (429, 1.0)
    limits.take("Ane", "10.0.0.1")  # another person at the same address
    clock.now += 1
    limits.take("Rolf", "10.0.0.1")


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_token_is_that_of_its_own_secret_only(one: str, other: str) -> None:
    assert is_csrf_token(csrf_token(one), one) is (one != "")
    assert is_csrf_token(csrf_token(one), other) is (one == other != "")


@given(st.text(max_size=100))
def test_any_forged_cookie_is_nobodys(header: str) -> None:
    secret, _ = Cookies(secure=True).read(header)
    assert secret == "" or (len(secret) == 43 and secret in header)


@given(place=st.integers(0, 42), sign=st.sampled_from("abcXYZ019-_"), which=st.sampled_from(["Rolf", "Ane", "Ada"]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_token_opens_its_own_session_and_changed_anywhere_none(
    accounts: Accounts, place: int, sign: str, which: str
) -> None:
    token = accounts.sessions.begin(accounts.users.get(which).id)
    found = accounts.sessions.find(token)
    assert found is not None
    assert found.name == which
    forged = token[:place] + sign + token[place + 1 :]
    assert forged == token or accounts.sessions.find(forged) is None
