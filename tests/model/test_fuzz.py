"""Any fault planted in any file ends in a list of issues, never in a traceback or a silent wrong answer.

Three sorts of change, told apart by `oracle`, which judges cells without the reader's code:

* changes that spoil the study must bring an error about the file;
* changes of form only must bring no error and leave the study as it was;
* changes to another value that could be meant either bring an error (the value does not fit the rest of the study), or
  are read as exactly that value with everything else as it was.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beredt.model.dictionary import load_tables
from beredt.model.field import Field
from beredt.model.issue import Issue
from beredt.model.read import read_study
from beredt.model.study import Study
from tests.model.oracle import INVALID, flat, meaning, snapshot
from tests.tiny_study import tiny_files, write_tiny_study

TABLES = load_tables()
TABLE_FILES = [f"{name}.csv" for name in TABLES]

JUNK = (
    "", " ", "x", "Ø", "?", "NaN", "nan", "inf", "-inf", "1e999", "1e15", "-1", "-0.001", "0", "1", "2", "0.5", "1.0",
    "007", "+3", "1,5", "1 000", "1_000", "0x10", "١٢", "1e2", ".5", "5.", "--1", "NULL", "None", "n/a", "true",
    "FALSE", "24:00", "00:00", "8:00", "25:00", "12:60", "mon-sun", "sun-mon", "mon;mon", "mon-", ";", "a;b", "st-east",
    "st-east;st-west", "st-east;", "A", "a", "Z", "0-9", "90+", "2026", "1899", "59.9", "10.6", "999999999", "=1+1",
    "a\tb", "a\u200bb", "a\u2028b", "\ufeff", "-", "_", "-a", "nobody", "all-day", "ambulance", "published", "seamless",
)  # fmt: skip

# Every example reads a whole study. A profile with more examples (`pytest --hypothesis-profile`) digs deeper.
SOME = settings(max_examples=max(settings().max_examples // 4, 1))


class Workshop:
    """A folder with the tiny study in which files are changed for a while."""

    def __init__(self, folder: Path) -> None:
        self.folder = write_tiny_study(folder)
        study, issues = read_study(folder)
        assert study is not None
        assert issues == ()
        self.sound = snapshot(study)

    def read(self, changes: Mapping[str, bytes | None]) -> tuple[Study | None, tuple[Issue, ...]]:
        """Read the study with files changed (None: left out), and put the old ones back."""
        for name, content in changes.items():
            self._put(name, content)
        try:
            return read_study(self.folder)
        finally:
            for name in changes:
                self._put(name, tiny_files()[name].encode() if name in tiny_files() else None)

    def _put(self, name: str, content: bytes | None) -> None:
        if content is None:
            (self.folder / name).unlink(missing_ok=True)
        else:
            (self.folder / name).write_bytes(content)


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with TemporaryDirectory() as folder:
        yield Workshop(Path(folder))


@cache
def rows_of(file: str) -> tuple[tuple[str, ...], ...]:
    """Header and rows of a table of the tiny study."""
    return tuple(tuple(row) for row in csv.reader(io.StringIO(tiny_files()[file])))


def csv_bytes(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def copied(file: str) -> list[list[str]]:
    return [list(row) for row in rows_of(file)]


def field_of(file: str, column: int) -> Field:
    return TABLES[file.removesuffix(".csv")].get_field(rows_of(file)[0][column])


def errors(issues: tuple[Issue, ...]) -> list[Issue]:
    return [issue for issue in issues if issue.severity == "error"]


def assert_spoilt(answer: tuple[Study | None, tuple[Issue, ...]], file: str, what: str) -> None:
    study, issues = answer
    assert study is None, f"{what} in {file} was read without a word: {[issue.text() for issue in issues]}"
    assert any(issue.file == file for issue in errors(issues)), (what, file, [issue.text() for issue in issues])


def assert_only_differs(workshop: Workshop, study: Study, part: str, expected: Any) -> None:
    """The study is the sound one but for one part, which is as expected."""
    found = snapshot(study)
    different = [name for name in found if found[name] != (expected if name == part else workshop.sound[name])]
    assert not different, {name: found[name] for name in different}


# ---- one cell ------------------------------------------------------------------------------------------------------

cells = st.sampled_from(TABLE_FILES).flatmap(
    lambda file: st.tuples(
        st.just(file),
        st.integers(1, len(rows_of(file)) - 1),
        st.integers(0, len(rows_of(file)[0]) - 1),
    )
)
texts = st.one_of(
    st.sampled_from(JUNK),
    st.sampled_from(sorted({cell for file in TABLE_FILES for row in rows_of(file)[:12] for cell in row})),
    st.floats(allow_nan=True).map(str),
    st.integers(-(10**20), 10**20).map(str),
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=8),
)


@given(cell=cells, text=texts)
@example(cell=("hospital_choice.csv", 2, 2), text="hosp-east")
@example(cell=("population.csv", 3, 1), text="2026")
@example(cell=("rosters.csv", 2, 3), text="07:00")
@example(cell=("areas.csv", 12, 3), text="")
def test_any_text_in_any_cell(workshop: Workshop, cell: tuple[str, int, int], text: str) -> None:
    file, row, column = cell
    rows = copied(file)
    before, rows[row][column] = rows[row][column], text
    study, issues = workshop.read({file: csv_bytes(rows)})
    field = field_of(file, column)
    value = meaning(field, text)
    if value is INVALID:
        assert_spoilt((study, issues), file, f"{field.name} = {text!r}")
    elif value == meaning(field, before):
        assert study is not None, [issue.text() for issue in issues]
        assert_only_differs(workshop, study, "", None)
    elif study is None:
        assert errors(issues)
    else:
        name = file.removesuffix(".csv")
        expected = [dict(one) for one in workshop.sound[name]]
        expected[row - 1][field.name] = list(value) if isinstance(value, tuple) and name == "water" else value
        if name == "water":
            expected.sort(key=lambda one: (one["line"], one["seq"]))
        assert_only_differs(workshop, study, name, expected)


@pytest.mark.parametrize("text", ["", "?!", "NaN", "-inf", "-17", "1e12", "nobody-in-table"])
def test_every_column_of_every_table(workshop: Workshop, text: str) -> None:
    """The same junk in the n-th column of all tables at once: every table that it spoils is named."""
    for column in range(max(len(rows_of(file)[0]) for file in TABLE_FILES)):
        changes: dict[str, bytes | None] = {}
        spoilt = []
        for file in TABLE_FILES:
            if column < len(rows_of(file)[0]):
                rows = copied(file)
                rows[1][column] = text
                changes[file] = csv_bytes(rows)
                field = field_of(file, column)
                dangling = field.refers_to and text == "nobody-at-all"
                if meaning(field, text) is INVALID or dangling:
                    spoilt.append((file, field.name))
        study, issues = workshop.read(changes)
        told = {(issue.file, issue.field) for issue in errors(issues)}
        assert set(spoilt) <= told, sorted(set(spoilt) - told)
        assert study is None or not spoilt


# ---- rows ----------------------------------------------------------------------------------------------------------

rows = st.sampled_from(TABLE_FILES).flatmap(
    lambda file: st.tuples(st.just(file), st.integers(1, len(rows_of(file)) - 1))
)


@SOME
@given(row=rows)
def test_a_row_less(workshop: Workshop, row: tuple[str, int]) -> None:
    file, number = row
    kept = copied(file)
    del kept[number]
    study, issues = workshop.read({file: csv_bytes(kept)})
    if study is None:
        assert errors(issues)
    else:
        name = file.removesuffix(".csv")
        expected = [one for n, one in enumerate(workshop.sound[name]) if n != number - 1]
        found = snapshot(study)
        assert found[name] == expected
        rest = {part: value for part, value in found.items() if part not in {name, "need_factor"}}
        assert rest == {part: workshop.sound[part] for part in rest}


@SOME
@given(row=rows)
def test_a_row_twice(workshop: Workshop, row: tuple[str, int]) -> None:
    file, number = row
    twice = copied(file)
    twice.append(list(twice[number]))
    assert_spoilt(workshop.read({file: csv_bytes(twice)}), file, f"row {number} twice")


@SOME
@given(row=rows, change=st.sampled_from(["shorter", "longer"]))
def test_a_torn_row(workshop: Workshop, row: tuple[str, int], change: str) -> None:
    file, number = row
    torn = copied(file)
    torn[number] = torn[number][:-1] if change == "shorter" else [*torn[number], "1"]
    assert_spoilt(workshop.read({file: csv_bytes(torn)}), file, f"row {number} {change}")


PLACED = [file for file in TABLE_FILES if "lat" in rows_of(file)[0]]


@pytest.mark.parametrize("file", PLACED)
def test_swapped_places(workshop: Workshop, file: str) -> None:
    swapped = copied(file)
    lat, lon = swapped[0].index("lat"), swapped[0].index("lon")
    swapped[1][lat], swapped[1][lon] = swapped[1][lon], swapped[1][lat]
    answer = workshop.read({file: csv_bytes(swapped)})
    assert_spoilt(answer, file, "lat and lon swapped")
    assert any(issue.message == "lat and lon are swapped" for issue in answer[1])


# ---- columns -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["zzz", "LAT", "id "])
def test_renamed_columns(workshop: Workshop, name: str) -> None:
    """The n-th column of all tables renamed at once; an unknown name and a missing column are told for each."""
    for column in range(max(len(rows_of(file)[0]) for file in TABLE_FILES)):
        changes: dict[str, bytes | None] = {}
        for file in TABLE_FILES:
            if column < len(rows_of(file)[0]) and rows_of(file)[0][column] != name.strip():
                renamed = copied(file)
                renamed[0][column] = name
                changes[file] = csv_bytes(renamed)
        _, issues = workshop.read(changes)
        assert set(changes) <= {issue.file for issue in errors(issues)}


@SOME
@given(cell=cells)
def test_a_column_less(workshop: Workshop, cell: tuple[str, int, int]) -> None:
    file, _, column = cell
    field = field_of(file, column)
    less = [row[:column] + row[column + 1 :] for row in copied(file)]
    study, issues = workshop.read({file: csv_bytes(less)})
    if field.required:
        assert_spoilt((study, issues), file, f"no column {field.name}")
    elif study is not None:
        name = file.removesuffix(".csv")
        expected = [{**one, field.name: meaning(field, "")} for one in workshop.sound[name]]
        assert_only_differs(workshop, study, name, expected)


@SOME
@given(file=st.sampled_from(TABLE_FILES), data=st.data())
def test_columns_in_another_order(workshop: Workshop, file: str, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(rows_of(file)[0]))))
    study, issues = workshop.read({file: csv_bytes([[row[n] for n in order] for row in copied(file)])})
    assert study is not None, [issue.text() for issue in issues]
    assert_only_differs(workshop, study, "", None)


# ---- whole files ---------------------------------------------------------------------------------------------------

ALL_FILES = sorted(tiny_files())

FORM: dict[str, Callable[[bytes], bytes]] = {
    "byte order mark": lambda content: b"\xef\xbb\xbf" + content,
    "windows line ends": lambda content: content.replace(b"\n", b"\r\n"),
    "blank lines at the end": lambda content: content + b"\n\n",
}


@pytest.mark.parametrize("form", FORM)
def test_changes_of_form(workshop: Workshop, form: str) -> None:
    changes: dict[str, bytes | None] = {name: FORM[form](text.encode()) for name, text in tiny_files().items()}
    study, issues = workshop.read(changes)
    assert study is not None, [issue.text() for issue in issues]
    assert_only_differs(workshop, study, "", None)


SPOILT: dict[str, bytes] = {
    "nothing": b"",
    "not utf-8": "id,name\nå,ø\n".encode("cp1252"),
    "utf-16": "id,name\n".encode("utf-16"),
    "binary": bytes(range(256)),
    "zeros": bytes(500),
    "html": b"<!DOCTYPE html><html><body>Not found</body></html>\n",
    "a quotation mark": b'"',
}


@pytest.mark.parametrize("content", SPOILT)
def test_something_else_in_place_of_a_file(workshop: Workshop, content: str) -> None:
    for file in ALL_FILES:
        assert_spoilt(workshop.read({file: SPOILT[content]}), file, content)


@SOME
@given(file=st.sampled_from(ALL_FILES), data=st.data())
def test_a_file_cut_off(workshop: Workshop, file: str, data: st.DataObject) -> None:
    whole = tiny_files()[file].encode()
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    study, issues = workshop.read({file: cut})
    if study is None:
        assert errors(issues)
        return
    if file.endswith(".csv"):
        assert cut.endswith(b"\n") or any(issue.file == file and "cut off" in issue.message for issue in issues)
        name = file.removesuffix(".csv")
        body = list(csv.reader(io.StringIO(cut.decode())))[1:]
        found = snapshot(study)
        columns = rows_of(file)[0]
        expected = [
            {key: meaning(TABLES[name].get_field(key), cell) for key, cell in zip(columns, row, strict=True)}
            for row in body
        ]
        assert found[name] == [{field.name: row.get(field.name, one[field.name]) for field in TABLES[name].fields}
                               for row, one in zip(expected, found[name], strict=True)]  # fmt: skip
        rest = {part: value for part, value in found.items() if part not in {name, "need_factor"}}
        assert rest == {part: workshop.sound[part] for part in rest}
    elif file == "outlines.geojson":
        assert json.loads(cut) == study.outlines
    else:
        assert_toml_is_what_it_says(study, file, cut)


@SOME
@given(file=st.sampled_from(ALL_FILES), data=st.data())
def test_bytes_out_of_place(workshop: Workshop, file: str, data: st.DataObject) -> None:
    """Any bytes anywhere: no traceback, and what is not about this file stays as it was."""
    whole = tiny_files()[file].encode()
    at = data.draw(st.integers(0, len(whole)))
    some = data.draw(
        st.one_of(st.binary(min_size=1, max_size=4), st.sampled_from([b",", b'"', b"\n", b"\r", b"=", b"[", b"]"]))
    )
    over = data.draw(st.integers(0, 3))
    study, issues = workshop.read({file: whole[:at] + some + whole[at + over :]})
    if study is None:
        assert errors(issues)
        return
    about = {"study.toml": {"settings", "sensitivities", "rules"}, "outlines.geojson": {"outlines"}}
    own = about.get(file, {"alternatives"} if file.startswith("alt") else {file.removesuffix(".csv"), "need_factor"})
    found = snapshot(study)
    rest = {part: value for part, value in found.items() if part not in own}
    assert rest == {part: workshop.sound[part] for part in rest}


@cache
def parquet_of(file: str) -> bytes:
    out = io.BytesIO()
    pl.DataFrame(rows_of(file)[1:], schema=list(rows_of(file)[0]), orient="row").write_parquet(out)
    return out.getvalue()


@SOME
@given(file=st.sampled_from(TABLE_FILES), data=st.data())
def test_parquet_with_bytes_out_of_place(workshop: Workshop, file: str, data: st.DataObject) -> None:
    whole = parquet_of(file)
    at = data.draw(st.integers(0, len(whole) - 1))
    some = data.draw(st.binary(max_size=4))
    name = file.removesuffix(".csv")
    spoilt = whole[:at] + some + whole[at + data.draw(st.integers(0, 4)) :]
    study, issues = workshop.read({file: None, f"{name}.parquet": spoilt})
    if study is None:
        assert errors(issues)
    else:
        rest = {part: value for part, value in snapshot(study).items() if part not in {name, "need_factor"}}
        assert rest == {part: workshop.sound[part] for part in rest}


# ---- TOML ----------------------------------------------------------------------------------------------------------

TOML_FILES = ["study.toml", "alternatives/0-plus.toml", "alternatives/2.toml"]

TOML_JUNK = (
    "nan", "inf", "-inf", "-1", "0", "1", "2.5", "1e300", "9" * 30, "true", '""', '"x"', '"*"', '"A"', '"nobody"', "[]",
    "[1, 2]", '["x"]', '["A>H"]', '["V>A"]', "{}", "{ x = 1 }", '{ en = "x" }', '{ nb = "x", en = "y" }', "2026-01-01",
    "2026-01-01T10:00:00", "07:00:00", '"all-day"', '"st-east"', '"0+"', '"nb"', '["nb", "en", "nn"]', "12", '"holm"',
)  # fmt: skip


def assert_toml_is_what_it_says(study: Study, file: str, content: bytes) -> None:
    """A document that was read without an error: every key in it is in the study, with its value."""
    document = tomllib.loads(content.decode("utf-8-sig"))
    if file == "study.toml":
        settings = flat(json.loads(json.dumps(study.settings.model_dump(), default=str)))
        for key, value in flat(json.loads(json.dumps(document, default=str))).items():
            if value not in ({}, []):
                assert settings[key] == value, key
        return
    alternative = next(one for one in study.alternatives if one.file == file)
    assert alternative.id == document["id"]
    assert [dict(alternative.title), dict(alternative.description)] == [document["title"], document["description"]]
    assert len(alternative.edits) == len(document.get("edits", []))
    for edit, entry in zip(alternative.edits, document.get("edits", []), strict=True):
        assert edit.kind == entry.pop("edit")
        given_values = {key: list(one) if isinstance(one, tuple) else one for key, one in edit.values().items()}
        assert given_values.items() >= entry.items() if all(isinstance(v, str | float) for v in entry.values()) else (
            all(given_values[key] == value for key, value in entry.items())
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
