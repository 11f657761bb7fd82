"""A study in the words of the interface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from beredt.model.alternative import TODAY, Alternative
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.report.estimates import ALL
from beredt.report.words import list_languages, load_words
from beredt.web.alternative_files import read_alternative
from beredt.web.describe_rosters import describe_rosters
from beredt.web.describe_unit_kinds import describe_unit_kinds
from beredt.web.faults import faults_of
from beredt.web.open_study import OpenStudy, Reading
from beredt.web.routes.study_answers import (
    AlternativeHead,
    CentreOut,
    DistrictOut,
    GateOut,
    GroupOut,
    HospitalOut,
    Named,
    RegionOut,
    StudyHead,
    StudyOut,
    TargetOut,
)
from beredt.web.words import LocalText, in_all_languages


def head_of(opened: OpenStudy) -> StudyHead:
    """What a list of studies shows of one, be it usable or not."""
    return _head(opened, opened.read())


def describe(opened: OpenStudy) -> StudyOut:
    """All that the screen needs of a study but its map. Raises StudyError when it cannot be used."""
    reading = opened.read()
    study = reading.get_study()
    settings, service = study.settings, study.service
    gate = settings.gate
    return StudyOut(
        **dict(_head(opened, reading)),
        languages=list(settings.study.languages),
        base_title=_filled(settings.study.base_title),
        start=settings.study.start.isoformat(),
        days=settings.simulation.days,
        replications=settings.simulation.replications,
        seed=settings.simulation.seed,
        region=RegionOut(**settings.study.region.model_dump()),
        urgencies=list(URGENCIES),
        targets=[TargetOut(**target.model_dump()) for target in settings.targets],
        gate=GateOut(**gate.model_dump(include=set(GateOut.model_fields))) if gate else None,
        groups=list(_groups(study)),
        organisations=[Named(id=one.id, name=one.name) for one in service.organisations],
        centres=[CentreOut(id=one.id, name=one.name, organisation=one.organisation) for one in service.centres],
        municipalities=[Named(id=one.id, name=one.name) for one in service.municipalities],
        districts=[DistrictOut(id=one.id, name=one.name, municipality=one.municipality) for one in service.districts],
        unit_kinds=describe_unit_kinds(service.unit_kinds),
        rosters=list(describe_rosters(study.service)),
        hospitals=[
            HospitalOut(id=one.id, name=one.name, lat=one.lat, lon=one.lon, organisation=one.organisation)
            for one in service.hospitals
        ],
        places=[Named(id=one.id, name=one.name) for one in service.places],
        band_km=service.misrouting.band_km,
        alternatives=list(_alternatives(opened, study)),
    )


def _head(opened: OpenStudy, reading: Reading) -> StudyHead:
    study = reading.study
    return StudyHead(
        id=opened.id,
        title=_filled(study.settings.study.title if study else {"en": opened.id}),
        year=study.settings.study.year if study else None,
        folder=str(opened.folder),
        bundled_copy=opened.bundled_copy,
        newer_bundled=opened.newer_bundled,
        fingerprint=study.fingerprint if study else None,
        usable=study is not None,
        issues=faults_of(reading.issues),
    )


def _groups(study: Study) -> Iterator[GroupOut]:
    """Everything, the study's own groups, then municipalities and districts that no group is called after."""
    taken = {group.id for group in study.settings.groups}
    yield GroupOut(id=ALL, kind="all", name=in_all_languages("group.all"))
    for group in study.settings.groups:
        yield GroupOut(id=group.id, kind="group", name=_filled(group.name))
    for municipality in study.service.municipalities:
        if municipality.id not in taken:
            yield GroupOut(id=municipality.id, kind="municipality", name=_same(municipality.name))
    taken |= {municipality.id for municipality in study.service.municipalities}
    for district in study.service.districts:
        if district.id not in taken:
            yield GroupOut(id=district.id, kind="district", name=_same(district.name))


def _alternatives(opened: OpenStudy, study: Study) -> Iterator[AlternativeHead]:
    """Today, and every alternative as its file has it."""
    yield AlternativeHead(
        id=TODAY,
        title=_filled(study.settings.study.base_title),
        description={},
        note={},
        edits=[],
        colour=0,
        file=None,
        version=None,
    )
    for one in study.alternatives:
        yield alternative_head(opened, study, one)


def alternative_head(opened: OpenStudy, study: Study, one: Alternative) -> AlternativeHead:
    """An alternative as its file has it; its colour is its place among the alternatives, from 1."""
    found = read_alternative(opened.folder, one.file)
    return AlternativeHead(
        id=one.id,
        title=dict(one.title),
        description=dict(one.description),
        note=dict(one.note),
        edits=found.entries,
        colour=1 + [other.id for other in study.alternatives].index(one.id),
        file=one.file,
        version=found.version,
    )


def _filled(texts: Mapping[str, str]) -> LocalText:
    """A study's own text in every language of the screen: where it is not written, as a report would show it."""
    return {language: load_words(language).local(texts) for language in list_languages()}


def _same(name: str) -> LocalText:
    return dict.fromkeys(list_languages(), name)
