"""Alternatives and sensitivities must fit the service, and what they make must still be able to serve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beredt.model.alternative import TODAY
from beredt.model.checks.service import check_service
from beredt.model.checks.settings import missing_languages
from beredt.model.edits.apply import resolve_edits, suggestion
from beredt.model.edits.complaint import Complaint
from beredt.model.edits.outside import list_outside
from beredt.model.edits.parse import ParsedEdits
from beredt.model.issue import Issue, shown
from beredt.model.reading.alternative import AlternativeReading
from beredt.model.reading.files import SETTINGS_FILE
from beredt.model.reading.settings import SettingsReading
from beredt.model.reading.toml_file import find_line
from beredt.model.reading.toml_issues import Path, dotted
from beredt.model.reading.uncertain import UncertainReading
from beredt.model.service import Service
from beredt.model.settings_sections import Region


def check_alternatives(
    service: Service,
    readings: Sequence[AlternativeReading],
    sensitivities: Sequence[ParsedEdits],
    uncertain: Sequence[UncertainReading],
    settings: SettingsReading,
    patients: bool = False,
) -> Iterator[Issue]:
    """Every complaint about every edit, what edited services lack, and names that settings and files disagree on.

    `sensitivities` and `uncertain` are in the order of the settings; `patients` is as for `check_service`.
    """
    region = _region(settings)
    yield from _heads(readings, settings)
    lacks_of_base = {(lack.table, lack.id, lack.field, lack.message) for lack in check_service(service, patients)}
    edited: dict[str, Service] = {}
    sound: dict[str, Service] = {}
    for reading in readings:
        result, issues = _resolve(service, reading.edits, reading.file, reading.text, ("edits",), region)
        yield from issues
        if not issues and not reading.issues:
            for lack in check_service(result, patients):
                if lack.severity == "error" and (*lack[:3], lack.message) not in lacks_of_base:
                    message = f"after all edits {lack.message}"
                    yield Issue(reading.file, None, "edits", lack.id, 1, message, lack.remedy)
        if reading.alternative is not None:
            edited[reading.alternative.id] = result
            if not issues and not reading.issues:
                sound[reading.alternative.id] = result
    services = {"": service} | edited
    yield from _sensitivities(services, sensitivities, settings, region)
    for one in uncertain:
        yield from _on_all(services, one.parsed, one.path, (), settings, region)
    yield from _names(readings, sound, settings)


def _region(settings: SettingsReading) -> Region | None:
    if settings.settings is None or "study.region" in settings.faulty:
        return None
    return settings.settings.study.region


def _heads(readings: Sequence[AlternativeReading], settings: SettingsReading) -> Iterator[Issue]:
    """Ids used twice and missing languages."""
    seen: dict[str, str] = {}
    for reading in readings:
        if reading.alternative is None:
            continue
        key = reading.alternative.id
        line = find_line(reading.text, ("id",))
        if key in seen:
            message = f"alternative {key!r} is also in {seen[key]}"
            yield Issue(reading.file, line, "id", key, 1, message, "give each alternative its own id")
        seen.setdefault(key, reading.file)
        if key == TODAY:
            message = f"{key!r} is what results call the base"
            yield Issue(reading.file, line, "id", key, 1, message, "give the alternative another id")
        if settings.settings is None or "study" in settings.faulty:
            continue
        texts = {"title": reading.alternative.title, "description": reading.alternative.description}
        if reading.alternative.note:
            texts["note"] = reading.alternative.note
        for name, text in texts.items():
            for language in missing_languages(settings.settings.study.languages, text):
                message = f"there is no text in {language}, a language of the study"
                line = find_line(reading.text, (name,))
                yield Issue(reading.file, line, name, None, 1, message, f"add {language} = …")


def _resolve(
    service: Service, parsed: ParsedEdits, file: str, text: str, path: Path, region: Region | None
) -> tuple[Service, list[Issue]]:
    """The service after the edits that fit, and the complaints about the others as issues."""
    result, complaints = resolve_edits(service, parsed.edits, file, numbers=parsed.numbers, promised=parsed.promised)
    issues = [_complaint_issue(complaint, text, path) for complaint in complaints]
    for one in list_outside(region, parsed.edits, parsed.numbers) if region is not None else ():
        where = (*path, one.number - 1, "lat")
        line = find_line(text, where)
        issues.append(Issue(file, line, dotted(where), one.place, 1, one.message, one.remedy, one.lat, one.lon))
    return result, issues


def _complaint_issue(complaint: Complaint, text: str, path: Path) -> Issue:
    where = (*path, complaint.number - 1, complaint.key)
    message = f"{complaint.kind}: {complaint.message}"
    line = find_line(text, where)
    return Issue(complaint.file, line, dotted(where), complaint.value or None, 1, message, complaint.remedy)


def _sensitivities(
    services: dict[str, Service],
    sensitivities: Sequence[ParsedEdits],
    settings: SettingsReading,
    region: Region | None,
) -> Iterator[Issue]:
    """Each sensitivity on the base (named "") and on every alternative, or on those it names."""
    for number, parsed in enumerate(sensitivities):
        named = settings.settings.sensitivities[number].alternatives if settings.settings else ()
        yield from _on_all(services, parsed, ("sensitivities", number, "edits"), named, settings, region)


def _on_all(
    services: dict[str, Service],
    parsed: ParsedEdits,
    path: Path,
    named: Sequence[str],
    settings: SettingsReading,
    region: Region | None,
) -> Iterator[Issue]:
    """Edits laid on all services, or on those named; a fault is told once, where it shows first."""
    told: set[tuple[str | None, str]] = set()
    for alternative, service in services.items():
        if named and alternative not in named:
            continue
        _, issues = _resolve(service, parsed, SETTINGS_FILE, settings.text, path, region)
        for issue in issues:
            if (issue.field, issue.message) not in told:
                told.add((issue.field, issue.message))
                yield issue if not alternative else _on_top(issue, alternative)


def _on_top(issue: Issue, alternative: str) -> Issue:
    message = f"on top of alternative {alternative}: {issue.message}"
    return Issue(issue.file, issue.row, issue.field, issue.value, issue.count, message, issue.remedy)


def _names(
    readings: Sequence[AlternativeReading], sound: dict[str, Service], reading: SettingsReading
) -> Iterator[Issue]:
    """Alternatives and stations that the settings name; silent where an alternative is at fault itself."""
    ids = {one.alternative.id for one in readings if one.alternative is not None}
    if reading.settings is None or any(one.alternative is None for one in readings):
        return
    gate, break_even = reading.settings.gate, reading.settings.break_even
    if gate and gate.baseline not in ids:
        yield _unknown(reading, ("gate", "baseline"), gate.baseline, ids, "alternative")
    for number, sensitivity in enumerate(reading.settings.sensitivities):
        for alternative in sensitivity.alternatives:
            if alternative not in ids:
                yield _unknown(reading, ("sensitivities", number, "alternatives"), alternative, ids, "alternative")
    for alternative, station in break_even.stations.items() if break_even else ():
        path: Path = ("break_even", "stations", alternative)
        if alternative not in ids:
            yield _unknown(reading, path, alternative, ids, "alternative")
        elif alternative in sound and station not in (known := {one.id for one in sound[alternative].stations}):
            yield _unknown(reading, path, station, known, "station")


def _unknown(reading: SettingsReading, path: Path, value: str, known: set[str], what: str) -> Issue:
    line = find_line(reading.text, path)
    message = f"there is no {what} {value!r}"
    return Issue(SETTINGS_FILE, line, dotted(path), shown(value), 1, message, suggestion(value, known))
