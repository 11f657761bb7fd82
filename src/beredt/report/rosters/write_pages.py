"""Rosters on disk: the page in every language of the study, and the tables behind it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from beredt import __version__
from beredt.model.data_dictionary import data_dictionary
from beredt.report.number_format import NumberFormat
from beredt.report.page.render import render_page
from beredt.report.page.write_languages import languages_of, write_in_languages
from beredt.report.rosters.chapters import RosterPage, roster_chapters, roster_cover
from beredt.report.words import load_words
from beredt.report.write_results import write_results
from beredt.siting.run_rosters import RosterAnswer, roster_tables


def write_roster_pages(answer: RosterAnswer, out: Path) -> list[Path]:
    """Write `roster.html` in the study's first language, `roster.<language>.html` in the others, and tables.

    Args:
        answer: what is told.
        out: folder, made if need be; earlier rosters there are replaced.

    Returns:
        The pages, the first language first.
    """
    out.mkdir(parents=True, exist_ok=True)
    tables = roster_tables(answer)
    facts = {
        "study": answer.study.settings.study.id,
        "inputs": answer.study.fingerprint,
        "alternative": answer.alternative,
        "service": answer.service.checksum(),
        "replications": answer.replications,
        "rules": answer.rules.model_dump(mode="json"),
        "version": __version__,
    }
    write_results(out / "results", tables, facts, data_dictionary(tables, "roster"))
    return write_in_languages(out, "roster", languages_of(answer.study), partial(render_rosters, answer))


def render_rosters(answer: RosterAnswer, language: str) -> str:
    """The page as HTML. Raises UnknownIdError without such a language file."""
    words = load_words(language)
    page = RosterPage(answer, words, NumberFormat(words))
    fingerprint = answer.study.fingerprint
    return render_page(roster_cover(page), roster_chapters(page), words, page.numbers, fingerprint)
