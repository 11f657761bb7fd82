"""A draft in the words of the interface: its edits as sentences, and what they make of the service."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

from beredt.demand.border_distance import border_distance_km
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.report.edit_lines import edit_line
from beredt.report.names import Names, names_of
from beredt.report.number_format import NumberFormat
from beredt.report.roster_text import roster_text
from beredt.report.words import Words, load_words
from beredt.web.acute_drive import nearest_stations
from beredt.web.describe_rosters import describe_rosters
from beredt.web.describe_unit_kinds import describe_unit_kinds
from beredt.web.draft import Draft, Entries, kind_of, lay_draft
from beredt.web.faults import faults_of
from beredt.web.map_layers import kilometres
from beredt.web.open_study import BaseRoads
from beredt.web.routes.service_answers import (
    BorderOut,
    Change,
    ClosedOut,
    Line,
    ServiceHospitalOut,
    ServiceOut,
    StandbyOut,
    StationOut,
    UnitOut,
)
from beredt.web.routes.study_answers import Named

Row = TypeVar("Row")
Places = ("lat", "lon")
RoadsOf = Callable[[Service], BaseRoads | None]
"""The roads of a service, None where the study's are a graph."""


def describe_service(study: Study, roads_of: RoadsOf, entries: Entries, language: str) -> ServiceOut:
    """What a draft does, in one language. Nothing is simulated, and nothing raised for edits that do not fit."""
    words = load_words(language)
    draft = lay_draft(study, entries)
    base, service = study.service, draft.service
    roads = roads_of(service)
    nearest = nearest_stations(service, roads) if roads is not None and service.areas else None
    numbers = nearest.station.tolist() if nearest else [-1] * len(service.areas)
    seconds = nearest.seconds.tolist() if nearest else [np.inf] * len(service.areas)
    return ServiceOut(
        fingerprint=study.fingerprint,
        lines=list(_lines(study, draft, entries, words)),
        complaints=faults_of(draft.complaints, words),
        stations=list(_stations(base, service)),
        standby_points=list(_standby_points(base, service)),
        units=list(_units(base, service, words)),
        rosters=list(describe_rosters(service)),
        hospitals=list(_hospitals(base, service)),
        pathways=[Named(id=one.id, name=one.name) for one in service.pathways],
        unit_kinds=describe_unit_kinds(service.unit_kinds),
        border_rules=list(_border_rules(base, service)),
        areas_centre=[area.centre for area in service.areas],
        areas_organisation=[area.organisation for area in service.areas],
        areas_border_km=[kilometres(km) for km in border_distance_km(service)],
        areas_station=[service.stations[one].id if one >= 0 else None for one in numbers],
        areas_drive_s=[round(one) if np.isfinite(one) else None for one in seconds],
    )


def _lines(study: Study, draft: Draft, entries: Entries, words: Words) -> Iterator[Line]:
    numbers = NumberFormat(words)
    names = _names(study, draft.service, words, numbers)
    edits = dict(zip(draft.numbers, draft.edits, strict=True))
    for number, entry in enumerate(entries, start=1):
        own = [complaint for complaint in draft.complaints if complaint.number == number]
        edit = edits.get(number)
        text = edit_line(edit, words, numbers, names) if edit else _unreadable(entry, words)
        yield Line(text=text, complaints=faults_of(own, words))


def _unreadable(entry: Mapping[str, Any], words: Words) -> str:
    """An edit that cannot be read, by its kind."""
    key = f"studio.server.edit.{kind_of(entry)}"
    kind = words(key) if words.has(key) else kind_of(entry)
    return words("studio.server.unreadable", kind=kind)


def _names(study: Study, service: Service, words: Words, numbers: NumberFormat) -> Names:
    """The study's names, and those of what the draft makes."""
    names = names_of(replace(study, alternatives=()), words, numbers)
    made = {
        table: {row.id: row.name for row in getattr(service, table)} | dict(names.by_table[table])
        for table in ("stations", "standby_points", "hospitals", "pathways")
    }
    rosters = {row.id: roster_text(row.id, [service], words, numbers) for row in service.rosters}
    made["rosters"] = rosters | dict(names.by_table["rosters"])
    return Names(words, MappingProxyType({**names.by_table, **made}), names.services)


def _pairs(base: Sequence[Row], now: Sequence[Row], *keys: str) -> Iterator[tuple[Row, Row | None, Change]]:
    """Rows of now, each with today's row of the same keys, then the rows that are gone."""
    before = {tuple(getattr(row, key) for key in keys): row for row in base}
    for row in now:
        was = before.pop(tuple(getattr(row, key) for key in keys), None)
        yield row, was, _change(was, row)
    for row in before.values():
        yield row, row, "gone"


def _change(was: Row | None, row: Row) -> Change:
    if was is None:
        return "new"
    if was == row:
        return "same"
    moved = any(getattr(was, key, None) != getattr(row, key, None) for key in Places)
    return "moved" if moved else "changed"


def _stations(base: Service, service: Service) -> Iterator[StationOut]:
    units = [unit.station for unit in service.units]
    for row, was, change in _pairs(base.stations, service.stations, "id"):
        yield StationOut(
            id=row.id,
            name=row.name,
            lat=row.lat,
            lon=row.lon,
            base_lat=was.lat if was else None,
            base_lon=was.lon if was else None,
            organisation=row.organisation,
            centre=row.centre,
            units=units.count(row.id),
            basis=row.basis,
            change=change,
        )


def _standby_points(base: Service, service: Service) -> Iterator[StandbyOut]:
    for row, was, change in _pairs(base.standby_points, service.standby_points, "id"):
        yield StandbyOut(
            id=row.id,
            name=row.name,
            lat=row.lat,
            lon=row.lon,
            base_lat=was.lat if was else None,
            base_lon=was.lon if was else None,
            centre=row.centre,
            home_stations=list(row.home_stations),
            keep_home=row.keep_home,
            max_drive_min=row.max_drive_min,
            weekdays=list(row.weekdays),
            start_s=row.start_s,
            end_s=row.end_s,
            change=change,
        )


def _hospitals(base: Service, service: Service) -> Iterator[ServiceHospitalOut]:
    """Hospitals; one that closes other departments, or at other hours, than today is changed."""
    for row, was, change in _pairs(base.hospitals, service.hospitals, "id"):
        own = [one for one in service.closed_departments if one.hospital == row.id]
        is_other = own != [one for one in base.closed_departments if one.hospital == row.id]
        yield ServiceHospitalOut(
            id=row.id,
            name=row.name,
            lat=row.lat,
            lon=row.lon,
            base_lat=was.lat if was else None,
            base_lon=was.lon if was else None,
            organisation=row.organisation,
            emergency=row.emergency,
            closed=[
                ClosedOut(
                    urgency=one.urgency,
                    share=one.share,
                    instead=list(one.instead),
                    weekdays=list(one.weekdays),
                    start_s=one.start_s,
                    end_s=one.end_s,
                )
                for one in own
            ],
            change="changed" if change == "same" and is_other else change,
        )


def _units(base: Service, service: Service, words: Words) -> Iterator[UnitOut]:
    """Units; one whose station moved is moved with it, and one whose station or hours changed is changed."""
    numbers = NumberFormat(words)
    stations = {one.id: one for one in (*base.stations, *service.stations)}
    texts = {
        roster: roster_text(roster, [service, base], words, numbers)
        for roster in {unit.roster for unit in (*base.units, *service.units)}
    }
    for row, _, change in _pairs(base.units, service.units, "id"):
        home = stations[row.station]
        yield UnitOut(
            id=row.id,
            station=row.station,
            kind=row.kind,
            roster=row.roster,
            roster_text=texts[row.roster],
            organisation=home.organisation,
            centre=home.centre,
            basis=row.basis,
            change="moved" if change == "changed" and _station_of(base, row.id) != row.station else change,
        )


def _station_of(service: Service, unit: str) -> str | None:
    return next((one.station for one in service.units if one.id == unit), None)


def _border_rules(base: Service, service: Service) -> Iterator[BorderOut]:
    for row, _, change in _pairs(base.border_rules, service.border_rules, "asking_centre", "owning_centre", "urgency"):
        yield BorderOut(
            asking_centre=row.asking_centre,
            owning_centre=row.owning_centre,
            urgency=row.urgency,
            policy=row.policy,
            margin_s=row.margin_s,
            ask_s=row.ask_s,
            view=row.view,
            view_age_s=row.view_age_s,
            change=change,
        )
