"""Settings without their faulty parts, so that one slip in `study.toml` does not hide the faults elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from beredt.model.reading.toml_issues import key_path
from beredt.model.settings import StudySettings

# What stands in for required sections; only checks that do not ask for these values see it.
_STAND_IN: Mapping[str, Any] = {
    "study": {
        "id": "unknown",
        "title": {"en": "unknown"},
        "languages": ["en"],
        "year": 2000,
        "start": "2000-01-01",
        "region": {"south": -90.0, "west": -180.0, "north": 90.0, "east": 180.0},
        "base_title": {"en": "unknown"},
    },
    "simulation": {"seed": 0, "replications": 1, "days": 1},
    "targets": [{"urgency": "A", "where": "urban", "minutes": 12, "share": 0.9}],
}


def salvage(document: Mapping[str, Any], errors: Iterable[ErrorDetails]) -> StudySettings | None:
    """The settings in `document` after unknown keys, faulty entries of lists and faulty sections are taken out.

    Required sections get stand-ins, of which year and region are kept if they are whole. None if that does not
    help.
    """
    kept = {key: value for key, value in document.items() if key in StudySettings.model_fields}
    details = list(errors)
    for section in {str(key_path(error)[0]) for error in details if key_path(error)}:
        if section in StudySettings.model_fields:
            kept[section] = _without_faults(section, kept.get(section), details)
    kept = {key: value for key, value in kept.items() if value is not None}
    try:
        return StudySettings.model_validate(kept, strict=False)
    except ValidationError:
        return None


def _without_faults(section: str, value: Any, errors: Iterable[ErrorDetails]) -> Any:
    """A section without its unknown keys and faulty entries; a stand-in, or None, if more than that is wrong."""
    mine = [(key_path(error), error["type"]) for error in errors if key_path(error)[:1] == (section,)]
    if isinstance(value, list):
        bad = {path[1] for path, _ in mine if len(path) > 1}
        rest = [entry for position, entry in enumerate(value) if position not in bad]
        return rest or _STAND_IN.get(section)
    if isinstance(value, Mapping) and all(kind == "extra_forbidden" for _, kind in mine):
        cleaned = value
        for path, _ in mine:
            cleaned = _without_key(cleaned, path[1:])
        return cleaned
    if section == "study" and isinstance(value, Mapping):
        faulty = {path[1] for path, _ in mine if len(path) > 1}
        whole = {key: value[key] for key in ("year", "region") if key in value and key not in faulty}
        return {**_STAND_IN["study"], **whole}
    return _STAND_IN.get(section)


def _without_key(value: Any, path: tuple[str | int, ...]) -> Any:
    if not path or not isinstance(value, Mapping):
        return value
    if len(path) == 1:
        return {key: entry for key, entry in value.items() if key != path[0]}
    return {key: _without_key(entry, path[1:]) if key == path[0] else entry for key, entry in value.items()}
