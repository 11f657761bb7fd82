"""Reading a study: from a folder to a `Study`, or to the list of everything that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from beredt.errors import StudyError
from beredt.model.checks.alternative_ids import check_alternative_ids
from beredt.model.checks.alternatives import check_alternatives
from beredt.model.checks.completeness import check_completeness
from beredt.model.checks.criteria import check_criteria
from beredt.model.checks.edit_forms import check_edit_forms
from beredt.model.checks.form import check_form
from beredt.model.checks.keys import check_keys
from beredt.model.checks.lack import SETTINGS
from beredt.model.checks.outlines import check_outlines
from beredt.model.checks.places import check_places
from beredt.model.checks.references import check_references
from beredt.model.checks.risk import check_risk
from beredt.model.checks.roads import check_roads
from beredt.model.checks.rosters import check_never_on_duty, check_roster_overlaps
from beredt.model.checks.rows import check_rows
from beredt.model.checks.service import check_service
from beredt.model.checks.settings import check_settings
from beredt.model.checks.shares import check_shares
from beredt.model.checks.trace import check_trace, has_patients
from beredt.model.checks.travel import check_travel
from beredt.model.dictionary import TableDescription, load_tables
from beredt.model.dispatch_rules import DispatchRules
from beredt.model.edits.parse import ParsedEdits, parse_edits
from beredt.model.find import find_study_folder
from beredt.model.issue import Issue, has_errors
from beredt.model.misrouting import Misrouting
from beredt.model.reading.alternative import parse_alternatives
from beredt.model.reading.files import ROAD_MAP_FILE, SETTINGS_FILE, fingerprint, read_files
from beredt.model.reading.outlines import parse_outlines
from beredt.model.reading.service import SERVICE_TABLES, build_published, build_service, with_stand_ins
from beredt.model.reading.settings import SettingsReading, parse_settings
from beredt.model.reading.table import Tables
from beredt.model.reading.tables import parse_tables
from beredt.model.reading.toml_file import find_line
from beredt.model.reading.trace import build_cover_times, build_trace, build_travel_modes, build_travel_periods
from beredt.model.reading.uncertain import parse_uncertain
from beredt.model.reading.unused import with_unused
from beredt.model.road_source import LARGE_ROAD_TABLES, RoadSource, make_road_source
from beredt.model.sensitivity import Sensitivity
from beredt.model.service import Service
from beredt.model.settings import StudySettings
from beredt.model.study import DEMAND_TABLES, Study

__all__ = ["find_study_folder", "load_study", "read_study"]


def load_study(name_or_path: str | Path) -> Study:
    """The study in a folder, or the bundled study of that name. Raises StudyError with every issue found."""
    study, issues = read_study(find_study_folder(name_or_path))
    if study is None:
        raise StudyError(issues)
    return study


def read_study(
    folder: Path, *, look_at_roads: bool = True, instead: Mapping[str, bytes | None] = MappingProxyType({})
) -> tuple[Study | None, tuple[Issue, ...]]:
    """The study in a folder and everything found wrong with it; None for the study if any of that is an error.

    Issues come in the order of reading: files, settings, tables, what must hold between them, alternatives. Without
    `look_at_roads` the large tables of a road graph are left to `Study.roads`, which reads and checks them when they
    are asked for. `instead` tries out a change of alternatives before it is written: contents by path inside the
    folder (`alternatives/2.toml`), None for a file that is to go.
    """
    form, contents, issues = read_files(folder, load_tables())
    contents |= {name: content for name, content in instead.items() if content is not None}
    contents = {name: content for name, content in contents.items() if instead.get(name, content) is not None}
    descriptions = {
        name: table
        for name, table in load_tables().items()
        if form.asks(table.read_by) and (look_at_roads or name not in LARGE_ROAD_TABLES)
    }
    settings = parse_settings(contents)
    tables, table_issues = parse_tables(contents, descriptions)
    outlines, outline_issues = parse_outlines(contents, form)
    alternatives = parse_alternatives(contents)
    sensitivities = _parse_sensitivities(settings)
    uncertain = parse_uncertain(settings)

    issues += settings.issues + table_issues + outline_issues
    issues += tuple(issue for reading in alternatives for issue in reading.issues)
    issues += tuple(issue for parsed in sensitivities for issue in parsed.issues)
    issues += tuple(issue for number in uncertain for issue in number.issues)
    issues += tuple(check_edit_forms(form, alternatives, sensitivities, uncertain, settings.text))
    issues += tuple(_check_tables(tables, descriptions, settings, outlines))
    issues += tuple(check_alternative_ids(tables, descriptions, alternatives))

    faulty = has_errors(issues)
    whole = with_unused(tables, [name for name, table in load_tables().items() if not form.asks(table.needed_by)])
    service = _service(with_stand_ins(whole, _required(descriptions)) if faulty else whole, settings)
    if service is not None:
        patients = has_patients(tables)
        issues += tuple(check_alternatives(service, alternatives, sensitivities, uncertain, settings, patients))
        issues += tuple(_service_issues(tables, service, settings, patients)) if not faulty else ()
    if has_errors(issues) or service is None or settings.settings is None or outlines is None:
        return None, issues
    study = Study(
        folder=folder,
        settings=settings.settings,
        service=service,
        population=whole["population"].frame,
        age_shares=whole["age_shares"].frame,
        projection=whole["projection"].frame,
        places=whole["places"].frame,
        links=whole["links"].frame,
        water=whole["water"].frame.sort("line", "seq"),
        outlines=outlines,
        published=build_published(whole),
        alternatives=tuple(reading.alternative for reading in alternatives if reading.alternative is not None),
        sensitivities=_sensitivities(settings.settings, sensitivities),
        uncertain=tuple(reading.uncertain for reading in uncertain),
        fingerprint=fingerprint(contents),
        roads=_road_source(settings.settings, contents),
        road_map=_road_map(contents),
        travel_modes=build_travel_modes(whole),
        travel_periods=build_travel_periods(whole),
        trace=build_trace(whole, service.areas) if form.demand == "trace" else None,
        demand_points=whole["demand_points"].frame,
        cover=build_cover_times(whole),
        decision={name: whole[name].frame for name, table in load_tables().items() if table.for_decision},
        demand={name: whole[name].frame for name in DEMAND_TABLES},
    )
    return study, issues


def _check_tables(
    tables: Tables,
    descriptions: Mapping[str, TableDescription],
    reading: SettingsReading,
    outlines: Mapping[str, Any] | None,
) -> Iterator[Issue]:
    """What must hold inside and between tables, and between them and the settings."""
    settings = reading.settings
    year = settings.study.year if settings and "study.year" not in reading.faulty else None
    region = settings.study.region if settings and "study.region" not in reading.faulty else None
    for name, table in tables.items():
        yield from check_keys(table, descriptions[name])
        yield from check_references(tables, descriptions[name])
        if region is not None:
            yield from check_places(table, region)
    yield from check_shares(tables)
    yield from check_completeness(tables, year)
    yield from check_rows(tables, year)
    yield from check_roster_overlaps(tables)
    yield from check_risk(tables)
    yield from check_settings(reading, tables)
    yield from check_criteria(tables)
    if settings is not None and not reading.faulty & {"study", "simulation"}:
        yield from check_never_on_duty(tables, settings)
    if outlines is not None:
        yield from check_outlines(outlines, tables, region)
    yield from _check_replay(tables, reading)


def _check_replay(tables: Tables, reading: SettingsReading) -> Iterator[Issue]:
    """What a road graph and a call trace must hold."""
    settings, start_s, days = reading.settings, None, None
    yield from check_form(reading)
    if settings is not None and "demand" not in reading.faulty:
        start_s = settings.demand.start_s
    if settings is not None and "simulation" not in reading.faulty:
        days = settings.simulation.warmup_days + settings.simulation.days + settings.simulation.cooldown_days
    yield from check_roads(tables)
    yield from check_travel(tables, start_s)
    yield from check_trace(tables, start_s, days)


def _road_source(settings: StudySettings, contents: Mapping[str, bytes]) -> RoadSource | None:
    roads = settings.roads
    if roads.form != "graph" or roads.x_km_per_degree is None or roads.y_km_per_degree is None:
        return None
    return make_road_source(roads.x_km_per_degree, roads.y_km_per_degree, roads.time_unit_s, contents)


def _road_map(contents: Mapping[str, bytes]) -> str | None:
    content = contents.get(ROAD_MAP_FILE)
    return None if content is None else hashlib.sha256(content).hexdigest()


def _required(descriptions: Mapping[str, TableDescription]) -> list[str]:
    return [
        f"{name}.{field.name}"
        for name, description in descriptions.items()
        for field in description.fields
        if field.required or field.default is not None
    ]


def _service(tables: Tables, reading: SettingsReading) -> Service | None:
    """The service in the tables; None if one is missing. Without settings it gets rules that change nothing."""
    if not all(name in tables for name in SERVICE_TABLES):
        return None
    if reading.settings is None:
        return build_service(tables, DispatchRules((), 0.0, 0.0), Misrouting(0.0, 0.0, 0.0, 0.0), 0.0)
    settings = reading.settings
    rules, misrouting, relocation = settings.dispatch_rules(), settings.misrouting_rule(), settings.relocation_rules()
    return build_service(tables, rules, misrouting, settings.travel.noise_sigma, relocation)


def _service_issues(tables: Tables, service: Service, reading: SettingsReading, patients: bool) -> Iterator[Issue]:
    """What today's service lacks, at the rows or settings concerned."""
    for lack in check_service(service, patients):
        if lack.table == SETTINGS:
            line = find_line(reading.text, tuple(lack.field.split(".")))
            yield Issue(SETTINGS_FILE, line, lack.field, None, 1, lack.message, lack.remedy, severity=lack.severity)
            continue
        table = tables[lack.table]
        if lack.id is None:
            yield table.whole_issue(lack.field, lack.message, lack.remedy, severity=lack.severity)
        else:
            position = table.frame["id"].to_list().index(lack.id)
            yield table.issue([position], lack.field, lack.message, lack.remedy, severity=lack.severity)


def _parse_sensitivities(reading: SettingsReading) -> tuple[ParsedEdits, ...]:
    if reading.settings is None:
        return ()
    return tuple(
        parse_edits(SETTINGS_FILE, reading.text, one.edits, ("sensitivities", number, "edits"))
        for number, one in enumerate(reading.settings.sensitivities)
    )


def _sensitivities(settings: StudySettings, parsed: tuple[ParsedEdits, ...]) -> tuple[Sensitivity, ...]:
    return tuple(
        Sensitivity(one.id, dict(one.name), one.decides, one.alternatives, edits.edits)
        for one, edits in zip(settings.sensitivities, parsed, strict=True)
    )
