"""Whole files cut off, replaced, or with bytes out of place."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.oracle import meaning, snapshot
from tests.model.workshop import (
    ALL_FILES,
    SOME,
    TABLE_FILES,
    TABLES,
    Workshop,
    assert_only_differs,
    assert_spoilt,
    assert_toml_is_what_it_says,
    errors,
    rows_of,
)
from tests.tiny_study import tiny_files

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
