"""Every language says the same things, and no text holds a figure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from beredt.errors import UnknownIdError
from beredt.indicators.measures.catalogue import load_measures
from beredt.model.dictionary import load_edits, load_fields
from beredt.report.measures import measure
from beredt.report.number_format import NumberFormat
from beredt.report.words import Words, list_languages, load_words

# The study's own name for its first criterion; no figure.
NAMES_WITH_DIGITS = ("premise 1", "premiss 1")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_are_there() -> None:
    assert {"nb", "en"} <= set(list_languages())


@pytest.mark.parametrize("language", list_languages())
def test_languages_have_the_same_keys_and_placeholders(language: str) -> None:
    english, other = load_words("en").texts, load_words(language).texts
    assert set(english) == set(other)
    differing = [key for key in english if placeholders(english[key]) != placeholders(other[key])]
    assert not differing


@pytest.mark.parametrize("language", list_languages())
def test_no_text_holds_a_figure(language: str) -> None:
    for key, text in load_words(language).texts.items():
        bare = re.sub(r"\{\w+\}", "", text).lower()
        for name in NAMES_WITH_DIGITS:
            bare = bare.replace(name, "")
        assert not re.search(r"\d", bare), f"{language}.toml, {key}: {text}"


@pytest.mark.parametrize("language", list_languages())
def test_every_measure_choice_and_reason_has_words(language: str) -> None:
    words = load_words(language)
    numbers = NumberFormat(words)
    unnamed = [one for one in load_measures() if measure(one).name(words, numbers) == one]
    assert unnamed == []
    for table, field, prefix in (
        ("gate", "verdict", "verdict"),
        ("gate", "verdict", "verdict.short"),
        ("reach_facts", "verdict", "reach"),
        ("break_even_points", "not_tried", "break_even.not_tried"),
        ("published", "missing", "published.missing"),
        ("people", "measure", "people"),
    ):
        choices = next(one for one in load_fields(f"results/{table}") if one.name == field).choices
        for choice in choices:
            known = words.has(f"{prefix}.{choice}") or choice == "near_centre_border"  # shown under borders
            assert known, f"{language}.toml lacks {prefix}.{choice}"


@pytest.mark.parametrize("language", list_languages())
def test_every_edit_has_a_line_and_every_key_a_name(language: str) -> None:
    words = load_words(language)
    for kind, fields in load_edits().items():
        text = words.placeholders(f"edit.{kind}")
        assert text <= {*fields, "changes", "where"}, kind
        for key, field in fields.items():
            listed_as_places = key in ("municipalities", "districts", "areas", "rate_regions")
            if not field.required and not listed_as_places and key not in text:
                assert words.has(f"edit.key.{key}"), key
            missing = [one for one in field.choices if one != "*" and not words.has(f"edit.value.{one}")]
            assert not missing, f"{kind}.{key}"


def _used_keys(root: Path) -> Iterator[tuple[str, str]]:
    """(file, key) for every text asked for by a key that stands in the source; f-strings up to their first gap."""
    for path in sorted((root / "src" / "beredt" / "report").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _is_words(node.func):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield path.name, first.value
                elif isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
                    yield path.name, str(first.values[0].value) + "*"


def _is_words(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr in ("words", "counted") or (function.attr == "has" and _is_words(function.value))
    return isinstance(function, ast.Name) and function.id == "words"


def test_every_key_in_the_source_is_in_the_language_files(root: Path) -> None:
    texts = load_words("en").texts
    lacking = []
    for file, key in _used_keys(root):
        start = key.removesuffix("*")
        # An f-string, or a text with forms for one and for many, is known by its beginning.
        if key not in texts and not any(one.startswith(start) for one in texts):
            lacking.append(f"{file}: {key}")
    assert not lacking


def test_an_unknown_language_and_an_unknown_text_say_what_was_asked_for() -> None:
    with pytest.raises(UnknownIdError, match="no report language 'nm'"):
        load_words("nm")
    with pytest.raises(UnknownIdError, match=r"did you mean 'gate\.none'"):
        load_words("en")("gate.non")


def test_lists_read_as_people_write_them() -> None:
    words = load_words("en")
    assert words.listed([]) == "none"
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b"]) == "a and b"
    assert words.listed(iter(["a", "b", "c"])) == "a, b and c"
    assert load_words("nb").listed(["a", "b", "c"]) == "a, b og c"


def test_a_study_text_falls_back_on_english_and_then_on_anything() -> None:
    words = load_words("nb")
    assert words.local({"nb": "ja", "en": "yes"}) == "ja"
    assert words.local({"en": "yes", "nn": "jau"}) == "yes"
    assert words.local({"nn": "jau"}) == "jau"
    assert words.local({}) == ""


def test_a_sentence_begins_with_a_capital() -> None:
    words = Words("en", {})
    assert words.sentence("alternative 2") == "Alternative 2"
    assert words.sentence("") == ""
