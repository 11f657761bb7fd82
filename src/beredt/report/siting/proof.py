"""How surely an answer of siting is the best, in a sentence."""

from __future__ import annotations

from math import isfinite

from beredt.report.siting.page import SHARE, SitePage


def proof_sentence(page: SitePage) -> str:
    """Proved, or how far from a proof."""
    words, best = page.words, page.best
    if best.status == "proved" and best.gap == 0.0:
        return words("site_page.text.proved")
    if not isfinite(best.gap):
        return words("site_page.text.no_bound")
    return words("site_page.text.gap", bound=page.worth(best.bound, best), gap=page.numbers.text(best.gap, SHARE))
