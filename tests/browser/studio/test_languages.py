"""Every page of Studio in every language: no fault of WCAG, and all that can be pressed is reached by keyboard.

A page is opened once; its language is switched as a user switches it.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.studio.conftest import Open
from tests.browser.studio.studio_page import StudioPage
from tests.browser.studio.studio_server import StudioServer
from tests.browser.studio.test_looks import ALL, show
from tests.browser.wcag import list_faults

LANGUAGES = ("nn", "nb", "en")
FOUND = """() => {
  const within = (one) => !one.closest('[inert], [hidden], details:not([open]) > :not(summary)')
  const shown = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== 'hidden'
  const all = 'a[href], button, input, select, textarea, summary, [tabindex]'
  let number = 0
  for (const one of document.querySelectorAll(all)) {
    if (one.disabled || one.tabIndex < 0 || !within(one) || !shown(one)) continue
    if (one.type === 'radio' && !one.checked) continue  // arrows lead from the one that is chosen to the others
    one.dataset.reach = String(++number)
  }
  return number
}"""
FOCUSED = "() => document.activeElement?.dataset.reach ?? ''"
MISSED = """() => {
  const shown = (one) => one.getClientRects().length > 0 && !one.closest('[inert], dialog:not([open])')
  const found = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(shown)
  return found.filter((one, at) => at > 0 && Number(one.tagName[1]) > Number(found[at - 1].tagName[1]) + 1)
    .map((one) => one.outerHTML.slice(0, 140))
}"""
"""Headings more than one step below the one before, which those miss who go from step to step."""
LEFT = """(seen) => [...document.querySelectorAll('[data-reach]')]
  .filter((one) => !seen.includes(one.dataset.reach)).map((one) => one.outerHTML.slice(0, 140))"""


@pytest.mark.soak
@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_no_fault_in_any_language_and_all_is_reached_by_keyboard(
    open_studio: Open, server: StudioServer, name: str
) -> None:
    studio = open_studio(server)
    show(studio, name)
    looks_right_in_every_language(studio)
    is_reached_by_keyboard(studio.page)


def looks_right_in_every_language(studio: StudioPage) -> None:
    """No fault of WCAG, and no step of the headings missed."""
    page = studio.page
    faults, missed = {}, {}
    for language in LANGUAGES:
        page.locator(f"button[lang={language}]").first.click()
        page.locator(f"html[lang={language}]").wait_for(state="attached")
        faults[language] = list_faults(studio.page)
        missed[language] = page.evaluate(MISSED)
    none: dict[str, list[object]] = {language: [] for language in LANGUAGES}
    assert faults == none
    assert missed == none


def is_reached_by_keyboard(page: Page, least: int = 6) -> None:
    """All that can be pressed has the keyboard at some time, when the tab key goes twice around."""
    count = page.evaluate(FOUND)
    assert count >= least
    seen: list[str] = []
    for _ in range(2 * count + 20):
        page.keyboard.press("Tab")
        reached = page.evaluate(FOCUSED)
        if reached and reached not in seen:
            seen.append(reached)
    assert page.evaluate(LEFT, seen) == []
