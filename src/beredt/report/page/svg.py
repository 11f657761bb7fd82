"""From a matplotlib figure to SVG that lives inside a page: no ids that clash, colours that follow the theme."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HASH_SALT = "beredt"
"""Fixed, so that the same figure has the same bytes on every run."""

_DPI = 144
"""Of maps that are drawn as pixels inside the SVG: sharp on A4."""


def to_svg(figure: Figure, name: str, variables: Mapping[str, str]) -> str:
    """The figure as an `<svg>` element.

    `name` is unique in the page and becomes part of every id. `variables` maps colours such as `#16191d` to the names
    of CSS variables that stand in for them, so that one drawing serves the light page, the dark one and paper.
    """
    out = io.StringIO()
    figure.savefig(out, format="svg", dpi=_DPI, metadata={"Date": None, "Creator": None}, transparent=True)
    text = out.getvalue()
    text = text[text.index("<svg") :].strip()
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL)
    return _with_variables(_with_own_ids(_with_own_head(text), name), variables)


def _with_own_head(text: str) -> str:
    """Let the page set the size, and drop the name spaces that HTML knows by itself."""
    text = text.replace("xlink:href=", "href=")
    box = re.search(r'viewBox="[^"]+"', text)
    head = f'<svg {box.group(0) if box else ""} aria-hidden="true" focusable="false">'
    return re.sub(r"^<svg[^>]*>", head, text, count=1)


def _with_own_ids(text: str, name: str) -> str:
    """Prefix the ids that something refers to, and drop the others."""
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', text))

    def keep(found: re.Match[str]) -> str:
        return f' id="{name}-{found.group(1)}"' if found.group(1) in used else ""

    text = re.sub(r' id="([^"]+)"', keep, text)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", text)


def _with_variables(text: str, variables: Mapping[str, str]) -> str:
    for colour, variable in variables.items():
        # What stands before is looked at behind the colour: so only places with the colour are looked at, of megabytes.
        own = re.escape(colour)
        text = re.sub(rf'{own}(?<=[ :"]{own})(?=[;"])', f"var({variable})", text)
    return text
