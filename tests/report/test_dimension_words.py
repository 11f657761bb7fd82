"""The words of the pages of dimensioning and rosters: the same things in every language, and no figure in any text."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from beredt.report.dimensioning.load_words import load_page_words
from beredt.report.words import list_languages, load_words
from beredt.siting.dimensioning.rule import read_dimension_rule
from beredt.siting.dimensioning.shares import PARTS


def own(language: str) -> dict[str, str]:
    common = load_words(language).texts
    return {key: text for key, text in load_page_words(language).texts.items() if key not in common}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", list_languages())
def test_languages_have_the_same_keys_and_placeholders(language: str) -> None:
    english, other = own("en"), own(language)
    assert set(english) == set(other)
    assert [key for key in english if placeholders(english[key]) != placeholders(other[key])] == []


@pytest.mark.parametrize("language", list_languages())
def test_no_text_holds_a_figure_and_none_takes_the_place_of_the_reports_own(language: str) -> None:
    common = load_words(language).texts
    for key, text in load_page_words(language).texts.items():
        if key in common:
            assert text == common[key]
        else:
            assert not re.search(r"\d", re.sub(r"\{\w+\}", "", text)), key


@pytest.mark.parametrize("language", list_languages())
def test_bands_parts_and_meanings_have_words(language: str) -> None:
    words = load_page_words(language)
    for band in read_dimension_rule(None).bands:
        assert words.has(f"dimension.band.{band.id}")
    for part in PARTS:
        assert words.has(f"dimension.part.{part}")
    for meaning in ("held", "free", "answered"):
        assert words.has(f"dimension.rule_text.{meaning}")
        assert words.has(f"dimension.method.meaning_{meaning}")
