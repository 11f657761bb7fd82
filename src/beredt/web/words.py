"""The texts that a screen shows: the section [studio] of the language files, and any text in all languages at once."""

from __future__ import annotations

from beredt.report.words import Words, list_languages, load_words

SECTION = "studio."

LocalText = dict[str, str]
"""The same text by language."""


def in_all_languages(key: str) -> LocalText:
    """A text of the language files in every language."""
    return {language: load_words(language)(key) for language in list_languages()}


def studio_words(words: Words) -> dict[str, str]:
    """Texts by their key without the section's name, `shell.title`."""
    return {key.removeprefix(SECTION): text for key, text in words.texts.items() if key.startswith(SECTION)}
