"""Bands, parts and meanings of the rule of dimensioning have words in every language."""

from __future__ import annotations

import pytest

from beredt.report.words import list_languages, load_words
from beredt.siting.dimensioning.rule import read_dimension_rule
from beredt.siting.dimensioning.shares import PARTS


@pytest.mark.parametrize("language", list_languages())
def test_bands_parts_and_meanings_have_words(language: str) -> None:
    words = load_words(language)
    for band in read_dimension_rule(None).bands:
        assert words.has(f"dimension.band.{band.id}")
    for part in PARTS:
        assert words.has(f"dimension.part.{part}")
    for meaning in ("held", "free", "answered"):
        assert words.has(f"dimension.rule_text.{meaning}")
        assert words.has(f"dimension.method.meaning_{meaning}")
