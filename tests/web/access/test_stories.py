"""People at a server with accounts: they log in, are refused, are logged out, and what they did is written down."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from beredt.web.access.accounts import Accounts
from beredt.web.access.roles import Role
from tests.web.access.conftest import ADDRESS, PASSWORD, Clock, Person

Visit = Callable[[], Person]
NEW = {"id": "9", "title": {"nb": "Ny", "en": "New"}, "edits": []}


def kinds(accounts: Accounts) -> list[tuple[str, str, str]]:
    return [(one.user, one.kind, one.what) for one in accounts.audit.entries()]


def test_a_stranger_is_shown_the_login_page_and_nothing_else(person: Person) -> None:
    refused = person.browser.get("/api/studies")
    assert refused.status_code == 401
    assert refused.json()["type"] == "urn:beredt:refused:login"
    page = person.browser.get("/asker?view=3", headers={"accept": "text/html"}, follow_redirects=False)
    assert page.status_code == 303
    assert page.headers["location"] == "/login?next=%2Fasker%3Fview%3D3"
    assert person.browser.get("/assets/app.js").status_code == 401


def test_login_leads_to_where_one_was_going(person: Person) -> None:
    form = person.form("/login?next=/asker%3Fview%3D3")
    sent = {**form, "name": "rolf", "password": PASSWORD}
    answer = person.browser.post("/login", data=sent, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/asker?view=3")
    who = person.browser.get("/api/session").json()
    assert (who["mode"], who["name"], who["role"]) == ("accounts", "Rolf", "reader")
    assert person.browser.get("/api/studies").status_code == 200


def test_the_cookie_of_a_session_is_for_this_host_over_tls_and_no_script(person: Person) -> None:
    given = person.log_in("Rolf").headers.get_list("set-cookie")
    names = ("__Host-beredt=", "__Host-beredt-csrf=")
    session, csrf = (next(line for line in given if line.startswith(name)) for name in names)
    for line in (session, csrf):
        assert {"Secure", "SameSite=Strict", "Path=/"} <= set(line.split("; "))
        assert "Domain" not in line
    assert "HttpOnly" in session
    assert "HttpOnly" not in csrf


def test_a_wrong_password_and_an_unknown_name_are_told_alike(visit: Visit) -> None:
    told = [visit().log_in(name, "wrong horse stable dowel") for name in ("Rolf", "Nobody")]
    pages = [answer.text.replace("Rolf", "").replace("Nobody", "") for answer in told]
    assert [answer.status_code for answer in told] == [401, 401]
    assert "do not belong together" in pages[0]
    # The two forms differ by their own tokens alone.
    assert len({page[: page.index("csrf")] + page[page.index('name="next"') :] for page in pages}) == 1


def test_a_reader_may_look_and_not_change(person: Person, accounts: Accounts) -> None:
    person.log_in("Rolf")
    assert person.send("POST", "/api/studies/tiny/service", {"edits": []}).status_code == 200
    refused = person.send("POST", "/api/studies/tiny/alternatives", NEW)
    assert refused.status_code == 403
    assert refused.json()["detail"].startswith("You are reader, and this is for analyst")
    assert ("Rolf", "refused", "POST /api/studies/tiny/alternatives") in kinds(accounts)


def test_an_analyst_may_change_and_not_read_the_log(person: Person) -> None:
    person.log_in("Ane")
    assert person.send("POST", "/api/studies/tiny/alternatives", NEW).status_code == 201
    assert person.browser.get("/api/audit").status_code == 403


def test_an_admin_reads_who_did_what(visit: Visit, clock: Clock) -> None:
    ane = visit()
    ane.log_in("Ane")
    clock.now += 60
    ane.browser.get("/api/studies/tiny")
    clock.now += 60
    ane.send("POST", "/api/studies/tiny/alternatives", NEW)
    ada = visit()
    ada.log_in("Ada")
    rows = list(csv.DictReader(io.StringIO(ada.browser.get("/api/audit").text)))
    did = [(row["user"], row["role"], row["kind"], row["what"], row["study"], row["status"]) for row in rows[:3]]
    assert did == [
        ("Ane", "analyst", "login", "log in", "", "303"),
        ("Ane", "analyst", "look", "GET /api/studies/tiny", "tiny", "200"),
        ("Ane", "analyst", "change", "POST /api/studies/tiny/alternatives", "tiny", "201"),
    ]
    assert [row["at"] for row in rows[:2]] == ["2027-01-15T08:00:00.000Z", "2027-01-15T08:01:00.000Z"]
    assert {row["address"] for row in rows} == {"testclient"}


def test_a_role_that_is_taken_away_is_gone_at_the_next_request(person: Person, accounts: Accounts) -> None:
    person.log_in("Ane")
    accounts.users.set_role("Ane", Role.READER)
    assert person.send("POST", "/api/studies/tiny/alternatives", NEW).status_code == 403
    accounts.users.remove("Ane")
    assert person.browser.get("/api/studies").status_code == 401


def test_an_idle_session_ends_and_a_used_one_does_not_until_it_must(person: Person, clock: Clock) -> None:
    person.log_in("Rolf")
    for _ in range(13):
        clock.now += 3300
        assert person.browser.get("/api/studies").status_code == 200
    clock.now += 3300  # twelve hours and more since login
    assert person.browser.get("/api/studies").status_code == 401
    person.log_in("Rolf")
    clock.now += 3601
    refused = person.browser.get("/api/studies")
    assert refused.status_code == 401
    assert "Log in again" in refused.json()["detail"]


def test_a_session_says_when_it_ends(person: Person, clock: Clock) -> None:
    person.log_in("Rolf")
    clock.now += 600
    assert person.browser.get("/api/session").json()["ends_in_s"] == 12 * 3600 - 600


@pytest.mark.parametrize("csrf", ["", "0" * 64])
def test_a_change_without_the_token_of_the_page_is_refused(person: Person, csrf: str) -> None:
    person.log_in("Ane")
    refused = person.send("POST", "/api/studies/tiny/alternatives", NEW, csrf=csrf)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:beredt:refused:csrf")
    assert person.browser.get("/api/studies/tiny/alternatives/9").status_code == 404


def test_logout_ends_this_session_and_logout_everywhere_all(visit: Visit) -> None:
    desk, phone, other = visit(), visit(), visit()
    for one in (desk, phone):
        one.log_in("Rolf")
    other.log_in("Ane")
    assert desk.send("DELETE", "/api/session").status_code == 204
    assert desk.browser.get("/api/studies").status_code == 401
    assert phone.browser.get("/api/studies").status_code == 200
    desk.log_in("Rolf")
    sent = {**phone.form("/account"), "where": "everywhere"}
    assert phone.browser.post("/logout", data=sent, follow_redirects=False).headers["location"] == "/login?lang=en"
    assert [one.browser.get("/api/studies").status_code for one in (desk, phone, other)] == [401, 401, 200]


def test_another_password_ends_all_sessions_but_this(visit: Visit, accounts: Accounts) -> None:
    desk, phone = visit(), visit()
    for one in (desk, phone):
        one.log_in("Rolf")
    new = "gravel lantern pilot oatmeal"
    sent = {**desk.form("/account"), "password": PASSWORD, "new": new, "again": new}
    page = desk.browser.post("/account/password", data=sent)
    assert "The password is changed" in page.text
    assert [one.browser.get("/api/studies").status_code for one in (desk, phone)] == [200, 401]
    assert phone.log_in("Rolf").status_code == 401
    assert phone.log_in("Rolf", new).status_code == 303
    assert ("Rolf", "account", "change own password") in kinds(accounts)


@pytest.mark.parametrize(
    ("password", "new", "again", "told"),
    [
        (
            "wrong horse stable dowel",
            "gravel lantern pilot oatmeal",
            "gravel lantern pilot oatmeal",
            "not the password",
        ),
        (PASSWORD, "gravel lantern", "gravel lantern", "too short: at least 15"),
        (PASSWORD, "gravel lantern pilot oatmeal", "gravel lantern pilot oatmeaI", "not the same"),
        (PASSWORD, "passordpassord1234", "passordpassord1234", "easy to guess"),
    ],
)
def test_a_password_that_is_not_changed_says_why(
    person: Person, password: str, new: str, again: str, told: str
) -> None:
    person.log_in("Rolf")
    sent = {**person.form("/account"), "password": password, "new": new, "again": again}
    assert told in person.browser.post("/account/password", data=sent).text
    assert person.browser.get("/api/studies").status_code == 200


@pytest.mark.parametrize(("language", "title"), [("nb", "Brukernavn"), ("nn", "Brukarnamn"), ("en", "User name")])
def test_the_login_page_speaks_the_readers_language(person: Person, language: str, title: str) -> None:
    by_browser = person.browser.get("/login", headers={"accept-language": f"{language}-NO,de;q=0.5"}).text
    by_link = person.browser.get(f"/login?lang={language}").text
    for page in (by_browser, by_link):
        assert f'<html lang="{language}">' in page
        assert title in page
    assert "<script" not in by_link


def test_a_link_from_an_e_mail_finds_the_session(person: Person) -> None:
    """A browser keeps strict cookies back from a link of another site, and sends them from a page of ours."""
    from_mail = {"accept": "text/html", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    stranger = Person(person.browser)
    page = stranger.browser.get("/login?next=/asker", headers=from_mail)
    assert 'http-equiv="refresh" content="0; url=/login?next=%2Fasker&amp;again=1"' in page.text
    person.log_in("Rolf")
    on = person.browser.get("/login?next=/asker&again=1", follow_redirects=False)
    assert (on.status_code, on.headers["location"]) == (303, "/asker")


def test_without_tls_nobody_gets_to_the_login(visit: Visit) -> None:
    person = visit()
    answer = person.browser.get(ADDRESS.replace("https", "http") + "/login", headers={"accept": "text/html"})
    assert answer.status_code == 403
    assert "X-Forwarded-Proto" in answer.text
    assert "password" not in answer.text


def test_browsers_are_told_to_come_over_tls(person: Person) -> None:
    assert person.browser.get("/login").headers["strict-transport-security"] == "max-age=31536000"
