"""A dimensioning on disk: the page in every language of the study, and the tables behind it."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from pathlib import Path

from beredt import __version__
from beredt.model.data_dictionary import data_dictionary
from beredt.report.dimensioning.chapters import dimension_chapters, dimension_cover
from beredt.report.dimensioning.page import DimensionPage
from beredt.report.number_format import NumberFormat
from beredt.report.page.render import render_page
from beredt.report.page.write_languages import languages_of, write_in_languages
from beredt.report.words import load_words
from beredt.report.write_results import write_results
from beredt.siting.dimensioning.dimension_study import Dimensioning
from beredt.siting.dimensioning.tables import dimension_tables


def write_dimension_pages(done: Dimensioning, out: Path) -> list[Path]:
    """Write `dimension.html` in the study's first language, `dimension.<language>.html` in the others, and tables.

    Args:
        done: what is told.
        out: folder, made if need be; an earlier dimensioning there is replaced.

    Returns:
        The pages, the first language first.
    """
    out.mkdir(parents=True, exist_ok=True)
    tables = dimension_tables(done)
    write_results(out / "results", tables, dimension_facts(done), data_dictionary(tables, "dimension"))
    return write_in_languages(out, "dimension", languages_of(done.study), partial(render_dimension, done))


def dimension_facts(done: Dimensioning) -> dict[str, object]:
    """What `results.json` says: enough to know what was asked, and to ask it again."""
    decides = {
        "inputs": done.study.fingerprint,
        "version": __version__,
        "seed": done.study.settings.simulation.seed,
        "replications": done.replications,
        "rule": done.rule.model_dump(mode="json"),
        "services": {name: service.checksum() for name, service in done.services.items()},
    }
    text = json.dumps(decides, sort_keys=True)
    return {
        "study": done.study.settings.study.id,
        "reconstruction": True,
        "stopped": done.stopped,
        "fingerprint": hashlib.sha256(text.encode()).hexdigest(),
        **decides,
    }


def render_dimension(done: Dimensioning, language: str) -> str:
    """The page as HTML. Raises UnknownIdError without such a language file."""
    words = load_words(language)
    page = DimensionPage(done, words, NumberFormat(words))
    return render_page(dimension_cover(page), dimension_chapters(page), words, page.numbers, done.study.fingerprint)
