"""The chapters of a run's report as pieces of a page: its own words, tables and figures, made by its own templates.

They are made once for each language, and kept beside the report.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beredt.errors import ResultsError, UnknownIdError
from beredt.model.study import Study
from beredt.web.inert_html import with_attributes_for_styles

FOLDER = "chapters"


@dataclass(frozen=True, slots=True)
class RunChapter:
    """A chapter: its title, its finding in one sentence, and the whole of it as HTML without style of its own."""

    id: str
    title: str
    finding: str
    html: str


def write_chapters(out: Path, study: Study, language: str) -> tuple[RunChapter, ...]:
    """Make the chapters of the results in `out`, and keep them there.

    Raises ResultsError without results and UnknownIdError without the language.
    """
    from beredt.report.context import make_context
    from beredt.report.page.render import render_chapters
    from beredt.report.results import read_results
    from beredt.report.words import load_words
    from beredt.report.write_report import make_chapters

    context = make_context(study, read_results(out), load_words(language))
    chapters = make_chapters(context)
    pieces = render_chapters(chapters, context.words, context.numbers, context.fingerprint)
    made = tuple(
        RunChapter(chapter.id, chapter.title, chapter.finding, html)
        for chapter, html in zip(chapters, map(with_attributes_for_styles, pieces), strict=True)
    )
    keep_chapters(out, language, made)
    return made


def find_chapters(out: Path, language: str) -> tuple[RunChapter, ...] | None:
    """The chapters that were made in a language, None if they were not."""
    try:
        found: list[dict[str, Any]] = json.loads(_file(out, language).read_text(encoding="utf-8"))
        return tuple(RunChapter(**one) for one in found)
    except (OSError, ValueError, TypeError):
        return None


def get_chapter(chapters: tuple[RunChapter, ...], chapter_id: str) -> RunChapter:
    """The chapter with this id. Raises UnknownIdError."""
    found = {chapter.id: chapter for chapter in chapters}
    if chapter_id not in found:
        raise UnknownIdError("chapter", chapter_id, found)
    return found[chapter_id]


def list_files(out: Path) -> dict[str, Path]:
    """Files of a run that may be taken along, by their name in the run: what its index lists, and the index.

    Raises ResultsError when the run did not finish.
    """
    from beredt.report.write_index import INDEX

    try:
        facts = json.loads((out / INDEX).read_text(encoding="utf-8"))
        names = [*facts["files"], INDEX]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResultsError("the run has no files: it did not finish") from error
    inside = out.resolve()
    found = {name: (out / name).resolve() for name in names}
    return {name: path for name, path in found.items() if path.is_file() and inside in path.parents}


def keep_chapters(out: Path, language: str, chapters: tuple[RunChapter, ...]) -> None:
    """Keep chapters in a language beside their report, in one step."""
    file = _file(out, language)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    content = [{"id": one.id, "title": one.title, "finding": one.finding, "html": one.html} for one in chapters]
    draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    os.replace(draft, file)


def _file(out: Path, language: str) -> Path:
    return out / FOLDER / f"{language}.json"
