"""What a page has against the WCAG."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
WITH_BEST_PRACTICE = (*WCAG, "best-practice")


def list_faults(page: Page, rules: tuple[str, ...] = WCAG, within: Any = None) -> list[tuple[str, str]]:
    """Look a page through by rules, or tags of rules; answers with each rule that is broken and the beginning of where.

    Of elements that are as they should be, one a rule is told: pages have thousands, and to describe and send over each
    of them takes longer than to look at it.
    """
    found = Axe().run(page, within, {"runOnly": list(rules), "resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], node["html"][:140]) for one in found for node in one["nodes"]]
