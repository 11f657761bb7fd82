"""People log in at their organisation: code, PKCE, state, nonce, a signed token, over HTTP; and what can be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import ECKey, OctKey

from beredt.errors import DefinitionError
from beredt.web.access.accounts import Accounts
from beredt.web.access.database import open_database
from beredt.web.access.oidc.attempt import COOKIE, find_attempt, new_attempt
from beredt.web.access.oidc.provider import Provider
from beredt.web.access.oidc.routes import BACK
from beredt.web.access.oidc.rules import ProviderRules
from beredt.web.access.roles import Role
from beredt.web.app import create_app
from beredt.web.library import Library
from beredt.web.parts import Parts
from tests.web.access.conftest import ADDRESS, PASSWORD, PLACE, QUICK, Clock
from tests.web.access.oidc_provider import OidcProvider, running_provider

RULES = """\
issuer = "{issuer}"
client_id = "beredt"

[[grant]]
claim = "groups"
value = "amb-admins"
role = "admin"
organisation = "*"

[[grant]]
claim = "groups"
value = "amb-east"
role = "analyst"
organisation = "trust-east"
"""
INA = {"sub": "4711", "preferred_username": "ina@east.example", "groups": ["staff", "amb-east"]}


@pytest.fixture
def oidc(clock: Clock) -> Iterator[OidcProvider]:
    with running_provider(clock.now) as provider:
        provider.says = dict(INA)
        yield provider


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock, oidc: OidcProvider) -> Accounts:
    path = tmp_path / "oidc.toml"
    path.write_text(RULES.format(issuer=oidc.issuer))
    provider = Provider(ProviderRules.read(path), "", f"{ADDRESS}{BACK}", clock)
    made = Accounts(open_database(tmp_path / "accounts"), clock=clock, passwords=QUICK, provider=provider)
    made.users.add("Rolf", Role.READER, PASSWORD)
    return made


@pytest.fixture
def visit(accounts: Accounts, tmp_path: Path) -> Iterator[Callable[[], TestClient]]:
    app = create_app(Parts(Library(()), accounts, frozenset({PLACE}), secure=True, screen=tmp_path / "no-screen"))
    with ExitStack() as stack:
        yield lambda: stack.enter_context(TestClient(app, base_url=ADDRESS, follow_redirects=False))


def log_in(browser: TestClient, oidc: OidcProvider, goes_to: str = "/", **changed: str) -> Any:
    sent = browser.get("/login/provider", params={"next": goes_to})
    assert sent.status_code == 303, sent.text
    back = {**oidc.log_in(sent.headers["location"]), **changed}
    return browser.get(BACK, params=back)


def test_somebody_logs_in_at_their_organisation(
    visit: Callable[[], TestClient], oidc: OidcProvider, accounts: Accounts
) -> None:
    browser = visit()
    assert "/login/provider?next=%2Fasker" in browser.get("/login?next=/asker").text
    answer = log_in(browser, oidc, "/asker")
    assert answer.status_code == 200
    assert 'url=/asker"' in answer.text  # a page of ours goes on: from there the browser sends the session's cookie
    who = browser.get("/api/session").json()
    assert (who["name"], who["role"], who["organisation"]) == ("ina@east.example", "analyst", "trust-east")
    assert COOKIE not in browser.cookies
    assert [(one.user, one.kind) for one in accounts.audit.entries()] == [("ina@east.example", "login")]
    assert accounts.users.find_by_password("ina@east.example", "") is None


def test_the_cookie_of_an_attempt_is_for_this_host_and_ten_minutes(visit: Callable[[], TestClient]) -> None:
    (line,) = visit().get("/login/provider").headers.get_list("set-cookie")
    wanted = {"Path=/", "Max-Age=600", "Secure", "HttpOnly", "SameSite=Lax"}
    assert line.startswith(f"{COOKIE}=")
    assert set(line.split("; ")[1:]) == wanted


def test_what_one_may_do_is_what_the_provider_says_today(
    visit: Callable[[], TestClient], oidc: OidcProvider, accounts: Accounts
) -> None:
    browser = visit()
    log_in(browser, oidc)
    oidc.says["groups"], oidc.says["preferred_username"] = "amb-admins", "renamed"
    log_in(visit(), oidc)
    who = browser.get("/api/session").json()
    assert (who["name"], who["role"], who["organisation"]) == ("ina@east.example", "admin", "*")
    oidc.says["groups"] = ["staff"]
    refused = log_in(visit(), oidc)
    assert refused.status_code == 403
    assert "nobody has said what you may do here" in refused.text
    assert browser.get("/api/session").json()["name"] == ""  # all sessions are ended, and the account is gone
    assert [one.name for one in accounts.users.list_users()] == ["Rolf"]


def test_a_name_is_no_proof_of_who_somebody_is(visit: Callable[[], TestClient], oidc: OidcProvider) -> None:
    oidc.says["preferred_username"] = "rolf"
    assert log_in(visit(), oidc).status_code == 403


WRONG: tuple[dict[str, Any], ...] = (
    {"iss": "https://evil.example"}, {"aud": "another"}, {"aud": ["beredt", "another"]}, {"nonce": "another"},
    {"exp": 1_799_999_000}, {"exp": None}, {"azp": "another"}, {"sub": None}, {"iat": 1_900_000_000},
)  # fmt: skip


def test_a_token_with_one_wrong_claim_is_not_believed(
    visit: Callable[[], TestClient], oidc: OidcProvider, clock: Clock
) -> None:
    browser = visit()
    for spoils in WRONG:
        clock.now += 3600  # attempts that fail are counted
        oidc.now, oidc.spoils = clock.now, spoils
        assert log_in(browser, oidc).status_code == 502, spoils
        assert browser.get("/api/session").json()["role"] == "anyone"
    oidc.spoils = {}
    assert log_in(browser, oidc).status_code == 200


def test_a_token_of_another_signature_is_not_believed(visit: Callable[[], TestClient], oidc: OidcProvider) -> None:
    browser = visit()
    oidc.signs_with = ECKey.generate_key("P-256", {"kid": "one"})
    assert log_in(browser, oidc).status_code == 502
    oidc.header, oidc.signs_with = {"alg": "HS256", "kid": "one"}, OctKey.import_key("x" * 40)
    assert log_in(browser, oidc).status_code == 502


def test_a_new_key_of_the_provider_is_asked_for(
    visit: Callable[[], TestClient], oidc: OidcProvider, clock: Clock
) -> None:
    log_in(visit(), oidc)
    oidc.key = oidc.signs_with = ECKey.generate_key("P-256", {"kid": "two"})
    oidc.header = {"alg": "ES256", "kid": "two"}
    clock.now += 61
    oidc.now = clock.now
    assert log_in(visit(), oidc).status_code == 200


def test_an_answer_belongs_to_the_browser_that_asked(visit: Callable[[], TestClient], oidc: OidcProvider) -> None:
    browser = visit()
    assert log_in(browser, oidc, state="another").status_code == 403
    assert visit().get(BACK, params={"code": "code0", "state": "x"}).status_code == 403
    sent = visit().get("/login/provider")  # somebody else's answer, brought to this browser
    browser.get("/login/provider")
    assert browser.get(BACK, params=oidc.log_in(sent.headers["location"])).status_code == 403


def test_a_code_is_redeemed_by_whoever_asked_for_it_and_once(
    visit: Callable[[], TestClient], oidc: OidcProvider
) -> None:
    browser = visit()
    sent = browser.get("/login/provider")
    back = oidc.log_in(sent.headers["location"])
    oidc.codes[back["code"]]["code_challenge"] = "another"
    assert browser.get(BACK, params=back).status_code == 502
    browser.get("/login/provider")
    assert browser.get(BACK, params=back).status_code == 403


def test_login_leads_nowhere_else(visit: Callable[[], TestClient], oidc: OidcProvider) -> None:
    assert 'url=/"' in log_in(visit(), oidc, "//evil.example").text


def test_many_attempts_that_fail_are_slowed_down(visit: Callable[[], TestClient]) -> None:
    browser = visit()
    assert [browser.get(BACK).status_code for _ in range(7)] == [403] * 5 + [429] * 2


def test_a_provider_that_is_gone_is_told(visit: Callable[[], TestClient], accounts: Accounts) -> None:
    assert accounts.provider is not None
    object.__setattr__(accounts.provider.rules, "issuer", "http://127.0.0.1:9")
    answer = visit().get("/login/provider", headers={"accept": "text/html", "accept-language": "nn"})
    assert answer.status_code == 502
    assert "svarer ikkje som ho skal" in answer.text


def test_faults_of_the_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "oidc.toml"
    path.write_text('issuer = "http://login.example.no"\nclient_id = ""\nstrange = 1\n')
    with pytest.raises(DefinitionError) as caught:
        ProviderRules.read(path)
    assert len(caught.value.issues) == 4
    assert "Value error" not in str(caught.value)
    grant = '[[grant]]\nclaim = "groups"\nvalue = "x"\nrole = "boss"\n'
    path.write_text(f'issuer = "https://login.example.no"\nclient_id = "beredt"\n{grant}')
    with pytest.raises(DefinitionError) as caught:
        ProviderRules.read(path)
    (fault,) = caught.value.issues  # and not that there is no grant
    assert "grant.0.role" in fault.text()
    path.write_text("issuer = ")
    with pytest.raises(DefinitionError, match="cannot be read"):
        ProviderRules.read(path)


@pytest.mark.parametrize("cookie", ["", "x", f"{COOKIE}=abc", f"{COOKIE}={'a' * 43}.*", f"{COOKIE}={'a' * 43}.gICA"])
def test_a_strange_cookie_is_no_attempt(cookie: str) -> None:
    assert find_attempt(cookie) is None


def test_an_attempt_is_found_in_its_cookie() -> None:
    made = new_attempt("/asker?view=3")
    assert find_attempt(made.cookie().partition(";")[0]) == made
    assert len({made.state, made.nonce, made.verifier, made.challenge, made.secret}) == 5
