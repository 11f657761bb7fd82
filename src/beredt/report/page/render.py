"""From chapters to one HTML file that needs nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from importlib.resources import files

from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Chapter
from beredt.report.page.cover import Cover
from beredt.report.page.numbering import SHORT, Numbering
from beredt.report.page.theme_css import theme_css
from beredt.report.words import Words


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
        numbering=Numbering(words, numbers),
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
