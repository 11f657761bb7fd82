"""`study.toml` to settings, every fault an issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from beredt.model.dictionary import load_fields
from beredt.model.issue import Issue
from beredt.model.reading.files import SETTINGS_FILE
from beredt.model.reading.salvage import salvage
from beredt.model.reading.toml_file import parse_toml
from beredt.model.reading.toml_issues import key_path, toml_issues
from beredt.model.settings import StudySettings


@dataclass(frozen=True, slots=True)
class SettingsReading:
    """What could be made of `study.toml`.

    With issues, `settings` is what is left when the faulty parts are taken out (None when nothing is), good only
    for finding more faults; `faulty` names the top sections at fault and, apart, `study.region` and `study.year`.
    """

    settings: StudySettings | None
    text: str
    issues: tuple[Issue, ...]
    faulty: frozenset[str]


def parse_settings(contents: Mapping[str, bytes]) -> SettingsReading:
    """The settings in `study.toml`, and every fault in it."""
    if SETTINGS_FILE not in contents:
        return SettingsReading(None, "", (), frozenset())
    document, text, issues = parse_toml(SETTINGS_FILE, contents[SETTINGS_FILE])
    if document is None:
        return SettingsReading(None, text, issues, frozenset())
    try:
        return SettingsReading(StudySettings.model_validate(document), text, (), frozenset())
    except ValidationError as error:
        details = error.errors(include_url=False)
    paths = [key_path(detail) for detail in details if detail["type"] != "extra_forbidden"]
    faulty = frozenset(str(path[0]) for path in paths) | frozenset(
        f"study.{key}" for key in ("region", "year") for path in paths if path in {("study",), ("study", key)}
        or path[:2] == ("study", key)
    )  # fmt: skip
    found = toml_issues(SETTINGS_FILE, text, load_fields("settings"), details)
    return SettingsReading(salvage(document, details), text, found, faulty)
