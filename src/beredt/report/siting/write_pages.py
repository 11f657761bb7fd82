"""A siting answer on disk: the page in every language of the study, sites for a map, and the tables behind it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from beredt import __version__
from beredt.model.data_dictionary import data_dictionary
from beredt.report.number_format import NumberFormat
from beredt.report.page.render import render_page
from beredt.report.page.write_languages import languages_of, write_in_languages
from beredt.report.siting.chapters import site_chapters, site_cover
from beredt.report.siting.geojson import sites_geojson
from beredt.report.siting.page import SitePage
from beredt.report.words import load_words
from beredt.report.write_results import write_results
from beredt.siting.site_tables import site_tables
from beredt.siting.sited import Sited


def write_site_pages(sited: Sited, out: Path) -> list[Path]:
    """Write `site.html` in the study's first language, `site.<language>.html` in the others, `sites.geojson`, tables.

    Args:
        sited: what is told.
        out: folder, made if need be; an earlier answer there is replaced.

    Returns:
        The pages, the first language first.
    """
    out.mkdir(parents=True, exist_ok=True)
    tables = site_tables(sited)
    best = sited.asked.answer
    facts: dict[str, object] = {
        "study": sited.study.settings.study.id,
        "inputs": sited.study.fingerprint,
        "version": __version__,
        "alternative": sited.name,
        "service": sited.service.checksum(),
        "model": best.model,
        "status": best.status,
    }
    write_results(out / "results", tables, facts, data_dictionary(tables, "site"))
    (out / "sites.geojson").write_text(sites_geojson(sited), encoding="utf-8", newline="\n")
    return write_in_languages(out, "site", languages_of(sited.study), partial(render_site, sited))


def render_site(sited: Sited, language: str) -> str:
    """The page as HTML. Raises UnknownIdError without such a language file."""
    words = load_words(language)
    page = SitePage(sited, words, NumberFormat(words))
    return render_page(site_cover(page), site_chapters(page), words, page.numbers, sited.study.fingerprint)
