"""The language in which a caller is told something before there is a screen."""

from __future__ import annotations

from beredt.report.words import Words, list_languages, load_words

OTHERS = {"no": "nb"}
"""Codes that browsers send for languages that are here under another one."""

USUAL = "en"


def choose_words(wanted: str | None, accept: str | None) -> Words:
    """The words of the language that is asked for by name, else of the first that the browser's user reads.

    Args:
        wanted: A code such as `nn`; None or an unknown one is passed over.
        accept: The Accept-Language header.
    """
    known = list_languages()
    for code in (wanted or "", *_accepted(accept or "")):
        language = OTHERS.get(code, code)
        if language in known:
            return load_words(language)
    return load_words(USUAL)


def _accepted(header: str) -> list[str]:
    """Codes of an Accept-Language header, the dearest first, without regions; what cannot be read is left out."""
    found: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")[:20]):
        code, _, rest = part.strip().partition(";")
        weight = rest.strip().removeprefix("q=")
        try:
            found.append((-float(weight or 1.0), place, code.strip().partition("-")[0].lower()))
        except ValueError:
            continue
    return [code for _, _, code in sorted(found)]
