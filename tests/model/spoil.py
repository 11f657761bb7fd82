"""Spoiling the tiny study: one change at a time, and what reading it then says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from beredt.model.issue import Issue, has_errors
from beredt.model.read import read_study
from beredt.model.study import Study
from tests.tiny_study import tiny_files, write_files


def issues_of(folder: Path, changes: Mapping[str, str | bytes | None]) -> tuple[Issue, ...]:
    """Issues of the tiny study, written to `folder` with whole files changed, or left out where None."""
    study, issues = read_spoilt(folder, changes)
    assert (study is None) == has_errors(issues)
    return issues


def read_spoilt(folder: Path, changes: Mapping[str, str | bytes | None]) -> tuple[Study | None, tuple[Issue, ...]]:
    """The tiny study with whole files changed, or left out where None, as `read_study` answers."""
    kept = {name: text for name, text in {**tiny_files(), **changes}.items() if text is not None}
    return read_study(write_files(folder, kept))


def replaced(file: str, old: str, new: str, count: int = 1) -> dict[str, str | bytes | None]:
    """A change that puts `new` for the first `count` places of `old` in a file, which must be there."""
    text = tiny_files()[file]
    assert old in text, f"{old!r} is not in {file}"
    return {file: text.replace(old, new, count)}


def appended(file: str, line: str) -> dict[str, str | bytes | None]:
    """A change that adds a line at the end of a file."""
    return {file: tiny_files()[file] + line + "\n"}


def only(issues: Iterable[Issue], file: str, field: str | None = None) -> Issue:
    """The one issue about a file (and field); fails if there is none or another."""
    listed = list(issues)
    found = [issue for issue in listed if issue.file == file and field in {None, issue.field}]
    assert len(found) == 1, [issue.text() for issue in listed]
    assert len(listed) == 1, [issue.text() for issue in listed]
    return found[0]


def messages(issues: Iterable[Issue]) -> list[str]:
    """All issues as text, for readable failures."""
    return [issue.text() for issue in issues]
