"""The texts that a screen shows: the section [studio] of the language files."""

from __future__ import annotations

from beredt.report.words import Words

SECTION = "studio."


def studio_words(words: Words) -> dict[str, str]:
    """Texts by their key without the section's name, `shell.title`."""
    return {key.removeprefix(SECTION): text for key, text in words.texts.items() if key.startswith(SECTION)}
