"""Drawings under a strict content security policy, which lets no element bring a style of its own.

A page's policy ignores `style="…"` and `<style>` in what is put into it [1]. The drawings of a report hold nothing but
properties that SVG also knows as attributes, so they say the same as attributes.

1. M. West, A. Sartori, Content Security Policy Level 3, W3C Working Draft: style-src, "unsafe-inline".
"""

from __future__ import annotations

import re

_STYLE_ELEMENT = re.compile(r"(?:<defs>\s*)?<style[^>]*>\s*\*\s*\{([^}]*)\}\s*</style>\s*(?:</defs>)?")
_STYLED_TAG = re.compile(r'<(?P<name>\w+)(?P<before>[^<>]*?)\sstyle="(?P<style>[^"]*)"(?P<after>[^<>]*)>')
_SVG = re.compile(r"<svg\b[^>]*>.*?</svg>", re.DOTALL)


def with_attributes_for_styles(html: str) -> str:
    """HTML in which every drawing says as attributes what it said as styles; all else is as it was."""
    return _SVG.sub(lambda found: _inert(found.group(0)), html)


def _inert(svg: str) -> str:
    """One drawing. What its style element says of everything is said of the drawing as a whole, and inherited."""
    for found in _STYLE_ELEMENT.finditer(svg):
        svg = svg.replace("<svg", f"<svg{_attributes(found.group(1))}", 1)
    svg = _STYLE_ELEMENT.sub("", svg)
    return _STYLED_TAG.sub(_with_attributes, svg)


def _with_attributes(tag: re.Match[str]) -> str:
    """A tag whose styles are attributes; they win over attributes of the same name, as styles do."""
    attributes = _attributes(tag["style"])
    names = "|".join(re.escape(name) for name in re.findall(r"\s([\w-]+)=", attributes))
    own = tag["before"] + tag["after"]
    if names:
        own = re.sub(rf'\s(?:{names})="[^"]*"', "", own)
    closing = "/" if own.endswith("/") else ""
    return f"<{tag['name']}{own.removesuffix('/').rstrip()}{attributes}{closing}>"


def _attributes(declarations: str) -> str:
    """`fill: none; stroke: red` as ` fill="none" stroke="red"`."""
    pairs = (one.partition(":") for one in declarations.split(";") if one.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _, value in pairs)
