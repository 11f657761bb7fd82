"""Keys, values and sections of the TOML files misspelled, left out, or of another type."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from beredt.model.issue import Issue
from beredt.model.study import Study
from tests.model.workshop import (
    SOME,
    Workshop,
    assert_spoilt,
    assert_toml_is_what_it_says,
    errors,
)
from tests.tiny_study import tiny_files

TOML_FILES = ["study.toml", "alternatives/0-plus.toml", "alternatives/2.toml"]

TOML_JUNK = (
    "nan", "inf", "-inf", "-1", "0", "1", "2.5", "1e300", "9" * 30, "true", '""', '"x"', '"*"', '"A"', '"nobody"', "[]",
    "[1, 2]", '["x"]', '["A>H"]', '["V>A"]', "{}", "{ x = 1 }", '{ en = "x" }', '{ nb = "x", en = "y" }', "2026-01-01",
    "2026-01-01T10:00:00", "07:00:00", '"all-day"', '"st-east"', '"0+"', '"nb"', '["nb", "en", "nn"]', "12", '"holm"',
)  # fmt: skip


def key_lines(file: str) -> list[int]:
    return [n for n, line in enumerate(tiny_files()[file].split("\n")) if " = " in line and not line.startswith("[")]


toml_lines = st.sampled_from(TOML_FILES).flatmap(
    lambda file: st.tuples(st.just(file), st.sampled_from(key_lines(file)))
)


def toml_read(workshop: Workshop, file: str, lines: list[str]) -> tuple[Study | None, tuple[Issue, ...]]:
    content = "\n".join(lines).encode()
    study, issues = workshop.read({file: content})
    if study is None:
        assert errors(issues)
    else:
        assert_toml_is_what_it_says(study, file, content)
    return study, issues


@SOME
@given(place=toml_lines, text=st.sampled_from(TOML_JUNK))
def test_any_value_of_any_key(workshop: Workshop, place: tuple[str, int], text: str) -> None:
    file, number = place
    lines = tiny_files()[file].split("\n")
    lines[number] = lines[number].partition(" = ")[0] + " = " + text
    study, issues = toml_read(workshop, file, lines)
    if text in {"nan", "inf", "-inf", "2026-01-01T10:00:00", "07:00:00", "9" * 30, "{ x = 1 }"}:
        assert_spoilt((study, issues), file, lines[number])


@SOME
@given(place=toml_lines)
def test_a_misspelled_key(workshop: Workshop, place: tuple[str, int]) -> None:
    file, number = place
    lines = tiny_files()[file].split("\n")
    key, _, value = lines[number].partition(" = ")
    if key.strip('"').isdigit() or key == '"0+"':
        key = "9"  # the names of alternatives under [break_even.stations]
    lines[number] = f"{key}x = {value}"
    answer = toml_read(workshop, file, lines)
    assert_spoilt(answer, file, lines[number])


@SOME
@given(place=toml_lines)
def test_a_key_less(workshop: Workshop, place: tuple[str, int]) -> None:
    file, number = place
    lines = tiny_files()[file].split("\n")
    del lines[number]
    toml_read(workshop, file, lines)


@SOME
@given(file=st.sampled_from(TOML_FILES), data=st.data())
def test_a_misspelled_section(workshop: Workshop, file: str, data: st.DataObject) -> None:
    lines = tiny_files()[file].split("\n")
    headers = [n for n, line in enumerate(lines) if line.startswith("[")]
    if headers:
        number = data.draw(st.sampled_from(headers))
        lines[number] = lines[number].replace("]", "x]", 1)
        assert_spoilt(toml_read(workshop, file, lines), file, lines[number])
