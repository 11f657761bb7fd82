"""From chapters to one HTML file that needs nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Chapter
from beredt.report.page.theme_css import theme_css
from beredt.report.words import Words

SHORT = 12
"""Letters of the fingerprint that captions show; the cover has all."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: what it is about, what was asked, and what the figures come from."""

    kicker: str
    title: str
    question: str
    facts: tuple[tuple[str, str], ...]
    generated: str
    footer: str


class _Numbering:
    """Numbers figures and tables in the order in which the page shows them."""

    def __init__(self, words: Words, numbers: NumberFormat) -> None:
        self._words = words
        self._numbers = numbers
        self._figures = 0
        self._tables = 0

    def figure(self) -> str:
        self._figures += 1
        return self._words("page.figure", number=self._numbers.label(self._figures))

    def table(self) -> str:
        self._tables += 1
        return self._words("page.table", number=self._numbers.label(self._tables))


def render_page(
    cover: Cover, chapters: Sequence[Chapter], words: Words, numbers: NumberFormat, fingerprint: str
) -> str:
    """The whole page. Everything that is not a drawing of our own is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("beredt.report.page"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html.jinja").render(
        cover=cover,
        chapters=chapters,
        words=words,
        numbering=_Numbering(words, numbers),
        short_fingerprint=numbers.label(fingerprint[:SHORT]),
        style=Markup(_typeface() + theme_css() + _part("style.css")),
        script=Markup(_part("sort.js")),
    )


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
