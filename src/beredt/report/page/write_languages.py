"""A page on disk, once in every language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from beredt.model.study import Study
from beredt.report.words import list_languages

WITHOUT = "en"
"""The language of a study that asks for none that has a language file."""


def languages_of(study: Study) -> list[str]:
    """The languages of a study that have a language file, in the study's order; English where none has."""
    known = list_languages()
    return [one for one in study.settings.study.languages if one in known] or [WITHOUT]


def write_in_languages(out: Path, stem: str, languages: Sequence[str], render: Callable[[str], str]) -> list[Path]:
    """Write `STEM.html` in the first language and `STEM.<language>.html` in the others.

    Args:
        out: folder, made if need be.
        stem: of the files' names.
        languages: at least one that has a language file.
        render: the page as HTML in a language.

    Returns:
        The pages, the first language first.
    """
    out.mkdir(parents=True, exist_ok=True)
    pages = []
    for number, language in enumerate(languages):
        path = out / (f"{stem}.html" if number == 0 else f"{stem}.{language}.html")
        path.write_text(render(language), encoding="utf-8", newline="\n")
        pages.append(path)
    return pages
