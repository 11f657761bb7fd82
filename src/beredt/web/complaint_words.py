"""Complaints in the language of the page: all about edits, uploads, and what a problem is headed with.

What is wrong with an edit is said in English where it is found, in the room of the model, which knows no languages.
The language files hold each of these sentences with a gap for every value (section `complaint`); here a sentence is
known by its English text, its values are taken out of the gaps, and the same key gives it in another language. What
is in no file stays as it is. A test reads every sentence out of the model's source and finds it here.
"""

from __future__ import annotations

import re
from functools import cache

from beredt.report.words import Words, load_words

SECTION = "complaint."
ENGLISH = "en"
GAP = re.compile(r"\{(\w+)\}")
OF_AN_EDIT = re.compile(r"([a-z_]+: )(.+)", re.DOTALL)
"""A sentence about a saved edit begins with its kind."""


def in_words(text: str, words: Words) -> str:
    """A complaint or remedy in the language of `words`; as it is where no file knows it."""
    if words.language == ENGLISH:
        return text
    for pattern, key in _patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            return words(key, **found.groupdict())
    about = OF_AN_EDIT.fullmatch(text)
    return text if about is None else about[1] + in_words(about[2], words)


def knows(text: str) -> bool:
    """Whether the language files have this sentence."""
    if any(pattern.fullmatch(text) for pattern, _ in _patterns()):
        return True
    about = OF_AN_EDIT.fullmatch(text)
    return about is not None and knows(about[2])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Every sentence as a pattern, those with most text of their own first."""
    texts = {key: text for key, text in load_words(ENGLISH).texts.items() if key.startswith(SECTION)}
    longest = sorted(texts, key=lambda key: len(GAP.sub("", texts[key])), reverse=True)
    return tuple((_pattern(texts[key]), key) for key in longest)


def _pattern(text: str) -> re.Pattern[str]:
    parts = GAP.split(text)  # text, name, text, name, …
    told = (re.escape(part) if place % 2 == 0 else f"(?P<{part}>.+?)" for place, part in enumerate(parts))
    return re.compile("".join(told), re.DOTALL)
