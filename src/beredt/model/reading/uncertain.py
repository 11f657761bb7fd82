"""`[[probabilistic.uncertain]]` to uncertain numbers, every fault an issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beredt.model.edits.parse import ParsedEdits, parse_edits
from beredt.model.issue import Issue
from beredt.model.reading.files import SETTINGS_FILE
from beredt.model.reading.settings import SettingsReading
from beredt.model.reading.toml_file import find_line
from beredt.model.reading.toml_issues import Path, dotted
from beredt.model.settings_sections import UncertainSection
from beredt.model.uncertain import Uncertain

HOLE = "?"


@dataclass(frozen=True, slots=True)
class UncertainReading:
    """One uncertain number. `parsed` are its edits at the mode, `path` where they stand in the settings."""

    path: Path
    parsed: ParsedEdits
    uncertain: Uncertain
    issues: tuple[Issue, ...]


def parse_uncertain(reading: SettingsReading) -> tuple[UncertainReading, ...]:
    """All uncertain numbers in their order; edits are tried at the low, the likely and the high value."""
    section = reading.settings.probabilistic if reading.settings else None
    entries = section.uncertain if section and "probabilistic" not in reading.faulty else ()
    return tuple(_parse(reading, entry, number) for number, entry in enumerate(entries))


def _parse(reading: SettingsReading, entry: UncertainSection, number: int) -> UncertainReading:
    path: Path = ("probabilistic", "uncertain", number, "edits")
    at = {
        value: parse_edits(SETTINGS_FILE, reading.text, [_filled(one, value) for one in entry.edits], path)
        for value in (entry.mode, entry.low, entry.high)
    }
    parsed = at[entry.mode]
    holes = tuple((place, key) for place, one in enumerate(entry.edits) for key, value in one.items() if value == HOLE)
    issues = list({(issue.field, issue.message): issue for one in at.values() for issue in one.issues}.values())
    if not holes:
        message, remedy = "no edit holds the number", f'write "{HOLE}" in the place of the number'
        issues.append(Issue(SETTINGS_FILE, find_line(reading.text, path), dotted(path), None, 1, message, remedy))
    uncertain = Uncertain(entry.id, dict(entry.name), entry.low, entry.mode, entry.high, parsed.edits, holes)
    return UncertainReading(path, parsed, uncertain, tuple(issues))


def _filled(edit: Mapping[str, Any], value: float) -> dict[str, Any]:
    return {key: value if one == HOLE else one for key, one in edit.items()}
