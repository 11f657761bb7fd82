"""The words of these pages: those of the report, and those of `language/` beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from beredt.report.words import Words, load_words


@cache
def load_page_words(language: str) -> Words:
    """The words of a language. Raises UnknownIdError if there is no such language file."""
    common = load_words(language)
    text = files("beredt.report.dimensioning").joinpath("language", f"{language}.toml").read_text(encoding="utf-8")
    return Words(language, MappingProxyType({**common.texts, **dict(_flat(tomllib.loads(text), ""))}))


def _flat(section: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in section.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
