"""What is wrong in the language of the page: faults of studies, edits and logs, errors of jobs, and refusals.

What is wrong is said in English where it is found, in rooms that know no languages, and it travels as text: through
exceptions, from processes of jobs, in files that stay. The language files hold each of these sentences with a gap for
every value (section `complaint`); here a sentence is known by its English text, its values are taken out of the gaps,
and the same key gives it in another language. Of a gap that is called `said…` the value is a sentence itself, of one
called `described` what the field dictionary says of a field. What is in no file stays as it is. A test reads every
sentence out of the source and finds it here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from beredt.model.dictionary import load_fields, load_tables
from beredt.report.words import Words, load_words

SECTION = "complaint."
ENGLISH = "en"
GAP = re.compile(r"\{(\w+)\}")
OF_AN_EDIT = re.compile(r"([a-z_]+: )(.+)", re.DOTALL)
"""A sentence about a saved edit begins with its kind."""
LONGEST = 10_000
"""Characters of a text that is looked for: the ways to take one apart grow faster than it does."""

SENTENCE, DESCRIPTION = "said", "described"
"""What stands in the names of gaps whose values are words, and not figures or names."""


def in_words(text: str, words: Words) -> str:
    """A complaint or remedy in the language of `words`; as it is where no file knows it."""
    if words.language == ENGLISH or len(text) > LONGEST:
        return text
    told = _find(text, words, {})
    return text if told is None else told


def knows(text: str) -> bool:
    """Whether the language files have this sentence, and all that stands in it."""
    return len(text) <= LONGEST and _find(text, load_words(ENGLISH), {}) is not None


def find_key(text: str) -> str | None:
    """The key of the sentence that a text is taken for, whatever stands in its gaps."""
    keys = (key for pattern, key in _patterns() if DESCRIPTION not in pattern.groupindex and pattern.fullmatch(text))
    return next(keys, None)


def _find(text: str, words: Words, seen: dict[str, str | None]) -> str | None:
    """A sentence in the language of `words`; `seen`: what is known of sentences in it, each looked for once only.

    Without that memory a text in which many sentences might stand in one another would be taken apart in every order.
    """
    if text not in seen:
        seen[text] = None  # while it is looked for, it is no part of itself
        seen[text] = _told(text, words, seen)
    return seen[text]


def _told(text: str, words: Words, seen: dict[str, str | None]) -> str | None:
    for pattern, key in _patterns():
        found = pattern.fullmatch(text)
        if found is None:
            continue
        values = _values(found.groupdict(), words, seen)
        if values is not None:
            return words.texts[key].format_map(values)  # a gap may be called as an argument of `words` is
    about = OF_AN_EDIT.fullmatch(text)
    told = None if about is None else _find(about[2], words, seen)
    return None if about is None or told is None else about[1] + told


def _values(gaps: Mapping[str, str], words: Words, seen: dict[str, str | None]) -> Mapping[str, str] | None:
    """What stands in the gaps of a sentence; None where one holds a sentence that nobody knows."""
    values = {}
    for gap, value in gaps.items():
        told = _value(gap, value, words, seen)
        if told is None:
            return None
        values[gap] = told
    return values


def _value(gap: str, value: str, words: Words, seen: dict[str, str | None]) -> str | None:
    """What stands in a gap; None for a sentence that nobody knows."""
    if SENTENCE in gap:
        return _find(value, words, seen)
    if DESCRIPTION in gap:
        described = _descriptions().get(value)
        return None if described is None else words.local(described)
    return value


@cache
def _descriptions() -> Mapping[str, Mapping[str, str]]:
    """What the field dictionary says of tables' columns, settings and edits, by the English."""
    columns = [field for table in load_tables().values() for field in table.fields]
    fields = (*columns, *load_fields("settings"), *load_fields("edits"))
    return {field.description["en"]: field.description for field in fields}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Every sentence as a pattern: first those that fit only where what stands in them is known."""
    texts = {key: text for key, text in load_words(ENGLISH).texts.items() if key.startswith(SECTION)}

    def own(key: str) -> tuple[bool, int, bool]:
        text = texts[key]
        own_text = GAP.sub("", text)
        goes_on = text.startswith(f"{{{SENTENCE}") and any(letter.isalpha() for letter in own_text)
        return goes_on or f"{{{DESCRIPTION}" in text, len(own_text), f"{{{SENTENCE}" in text

    longest = sorted(texts, key=own, reverse=True)
    return tuple((_pattern(texts[key]), key) for key in longest)


def _pattern(text: str) -> re.Pattern[str]:
    parts = GAP.split(text)  # text, name, text, name, …
    told = (re.escape(part) if place % 2 == 0 else f"(?P<{part}>.+?)" for place, part in enumerate(parts))
    return re.compile("".join(told), re.DOTALL)
