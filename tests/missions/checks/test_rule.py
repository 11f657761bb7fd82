"""The catalogue of rules."""

from __future__ import annotations

import pytest

from beredt.errors import UnknownIdError
from beredt.missions.checks.rule import get_rule, load_rules, marks_of, rules_in
from beredt.missions.cleaning_context import CleaningContext
from beredt.missions.marks import IMPOSSIBLE_FROM


def test_every_rule_has_a_bit_of_its_own_and_a_sentence_in_both_languages() -> None:
    rules = load_rules().values()
    numbers = [rule.number for rule in rules]
    assert numbers == sorted(set(numbers))
    assert all(0 < number < IMPOSSIBLE_FROM for number in numbers)
    assert all(rule.action in ("mark", "correct") for rule in rules)
    texts = [
        text
        for rule in rules
        for language in ("en", "nb", "nn")
        for text in (rule.what[language], rule.remedy[language])
    ]
    assert all(text.endswith(".") and len(text) > 15 for text in texts)


def test_marks_name_their_rules() -> None:
    assert rules_in(marks_of("midnight", "duplicate")) == ("duplicate", "midnight")
    assert rules_in(0) == ()


def test_a_rule_that_is_not_there_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownIdError, match="midnight"):
        get_rule("midnigth")
    with pytest.raises(UnknownIdError, match="stamp_order"):
        CleaningContext(without=frozenset({"stamp_ordre"}))


def test_rules_of_reading_cannot_be_switched_off_by_cleaning() -> None:
    with pytest.raises(UnknownIdError):
        CleaningContext(without=frozenset({"unreadable_time"}))
