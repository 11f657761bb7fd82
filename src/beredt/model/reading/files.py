"""The files of a study folder: found, read once, and fingerprinted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from beredt.model.dictionary import TableDescription
from beredt.model.did_you_mean import find_closest
from beredt.model.issue import Issue
from beredt.model.reading.form import find_form
from beredt.model.study_form import StudyForm

SETTINGS_FILE = "study.toml"
OUTLINES_FILE = "outlines.geojson"
OUTLINES_NEEDED_BY = "rates"
"""The maps of a report need them; a call trace is replayed without."""
ALTERNATIVES_FOLDER = "alternatives"
ROADS_FOLDER = "roads"
ROAD_MAP_FILE = f"{ROADS_FOLDER}/roads.map"
"""Imported roads, as `beredt import` writes them."""
BINARY_ENDINGS = (".parquet", ".map")
TABLE_ENDINGS = (".csv", ".parquet")


def read_files(
    folder: Path, tables: Mapping[str, TableDescription]
) -> tuple[StudyForm, dict[str, bytes], tuple[Issue, ...]]:
    """The form of a study, and all files that belong to it: path inside the folder (with `/`) → content, sorted.

    `tables` are all that a study may have; the form says which of them are needed and which are read. Issues are
    missing and unreadable files, tables given twice, and table files that nothing reads.
    """
    form = find_form(_content(folder / SETTINGS_FILE))
    wanted, issues = _wanted(folder, tables, form)
    contents: dict[str, bytes] = {}
    for name in sorted(wanted):
        try:
            contents[name] = (folder / name).read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            issues.append(_file_issue(name, f"the file cannot be read: {reason}", "make it a readable file"))
    return form, contents, tuple(issues)


def _content(path: Path) -> bytes | None:
    """What is in a file; None where it cannot be read, which is told later."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def fingerprint(contents: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents of all files, sorted by name.

    Text counts without byte order mark and with line feeds only, so that a copy through another system keeps its
    fingerprint.
    """
    digest = hashlib.sha256()
    for name in sorted(contents):
        content = contents[name]
        if not name.endswith(BINARY_ENDINGS):
            content = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _wanted(folder: Path, tables: Mapping[str, TableDescription], form: StudyForm) -> tuple[list[str], list[Issue]]:
    present, issues = _names(folder, ".")
    wanted: list[str] = []
    for name in (SETTINGS_FILE, OUTLINES_FILE):
        if name in present:
            wanted.append(name)
        elif name == SETTINGS_FILE or form.asks(OUTLINES_NEEDED_BY):
            issues.append(_missing(name, present))
    known = {table + ending for table in tables for ending in TABLE_ENDINGS}
    strangers = [name for name in present if name not in known]
    for table, description in tables.items():
        files = [table + ending for ending in TABLE_ENDINGS if table + ending in present]
        if not form.asks(description.read_by):
            issues += [_unused(name, form) for name in files]
            continue
        wanted += files[:1]
        if not files and form.asks(description.needed_by):
            issues.append(_missing(f"{table}.csv", strangers))
        elif len(files) > 1:
            message = f"the table is given twice, as {' and '.join(files)}"
            issues.append(_file_issue(files[0], message, "keep one of the two files"))
    unread = [name for name in present if name.endswith(TABLE_ENDINGS) and name not in known]
    for name in unread:
        issues.append(_file_issue(name, "no table has this name: the file is not read", _rename(name, known), False))
    if form.asks("map"):
        if (folder / ROAD_MAP_FILE).is_file():
            wanted.append(ROAD_MAP_FILE)
        else:
            remedy = f"beredt import osm FILE --out {folder}, or correct form in [roads]"
            issues.append(_file_issue(ROAD_MAP_FILE, "the study has no imported roads", remedy))
    alternatives, more = _alternatives(folder / ALTERNATIVES_FOLDER)
    return wanted + alternatives, issues + more


def _unused(name: str, form: StudyForm) -> Issue:
    message = f"a study with roads.form = {form.roads} and demand.source = {form.demand} has no use for this table"
    return _file_issue(name, message, "take it out of the folder, or correct study.toml", False)


def _alternatives(folder: Path) -> tuple[list[str], list[Issue]]:
    if not folder.is_dir():
        return [], []
    names, issues = _names(folder, ALTERNATIVES_FOLDER)
    issues += [
        _file_issue(
            f"{ALTERNATIVES_FOLDER}/{name}",
            "not an alternative: the file is not read",
            "give it the ending .toml, or put it elsewhere",
            False,
        )
        for name in names
        if not name.endswith(".toml")
    ]
    return [f"{ALTERNATIVES_FOLDER}/{name}" for name in names if name.endswith(".toml")], issues


def _names(folder: Path, shown_as: str) -> tuple[list[str], list[Issue]]:
    """Names in a folder, sorted, without hidden ones; none, and an issue, if it cannot be looked into."""
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")), []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [], [_file_issue(shown_as, f"the folder cannot be read: {reason}", "give a folder you may read")]


def _missing(name: str, present: list[str]) -> Issue:
    close = find_closest(name, present)
    remedy = f"rename {close}, or add the file" if close else "add the file; a table without rows has its header only"
    return _file_issue(name, "the file is missing", remedy)


def _rename(name: str, known: set[str]) -> str:
    close = find_closest(name, known)
    return f"did you mean {close}?" if close else "take it out of the folder"


def _file_issue(name: str, message: str, remedy: str, error: bool = True) -> Issue:
    return Issue(name, None, None, None, 1, message, remedy, severity="error" if error else "warning")
