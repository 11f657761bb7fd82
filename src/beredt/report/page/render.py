"""From chapters to one HTML file that needs nothing else."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Chapter, Heading, MapValues
from beredt.report.page.cover import Cover
from beredt.report.page.numbering import SHORT, Numbering
from beredt.report.page.theme_css import theme_css
from beredt.report.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

CHAPTER_LEVEL = 2
SCRIPTS = ("sort.js", "tables.js", "maps.js")
SCRIPT_WORDS = (
    *("filter", "shown", "copy", "copied", "not_copied"),
    *("nearer", "farther", "whole", "map", "map_help", "map_help_plain", "no_value"),
)
"""Texts that only the page's scripts show."""


def render_page(
    cover: Cover, chapters: Sequence[Chapter], words: Words, numbers: NumberFormat, fingerprint: str
) -> str:
    """The whole page. Everything that is not a drawing of our own is escaped."""
    from markupsafe import Markup

    return (
        _environment()
        .get_template("report.html.jinja")
        .render(
            cover=cover,
            chapters=chapters,
            style=Markup(_typeface() + theme_css() + _part("style.css")),
            script_words=json.dumps(
                {key: words.texts[f"page.script.{key}"] for key in SCRIPT_WORDS}, ensure_ascii=False
            ),
            script=Markup("".join(_part(name) for name in SCRIPTS)),
            **_shared(words, numbers, fingerprint),
        )
    )


def render_chapters(
    chapters: Sequence[Chapter], words: Words, numbers: NumberFormat, fingerprint: str
) -> tuple[str, ...]:
    """Each chapter as it stands on the whole page, one piece of HTML each, its figures and tables numbered as there."""
    shared = _shared(words, numbers, fingerprint)
    section = _environment().get_template("chapter.html.jinja").make_module(shared).section  # type: ignore[attr-defined]
    return tuple(str(section(chapter)) for chapter in chapters)


def style_sheet() -> str:
    """How the page looks, without its typeface and colours."""
    return _part("style.css")


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("beredt.report.page"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.do"],
    )


def _shared(words: Words, numbers: NumberFormat, fingerprint: str) -> dict[str, Any]:
    """What the templates of all blocks ask for."""
    return {
        "words": words,
        "numbering": Numbering(words, numbers),
        "short_fingerprint": numbers.label(fingerprint[:SHORT]),
        "levels": _Levels(),
        "as_json": _as_json,
    }


class _Levels:
    """Levels of headings as they stand on the page: none is skipped, which readers of headings get lost by."""

    def __init__(self) -> None:
        self._last = CHAPTER_LEVEL

    def begin(self) -> None:
        """A chapter begins."""
        self._last = CHAPTER_LEVEL

    def of(self, heading: Heading) -> int:
        """The level of a heading: its own, or one below the heading before it if that is higher."""
        self._last = min(heading.level, self._last + 1)
        return self._last


def _as_json(values: MapValues) -> Markup:
    """What maps tell, as the page's script reads it; nothing in it can end the element that it stands in."""
    from markupsafe import Markup

    text = json.dumps(asdict(values), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _part(name: str) -> str:
    return files("beredt.report.page").joinpath("templates", name).read_text(encoding="utf-8")


def _typeface() -> str:
    faces = []
    for file, weight in (("inter-regular.otf", 400), ("inter-semibold.otf", 600)):
        data = b64encode(files("beredt.report").joinpath("fonts", file).read_bytes()).decode("ascii")
        faces.append(
            f'@font-face{{font-family:"Beredt Inter";font-weight:{weight};font-display:block;'
            f'src:url(data:font/otf;base64,{data}) format("opentype")}}'
        )
    return "".join(faces)
