"""From chapters to one PDF, tagged by PDF/UA-1, with the typeface of the page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Chapter
from beredt.report.page.cover import Cover
from beredt.report.page.numbering import SHORT, Numbering
from beredt.report.page.theme_css import light_colours
from beredt.report.pdf.document import Setter
from beredt.report.typesetting import set_pdf
from beredt.report.words import Words

_PAGE, _PAGES = "\ue000", "\ue001"


def render_pdf(
    cover: Cover, chapters: Sequence[Chapter], words: Words, numbers: NumberFormat, fingerprint: str
) -> bytes:
    """The whole report as a PDF."""
    short = numbers.label(fingerprint[:SHORT])
    setter = Setter(words, Numbering(words, numbers), short)
    data = {
        "language": words.language,
        "title": f"{cover.title} · {words('page.title')}",
        "cover": {
            "kicker": cover.kicker,
            "title": cover.title,
            "question": cover.question,
            "facts": [list(fact) for fact in cover.facts],
            "generated": cover.generated,
            "footer": cover.footer,
        },
        "words": {
            "contents": words("page.contents"),
            "page_of": _page_of(words),
            "fingerprint": words("paper.fingerprint", fingerprint=short),
        },
        "colours": light_colours(),
        "chapters": [setter.chapter(chapter) for chapter in chapters],
    }
    return set_pdf(
        {"main.typ": _template("report.typ"), "report.json": json.dumps(data, ensure_ascii=False).encode("utf-8")}
    )


def _page_of(words: Words) -> list[str]:
    """What stands before, between and after the number of a page and the number of pages, which typst knows."""
    before, _, rest = words("paper.page_of", page=_PAGE, pages=_PAGES).partition(_PAGE)
    between, _, after = rest.partition(_PAGES)
    return [before, between, after]


def _template(name: str) -> bytes:
    return files("beredt.report.pdf").joinpath("templates", name).read_bytes()
