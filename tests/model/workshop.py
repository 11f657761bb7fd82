"""A workshop for planting faults in the tiny study, and for judging what reading it then answers.

Changes are of three sorts, told apart by `oracle`, which judges cells without the reader's code:

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
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from beredt.model.dictionary import load_tables
from beredt.model.field import Field
from beredt.model.issue import Issue
from beredt.model.read import read_study
from beredt.model.study import Study
from tests.model.oracle import flat, snapshot
from tests.tiny_study import ORDINARY_TABLES, tiny_files, write_tiny_study

TABLES = load_tables()
TABLE_FILES = [f"{name}.csv" for name in ORDINARY_TABLES]
ALL_FILES = sorted(tiny_files())

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


cells = st.sampled_from(TABLE_FILES).flatmap(
    lambda file: st.tuples(
        st.just(file),
        st.integers(1, len(rows_of(file)) - 1),
        st.integers(0, len(rows_of(file)[0]) - 1),
    )
)
