"""Studio in a browser as its user meets it, with everything noted that a user must never meet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, Request, expect

from tests.browser.complaints import is_complaint
from tests.browser.studio.studio_server import StudioServer

PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)  # on a machine with much to do everything takes its time
OWN = ("data:", "blob:")
"""Addresses that ask nobody."""


@dataclass
class StudioPage:
    """A page of Studio; `faults` is what its browser complained of, `elsewhere` what was asked of others."""

    server: StudioServer
    page: Page
    context: BrowserContext
    faults: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def go(self, path: str = "/") -> None:
        """Open an address of the server, and wait until the study's map is drawn."""
        self.page.goto(self.server.url + path)
        self.map_is_drawn()

    def map_is_drawn(self) -> None:
        """Wait until nothing moves or loads in any map of the page."""
        maps = self.page.locator(".maplibregl-map")
        maps.first.wait_for(timeout=PATIENCE_MS)
        for one in maps.all():
            expect(one).to_have_attribute("data-whole", "true")

    def note_console(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains of."""
        if is_complaint(message):
            self.faults.append(message.text)

    def note_fault(self, error: Error) -> None:
        """Keep a fault of a script."""
        self.faults.append(str(error))

    def note_request(self, request: Request) -> None:
        """Keep what is asked of anybody but the server."""
        if not request.url.startswith((f"{self.server.url}/", *OWN)):
            self.elsewhere.append(request.url)

    def is_answered(self) -> None:
        """Wait until the year is simulated as often as it is wanted."""
        self.page.locator(".answer-panel .answer-title").wait_for(timeout=PATIENCE_MS)
        told = self.page.locator(".answer-panel [role=status]").filter(has_text=re.compile(r"\S"))
        told.first.wait_for(state="attached", timeout=PATIENCE_MS)

    def is_answered_for(self, title: str) -> None:
        """Wait until the year of the alternative with this title is simulated as often as it is wanted."""
        self.page.locator(".answer-panel .answer-title", has_text=title).wait_for(timeout=PATIENCE_MS)
        self.is_answered()

    def tab_to(self, name: str | re.Pattern[str], most: int = 150) -> None:
        """Press the tab key until what has this name has the keyboard."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            focused = self.focused()
            if focused == name if isinstance(name, str) else name.search(focused):
                return
        raise AssertionError(f"the tab key does not lead to {name}")

    @property
    def answer(self) -> Locator:
        """The column of the answer."""
        return self.page.locator(".answer-panel")

    def focused(self) -> str:
        """Name of what has the keyboard."""
        script = """(one) => (one?.getAttribute("aria-label")
            ?? one?.labels?.[0]?.textContent ?? one?.textContent ?? "").trim()"""
        return str(self.page.evaluate(f"({script})(document.activeElement)"))

    def sideways(self) -> int:
        """By how many pixels the page can be scrolled sideways, once it has found its width."""
        script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        for _ in range(20):
            if int(self.page.evaluate(script)) <= 0:
                break
            self.page.wait_for_timeout(100)
        return int(self.page.evaluate(script))


def open_page(
    browser: Browser,
    server: StudioServer,
    *,
    width: int = 1280,
    height: int = 800,
    locale: str = "en-GB",
    scheme: str = "light",
) -> StudioPage:
    """A page in a browser without any memory. Motion is off, as for users who ask for that."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale=locale,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    studio = StudioPage(server, page, context)
    page.on("console", studio.note_console)
    page.on("pageerror", studio.note_fault)
    page.on("request", studio.note_request)
    return studio
