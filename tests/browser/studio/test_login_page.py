"""People with accounts in a real browser over TLS: cookies as browsers keep them, forms without scripts, the log."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from beredt.web.access.accounts import Accounts
from beredt.web.access.database import open_database
from beredt.web.access.passwords import Passwords
from beredt.web.access.roles import Role
from tests.browser.studio.studio_server import StudioServer
from tests.browser.wcag import WITH_BEST_PRACTICE, list_faults
from tests.tiny_study import write_tiny_study

PASSWORD = "correct plover battery wharf"
PHONE = ViewportSize(width=360, height=740)
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that nobody vouches for, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine, which makes a certificate for the test")
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "certificate.pem", folder / "key.pem"
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    whose = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command = ["openssl", "req", "-x509", *kind, "-keyout", str(key), "-out", str(made), *whose]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


@pytest.fixture(scope="module")
def shared(
    screen: Path, certificate: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StudioServer]:
    """A server that speaks TLS and lets a reader and an admin in."""
    data = tmp_path_factory.mktemp("shared")
    users = Accounts(open_database(data), passwords=Passwords(memory_kib=64, passes=1)).users
    users.add("Rolf", Role.READER, PASSWORD)
    users.add("Ada", Role.ADMIN, PASSWORD)
    server = StudioServer((str(write_tiny_study(data / "tiny")),), data, screen, certificate=certificate)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def visit(browser: Browser, shared: StudioServer) -> Iterator[Visit]:
    """Opens an address in a browser without any memory."""
    with ExitStack() as stack:

        def open_one(path: str = "/", scripts: bool = True, locale: str = "en-GB", scheme: str = "light") -> Page:
            context = browser.new_context(
                ignore_https_errors=True,
                java_script_enabled=scripts,
                locale=locale,
                color_scheme="dark" if scheme == "dark" else "light",
                viewport={"width": 1280, "height": 800},
            )
            stack.callback(context.close)
            page = context.new_page()
            page.goto(shared.url + path)
            return page

        yield open_one


def log_in(page: Page, name: str = "Rolf", password: str = PASSWORD) -> None:
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_login_without_scripts_leads_to_where_one_was_going(visit: Visit, shared: StudioServer) -> None:
    page = visit("/account", scripts=False)
    assert page.url.startswith(f"{shared.url}/login?next=%2Faccount")
    log_in(page, password="wrong horse stable dowel")
    assert page.get_by_role("alert").inner_text().endswith("Check both, and the Caps Lock key.")
    assert page.get_by_label("User name").input_value() == "Rolf"
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{shared.url}/account")
    assert page.get_by_role("heading", level=1).inner_text() == "Your account"
    page.get_by_role("button", name="Log out here").click()
    page.wait_for_url(f"{shared.url}/login?lang=en")
    page.goto(f"{shared.url}/account")
    assert page.url.startswith(f"{shared.url}/login")


def test_by_keyboard_alone(visit: Visit, shared: StudioServer) -> None:
    page = visit("/account")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type("rolf")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{shared.url}/account")


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(visit: Visit) -> None:
    page = visit("/login?next=/account")
    log_in(page)
    kept = {one["name"]: one for one in page.context.cookies()}
    assert set(kept) == {"__Host-beredt", "__Host-beredt-csrf"}
    for one in kept.values():
        assert (one["secure"], one["sameSite"], one["path"], one["expires"]) == (True, "Strict", "/", -1)
    assert kept["__Host-beredt"]["httpOnly"]
    assert "__Host-beredt=" not in str(page.evaluate("document.cookie"))


def test_a_link_from_another_site_finds_the_session(visit: Visit, shared: StudioServer) -> None:
    page = visit("/login?next=/account")
    log_in(page)
    page.goto(f"data:text/html,<a href='{shared.url}/account'>link</a>")
    page.get_by_role("link").click()
    page.wait_for_url(f"{shared.url}/account")


def test_a_form_of_another_site_changes_nothing(visit: Visit, shared: StudioServer) -> None:
    page = visit("/login?next=/account")
    log_in(page)
    form = f"<form method=post action='{shared.url}/logout'><button>x</button></form>"
    page.goto(f"data:text/html,{form}")
    with page.expect_response(f"{shared.url}/logout") as told:
        page.get_by_role("button").click()
    assert told.value.status == 403
    page.goto(f"{shared.url}/account")
    assert page.get_by_role("heading", level=1).inner_text() == "Your account"


def test_studio_itself_works_for_somebody_with_an_account(visit: Visit, shared: StudioServer) -> None:
    page = visit("/")
    log_in(page)
    page.locator("[data-whole=true]").wait_for(timeout=30_000)
    assert page.url == f"{shared.url}/s/tiny"
    ok = page.evaluate(
        "fetch('/api/studies/tiny/service', {method: 'POST', body: '{\"edits\":[]}'}).then((r) => r.status)"
    )
    assert ok == 403  # not by a script that does not bring the page's token


def test_a_reader_has_nothing_to_save_and_comes_back_to_the_same_view(visit: Visit, shared: StudioServer) -> None:
    view = f"{shared.url}/s/tiny?with=2&layer=people"
    page = visit("/s/tiny?with=2&layer=people")
    log_in(page)
    page.locator("[data-whole=true]").wait_for(timeout=60_000)
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    assert page.get_by_role("button", name="Delete").count() == 0
    page.get_by_role("button", name="Copy").click()  # a draft of one's own
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("You are a reader")).to_be_visible()
    assert page.get_by_role("button", name="Save", exact=True).count() == 0
    page.goto(view)
    page.locator("[data-whole=true]").wait_for(timeout=60_000)
    page.context.clear_cookies()  # as when the session has ended
    page.get_by_role("button", name="nn", exact=True).or_(page.locator("button[lang=nn]")).first.click()
    page.get_by_role("link", name="Logg inn").click()
    page.get_by_label("Brukarnamn").fill("Rolf")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    page.wait_for_url(view)
    assert "beredt.drafts.tiny" in str(page.evaluate("Object.keys(localStorage)"))


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "scheme"), [("en-GB", "light"), ("nb-NO", "dark"), ("nn-NO", "light")])
def test_no_fault_of_wcag_on_any_page(visit: Visit, shared: StudioServer, locale: str, scheme: str) -> None:
    page = visit("/login", locale=locale, scheme=scheme)
    page.set_viewport_size(PHONE)
    assert sideways(page) <= 0
    assert page.locator("html").get_attribute("lang") == locale[:2]
    assert list_faults(page, WITH_BEST_PRACTICE) == []
    page.locator("#name").fill("Rolf")
    page.locator("#password").fill("x")
    page.locator("button").click()
    assert list_faults(page, WITH_BEST_PRACTICE) == []
    page.locator("#password").fill(PASSWORD)
    page.locator("button").click()
    page.wait_for_url(lambda url: "/login" not in url)  # or the next page breaks off the login
    page.goto(f"{shared.url}/account")
    assert list_faults(page, WITH_BEST_PRACTICE) == []
    page.goto(f"{shared.url}/api/audit")
    assert list_faults(page, WITH_BEST_PRACTICE) == []
    page.goto(f"{shared.url}/account")
    assert sideways(page) <= 0


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_a_browser_is_refused_without_tls(shared: StudioServer) -> None:
    """Nothing but TLS is spoken at the port, so that no password can go there in the clear."""
    import socket

    with socket.create_connection(("127.0.0.1", shared.port), timeout=5) as plain:
        plain.sendall(b"GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"200" not in plain.recv(200)
    assert ssl.HAS_TLSv1_3
