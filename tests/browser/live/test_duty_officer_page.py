"""The duty officer's page over a short made-up feed: what is known, what is advised, and what a person does."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from beredt.model.read import load_study
from beredt.web.live.app import create_live_app
from beredt.web.live.parts import LiveFiles, LiveParts, make_live_parts
from beredt.web.settings import ServeSettings
from beredt.web.static import LIVE_PAGE, built_screen
from tests.browser.complaints import is_complaint
from tests.browser.studio.test_languages import LANGUAGES, MISSED, is_reached_by_keyboard
from tests.browser.wcag import list_faults
from tests.tiny_study import write_tiny_study

PATIENCE_MS = 60_000
COLOURS = 256
ALL_INSIDE = """() => {
  const map = document.querySelector(".live-map").getBoundingClientRect();
  const marks = [...document.querySelectorAll(".live-station")].map((one) => one.getBoundingClientRect());
  const wide = Math.max(...marks.map((one) => one.x)) - Math.min(...marks.map((one) => one.x));
  const inside = marks.every((one) => one.left >= map.left && one.right <= map.right
    && one.top >= map.top && one.bottom <= map.bottom);
  return inside && wide > map.width / 8;
}"""
"""Every station is on the map, and the study fills it: so it was fitted anew to its room."""


@dataclass
class Feed:
    """Events of a made-up dispatch centre, so many minutes ago."""

    parts: LiveParts
    number: int = field(default=0)

    def say(self, minutes: float, kind: str, **more: Any) -> None:
        """Take one event, as if it had been sent."""
        self.number += 1
        time = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()
        event = {"id": str(self.number), "source": "cad", "time": time, "kind": kind, **more}
        assert self.parts.live.take([event]).result(20).taken == 1


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    if not (built_screen() / LIVE_PAGE).is_file():
        pytest.skip(f"the screen is not built in {built_screen()}: ./dev web builds it")
    study = load_study(write_tiny_study(tmp_path / "tiny"))
    parts = make_live_parts(ServeSettings((), tmp_path / "data"), study, study.service, LiveFiles())
    parts = replace(parts, host_names=None)
    parts.desk.ground(wait_s=600)
    told = Feed(parts)
    told.say(40, "unit_status", unit="e-1", status="at_station")
    told.say(9, "unit_status", unit="e-2", status="to_scene", incident="i-7")
    told.say(9, "unit_position", unit="e-2", position={"lat": 59.905, "lon": 10.60})
    told.say(5, "unit_status", unit="w-1", status="free")
    told.say(1, "unit_position", unit="w-1", position={"lat": 59.9, "lon": 10.56})
    told.say(12, "incident_opened", incident="i-7", urgency="H", position={"lat": 59.909, "lon": 10.64})
    told.say(3, "incident_opened", incident="i-8", urgency="A", position={"lat": 59.9, "lon": 10.53})
    return told


@pytest.fixture
def page(browser: Browser, feed: Feed) -> Iterator[Page]:
    """The page at desk width in English; nothing may complain, and nobody but the server be asked."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(create_live_app(feed.parts), log_level="critical", timeout_graceful_shutdown=1)
    )
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, name="live")
    thread.start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if is_complaint(said) else None)
    page.on(
        "request", lambda asked: None if asked.url.startswith((url, "blob:", "data:")) else faults.append(asked.url)
    )
    page.goto(url)
    yield page
    context.close()
    server.should_exit = True
    thread.join(60)
    assert faults == []


@pytest.mark.slow
def test_a_duty_officer_sees_what_is_known_and_decides(page: Page, feed: Feed, request: pytest.FixtureRequest) -> None:
    incidents = page.locator(".incident")
    expect(incidents).to_have_count(2, timeout=PATIENCE_MS)
    acute, urgent = incidents.nth(0), incidents.nth(1)
    expect(acute).to_contain_text("i-8")
    expect(acute).to_contain_text("Nobody is sent yet")
    expect(urgent).to_contain_text("on the way to the scene")
    expect(urgent.locator(".incident-arrival")).to_contain_text("expected", timeout=PATIENCE_MS)
    expect(page.locator(".live-unit[aria-label^='e-2']")).to_have_count(1)
    expect(page.get_by_text("The feed is alive")).to_be_visible()

    advice = page.get_by_role("switch")
    expect(advice).not_to_be_checked()
    assert acute.locator(".advice").count() == 0
    advice.focus()
    page.keyboard.press("Enter")
    expect(acute.locator(".advice")).to_contain_text("Send w-1", timeout=PATIENCE_MS)
    expect(advice).to_be_checked()
    assert list_faults(page) == []
    keep_picture(page, request)
    acute.get_by_role("button", name="Confirm").focus()
    page.keyboard.press("Enter")
    expect(acute).to_contain_text("Confirmed and written down", timeout=PATIENCE_MS)
    answers = [one.log.done for one in feed.parts.desk.list_advice() if one.log.about == "i-8" and one.log.done]
    assert [(one["deed"], one["unit"]) for one in answers] == [("followed", "w-1")]

    feed.say(0, "unit_status", unit="w-1", status="to_scene", incident="i-8")
    expect(acute.locator(".incident-units")).to_contain_text("w-1", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Show it light").click()
    page.locator("button[lang=nn]").click()
    expect(page.get_by_role("heading", name="Opne hendingar")).to_be_visible()
    assert list_faults(page) == []
    for width, height in ((3840, 2160), (420, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(ALL_INSIDE)
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.soak
@pytest.mark.slow
def test_no_fault_in_any_language_and_all_is_reached_by_keyboard(page: Page) -> None:
    expect(page.locator(".incident")).to_have_count(2, timeout=PATIENCE_MS)
    for language in LANGUAGES:
        page.locator(f"button[lang={language}]").click()
        page.locator(f"html[lang={language}]").wait_for(state="attached")
        assert list_faults(page) == []
        assert page.evaluate(MISSED) == []
    is_reached_by_keyboard(page)


def keep_picture(page: Page, request: pytest.FixtureRequest) -> None:
    """A picture for the documentation, where one is asked for."""
    folder = request.config.getoption("--pictures")
    if folder:
        page.wait_for_timeout(3000)
        shot = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
        shot.convert("RGB").quantize(COLOURS).save(Path(folder) / "live-duty-officer.png", optimize=True)
