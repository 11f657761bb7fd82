"""A drawing of a page as a file of its own: name spaces, a size, and the light colours in place of variables."""

from __future__ import annotations

import re
from importlib.resources import files

from beredt.report import theme
from beredt.report.page.theme_css import light_colours

PX_PER_PT = 96.0 / 72.0
_FACES = "'Beredt Inter', Inter, Arial, sans-serif"
"""Other programs do not have the report's typeface, and should not fall back on one with serifs."""

_DRAWN_WIDTH = 510.48
"""Points across of a drawing that fills the text on A4: 7.09 inches."""


def standalone_svg(svg: str, *, of_map: bool = False) -> str:
    """A drawing made for the page as SVG that any program opens, white behind it.

    Args:
        svg: as a `Figure` block holds it: one `<svg>` element with a viewBox and CSS variables for colours.
        of_map: letters get a halo, as maps have it on the page.
    """
    left, top, width, height = view_box(svg)
    scale = _DRAWN_WIDTH / width
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width * scale:.2f}pt" height="{height * scale:.2f}pt" viewBox="{left:g} {top:g} {width:g} {height:g}"'
    )
    name = re.search(r'<svg[^>]*?( class="[^"]*")', svg)
    body = svg[svg.index(">") + 1 :]
    behind = f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" fill="#ffffff"/>'
    body = body.replace("'Beredt Inter'", _FACES).replace('"Beredt Inter"', _FACES)
    text = f"{head}{name.group(1) if name else ''}>{_style(of_map)}{behind}{body}"
    return _without_variables(text)


def view_box(svg: str) -> tuple[float, float, float, float]:
    """Left, top, width and height of a drawing, in its own units. Raises ValueError without a viewBox."""
    found = re.search(r'viewBox="([^"]+)"', svg)
    if found is None:
        raise ValueError("a drawing needs a viewBox: it says how high it is for its width")
    left, top, width, height = (float(part) for part in re.split(r"[\s,]+", found.group(1).strip()))
    return left, top, width, height


def _without_variables(text: str) -> str:
    colours = light_colours()
    return re.sub(r"var\((--[\w-]+)\)", lambda found: colours.get(found.group(1), theme.TEXT.light), text)


def _style(of_map: bool) -> str:
    """The rules of the page's style sheet that drawings need."""
    rules = re.findall(r"^(?:\.strip[^{]*|\.level-\d[^{]*)\{.*$", _sheet(), flags=re.MULTILINE)
    halo = "text{paint-order:stroke;stroke:#ffffff;stroke-width:2px;stroke-linejoin:round}" if of_map else ""
    return f"<style>text{{font-family:{_FACES}}}{''.join(rules)}{halo}</style>"


def _sheet() -> str:
    return files("beredt.report.page").joinpath("templates", "style.css").read_text(encoding="utf-8")
