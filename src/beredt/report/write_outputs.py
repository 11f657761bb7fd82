"""Everything that is written beside the tables of a run: reports, Excel, GeoPackage, figures, and the index of them."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
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

Both = tuple[Path, Path]
"""Page and paper of a language."""

STAGE = "Report"
TABLES, MAPS, FIGURES = "tables.xlsx", "areas.gpkg", "figures"


def write_outputs(
    out: Path, study: Study, languages: Sequence[str], progress: Progress, *, jobs: int = 1
) -> list[Path]:
    """Write all that a reader opens, from the tables in `out/results`; give the pages, the first language's first.

    The first language has report.html and report.pdf, the others report.LANGUAGE.html and .pdf; tables, map layers
    and figures are in the first. results.json names every file with its checksum. What an earlier run wrote is
    removed. The same study and results give the same bytes.

    Args:
        out: folder of the run.
        study: that was run.
        languages: at least one.
        progress: told how far it has come.
        jobs: with 2 or more, the other languages are written by another process meanwhile; the bytes are the same.

    Raises:
        ResultsError: no results in `out`.
        UnknownIdError: no such language.
    """
    results = read_results(out)
    context = make_context(study, results, load_words(languages[0]))
    for one in languages:
        load_words(one)
    _remove_earlier(out)
    steps = len(languages) + 4
    progress(STAGE, 0, steps)
    with _meanwhile([(out, study, one) for one in languages[1:]], jobs) as waiting:
        chapters = make_chapters(context)
        reports = [_write_both(out / "report", context, chapters)]
        progress(STAGE, 1, steps)
        others = write_figures(out / FIGURES, chapters)
        progress(STAGE, 2, steps)
        write_workbook(out / TABLES, context)
        progress(STAGE, 3, steps)
        write_geopackage(out / MAPS, context)
        for number, finish in enumerate(waiting):
            progress(STAGE, 4 + number, steps)
            reports.append(finish())
    pages = [page for page, _ in reports]
    files = [*pages, *(paper for _, paper in reports), *others, out / TABLES, out / MAPS]
    facts = {key: value for key, value in results.facts.items() if key != "files"}
    write_index(out, {**facts, "languages": list(languages)}, files)
    progress(STAGE, steps, steps)
    return pages


def write_language(out: Path, study: Study, language: str) -> Both:
    """Write page and paper in one more language from the tables in `out/results`; give their paths."""
    context = make_context(study, read_results(out), load_words(language))
    return _write_both(out / f"report.{language}", context, make_chapters(context))


def _write_both(stem: Path, ctx: ReportContext, chapters: Sequence[Chapter]) -> Both:
    # No `with_suffix`: the language in a name looks like one.
    page, paper = (stem.parent / f"{stem.name}.{form}" for form in ("html", "pdf"))
    return _write_page(page, ctx, chapters), _write_paper(paper, ctx, chapters)


@contextmanager
def _meanwhile(asked: Sequence[tuple[Path, Study, str]], jobs: int) -> Iterator[list[Callable[[], Both]]]:
    """What to call for each of the other languages: it has been written beside this process, or is written then."""
    if jobs < 2 or not asked:
        yield [partial(write_language, *one) for one in asked]
        return
    spawn = multiprocessing.get_context("spawn")  # polars does not survive a fork
    with ProcessPoolExecutor(1, spawn) as pool:
        yield [pool.submit(write_language, *one).result for one in asked]


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
