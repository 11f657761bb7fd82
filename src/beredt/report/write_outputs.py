"""Everything that is written beside the tables of a run: reports, Excel, GeoPackage, figures, and the index of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from beredt.model.study import Study
from beredt.report.chapters.cover import make_cover
from beredt.report.context import ReportContext, make_context
from beredt.report.figure_files import write_figures
from beredt.report.geopackage.write import write_geopackage
from beredt.report.page.blocks import Chapter
from beredt.report.page.render import render_page
from beredt.report.pdf.render import render_pdf
from beredt.report.results import read_results
from beredt.report.words import load_words
from beredt.report.workbook import write_workbook
from beredt.report.write_index import INDEX, write_index
from beredt.report.write_report import make_chapters

Progress = Callable[[str, int, int], None]

STAGE = "Report"
TABLES, MAPS, FIGURES = "tables.xlsx", "areas.gpkg", "figures"


def write_outputs(out: Path, study: Study, languages: Sequence[str], progress: Progress) -> list[Path]:
    """Write all that a reader opens, from the tables in `out/results`; give the pages, the first language's first.

    The first language has report.html and report.pdf, the others report.LANGUAGE.html and .pdf; tables, map layers
    and figures are in the first. results.json names every file with its checksum. What an earlier run wrote is
    removed. The same study and results give the same bytes.

    Args:
        out: folder of the run.
        study: that was run.
        languages: at least one.
        progress: told how far it has come.

    Raises:
        ResultsError: no results in `out`.
        UnknownIdError: no such language.
    """
    results = read_results(out)
    contexts = [make_context(study, results, load_words(one)) for one in languages]
    _remove_earlier(out)
    steps = 2 * len(contexts) + 3
    pages: list[Path] = []
    others: list[Path] = []
    for number, context in enumerate(contexts):
        progress(STAGE, 2 * number, steps)
        chapters = make_chapters(context)
        name = "report" if number == 0 else f"report.{context.words.language}"
        pages.append(_write_page(out / f"{name}.html", context, chapters))
        progress(STAGE, 2 * number + 1, steps)
        others.append(_write_paper(out / f"{name}.pdf", context, chapters))
        if number == 0:
            others += write_figures(out / FIGURES, chapters)
    progress(STAGE, steps - 3, steps)
    write_workbook(out / TABLES, contexts[0])
    progress(STAGE, steps - 2, steps)
    write_geopackage(out / MAPS, contexts[0])
    files = [*pages, *others, out / TABLES, out / MAPS]
    facts = {key: value for key, value in results.facts.items() if key != "files"}
    write_index(out, {**facts, "languages": list(languages)}, files)
    progress(STAGE, steps, steps)
    return pages


def _write_page(path: Path, ctx: ReportContext, chapters: Sequence[Chapter]) -> Path:
    page = render_page(make_cover(ctx), chapters, ctx.words, ctx.numbers, ctx.fingerprint)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _write_paper(path: Path, ctx: ReportContext, chapters: Sequence[Chapter]) -> Path:
    path.write_bytes(render_pdf(make_cover(ctx), chapters, ctx.words, ctx.numbers, ctx.fingerprint))
    return path


def _remove_earlier(out: Path) -> None:
    """Remove what an earlier run says it wrote in this folder, but for the tables, which `write_results` sees to."""
    try:
        facts = json.loads((out / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    files = facts.get("files", {}) if isinstance(facts, dict) else {}
    for name in files:
        path = out / name
        # A name from a file is not trusted: only what lies in this folder, or in that of the figures, is removed.
        if path.parent in (out, out / FIGURES) and path.is_file():
            path.unlink()
    (out / INDEX).unlink()
