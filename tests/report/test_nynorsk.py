"""Nynorsk is a language of its own here: whole, and no copy of bokmål."""

from __future__ import annotations

import re

import pytest

from beredt.indicators.catalogue.read_catalogue import BUILT_IN, load_catalogue
from beredt.indicators.review.rules import load_review_rules
from beredt.indicators.triage.scale import load_scales
from beredt.missions.checks.rule import load_rules
from beredt.missions.find_profile import load_shipped_profiles
from beredt.report.number_format import NumberFormat
from beredt.report.words import Words, load_words

BOKMAL_ONLY = frozenset(
    (
        *("ikke", "hva", "hvem", "hvor", "hvordan", "hvorfor", "hvilke", "hvilken", "hvis", "noe", "noen", "flere"),
        *("fra", "mer", "mye", "bare", "være", "vært", "ble", "gjør", "gjøre", "kommer", "tar", "tatt", "sier", "selv"),
        *("disse", "hver", "hvert", "egen", "enhet", "enheter", "hendelse", "hendelser", "forskjell", "forskjeller"),
        *("svarene", "tallet", "tallene", "uke", "uker", "hjem", "hjemme", "høyere", "lavere", "sammen", "tjeneste"),
        *("sykehus", "antall", "antallet", "utelatt", "kjøring", "kjøringen", "finnes", "brukes", "vises", "sendes"),
        *("en", "et", "de", "jeg", "dem", "deres", "måned", "sammendrag", "tjenester", "innen"),
    )
)
LONG = 5
MOST_ALIKE = 0.05
"""Some sentences are the same in both."""


def prose(text: str) -> list[str]:
    return re.findall(r"[a-zæøåé]+", re.sub(r"\{\w+\}|`[^`]*`", " ", text).lower())


def test_no_word_of_bokmal_that_nynorsk_does_not_have() -> None:
    found = {
        key: sorted(words)
        for key, text in load_words("nn").texts.items()
        if (words := BOKMAL_ONLY & set(prose(text))) and not key.startswith("unit.")
    }
    assert found == {}


def test_what_is_said_of_a_log_is_in_nynorsk_too() -> None:
    """Indicators, rules of cleaning and review, levels of triage, profiles: they have their words beside them."""
    texts = [text for rule in load_rules().values() for text in (rule.what, rule.remedy)]
    texts += [text for review in load_review_rules().values() for text in (review.title, review.look)]
    for profile in (loaded.profile for loaded in load_shipped_profiles().values()):
        texts += [profile.title, profile.description]
    texts += [level.title for scale in load_scales().values() for level in scale.levels]
    for one in (indicator for name in BUILT_IN for indicator in load_catalogue(name).values()):
        texts += [one.title, one.definition, *(reason.title for reason in one.left_out)]
    assert {text["nn"]: found for text in texts if (found := BOKMAL_ONLY & set(prose(text["nn"])))} == {}
    longer = [text for text in texts if len(prose(text["nb"])) > LONG]
    assert len(longer) > 80
    assert [text for text in longer if text["nb"] == text["nn"]] == []


def test_it_is_no_copy() -> None:
    bokmal, nynorsk = load_words("nb").texts, load_words("nn").texts
    longer = [key for key, text in bokmal.items() if len(prose(text)) >= LONG]
    alike = [key for key in longer if bokmal[key] == nynorsk[key]]
    assert len(longer) > 300
    assert len(alike) <= MOST_ALIKE * len(longer), alike


def test_numbers_and_dates_are_norwegian() -> None:
    numbers = NumberFormat(load_words("nn"))
    assert numbers.plain(1234567.0) == "1\u202f234\u202f567"
    assert numbers.words("date.months").split()[4] == "mai"
    assert numbers.words("log.weekday.mon") == "Måndag"


@pytest.mark.parametrize(
    ("language", "texts", "told"),
    [
        ("nn", {"nn": "a", "nb": "b", "en": "c"}, "a"),
        ("nn", {"nb": "b", "en": "c"}, "b"),
        ("nb", {"nn": "a", "en": "c"}, "c"),
        ("en", {"nn": "a", "nb": "b"}, "a"),
        ("nn", {}, ""),
    ],
)
def test_a_text_of_a_study_falls_back_to_the_nearest_language(language: str, texts: dict[str, str], told: str) -> None:
    assert Words(language, {}).local(texts) == told
