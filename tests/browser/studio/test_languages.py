"""Every page of Studio in every language: no fault of WCAG, and all that can be pressed is reached by keyboard.

A page is opened once; its language is switched as a user switches it.
"""

from __future__ import annotations

import pytest

from tests.browser.studio.conftest import Open
from tests.browser.studio.studio_server import StudioServer
from tests.browser.studio.test_looks import ALL, show, violations

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
    page = studio.page
    faults = {}
    for language in ("nn", "nb", "en"):
        page.locator(f"button[lang={language}]").first.click()
        page.locator(f"html[lang={language}]").wait_for(state="attached")
        faults[language] = list(violations(studio))
    assert faults == {"nn": [], "nb": [], "en": []}
    count = page.evaluate(FOUND)
    assert count > 5
    seen: list[str] = []
    for _ in range(2 * count + 20):
        page.keyboard.press("Tab")
        reached = page.evaluate(FOCUSED)
        if reached and reached not in seen:
            seen.append(reached)
    assert page.evaluate(LEFT, seen) == []
