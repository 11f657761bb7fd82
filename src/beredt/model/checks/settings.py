"""What the settings name must exist in the tables, and targets must be about someone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from beredt.model.did_you_mean import find_closest
from beredt.model.issue import Issue, shown
from beredt.model.reading.files import SETTINGS_FILE
from beredt.model.reading.settings import SettingsReading
from beredt.model.reading.table import Tables
from beredt.model.reading.toml_file import find_line
from beredt.model.reading.toml_issues import Path, dotted
from beredt.model.settings import StudySettings


@dataclass(frozen=True, slots=True)
class _Checker:
    """Settings, their text for line numbers, and the tables."""

    settings: StudySettings
    text: str
    tables: Tables

    def issue(self, path: Path, value: object, message: str, remedy: str) -> Issue:
        text = None if value is None else shown(value)
        return Issue(SETTINGS_FILE, find_line(self.text, path), dotted(path), text, 1, message, remedy)

    def unknown(self, path: Path, ids: Iterable[str], table: str) -> Iterator[Issue]:
        """Issues for ids that a table does not have; silent if it could not be read."""
        if table in self.tables:
            known = set(self.tables[table].frame["id"].drop_nulls())
            yield from self.unknown_among(path, ids, known, table)

    def unknown_among(self, path: Path, ids: Iterable[str], known: set[str], what: str) -> Iterator[Issue]:
        for value in ids:
            if value not in known:
                close = find_closest(value, known)
                remedy = f"did you mean {close}?" if close else f"name one of the {what}"
                yield self.issue(path, value, f"there is no {value!r} in {what}", remedy)


def check_settings(reading: SettingsReading, tables: Tables) -> Iterator[Issue]:
    """Unknown and repeated ids, groups and targets without areas, titles without a language of the study."""
    if reading.settings is None:
        return
    checker = _Checker(reading.settings, reading.text, tables)
    if "targets" not in reading.faulty:
        yield from _targets(checker)
    yield from _groups(checker)
    if "groups" not in reading.faulty:
        yield from _group_names(checker)
    yield from _local_stations(checker)
    if checker.settings.relocation.only_centre is not None:
        yield from checker.unknown(("relocation", "only_centre"), [checker.settings.relocation.only_centre], "centres")
    if "study" not in reading.faulty:
        yield from _languages(checker)


def _targets(checker: _Checker) -> Iterator[Issue]:
    seen: set[tuple[str, str]] = set()
    for number, target in enumerate(checker.settings.targets):
        path: Path = ("targets", number)
        if (target.urgency, target.where) in seen:
            message = f"a second target for urgency {target.urgency} in {target.where} areas"
            yield checker.issue(path, None, message, "keep one of the two")
        seen.add((target.urgency, target.where))
        if "areas" in checker.tables and not _has_areas(checker.tables, target.where == "urban"):
            message = f"no area is {target.where}, by its own place or by its municipality"
            yield checker.issue((*path, "where"), target.where, message, "remove the target, or correct the areas")


def _has_areas(tables: Tables, urban: bool) -> bool:
    """Whether any area is urban (or rural), by true place or by the class of its municipality."""
    areas = tables["areas"].frame
    if areas["urban"].null_count() or (areas["urban"] == urban).any():
        return True
    if "municipalities" not in tables:
        return True
    classes = tables["municipalities"].frame.select("id", pl.col("urban").alias("class"))
    joined = areas.join(classes, left_on="municipality", right_on="id", how="left")
    return bool((joined["class"] == urban).fill_null(True).any())


def _groups(checker: _Checker) -> Iterator[Issue]:
    ids = [group.id for group in checker.settings.groups]
    yield from _repeated(checker, ("groups",), ids)
    yield from _repeated(checker, ("sensitivities",), [one.id for one in checker.settings.sensitivities])
    if checker.settings.probabilistic:
        numbers = [one.id for one in checker.settings.probabilistic.uncertain]
        yield from _repeated(checker, ("probabilistic", "uncertain"), numbers)
    for number, group in enumerate(checker.settings.groups):
        path: Path = ("groups", number)
        yield from checker.unknown((*path, "municipalities"), group.municipalities, "municipalities")
        yield from checker.unknown((*path, "districts"), group.districts, "districts")
        if "areas" in checker.tables and not _group_has_areas(checker.tables, group.municipalities, group.districts):
            message = f"no area lies in group {group.id}"
            yield checker.issue((*path, "id"), group.id, message, "name municipalities or districts that have areas")


def _group_has_areas(tables: Tables, municipalities: tuple[str, ...], districts: tuple[str, ...]) -> bool:
    areas = tables["areas"].frame
    inside = pl.col("municipality").is_in(municipalities) | pl.col("district").is_in(districts)
    return bool(areas.select(inside.fill_null(False).any()).item()) if areas.height else True


def _repeated(checker: _Checker, section: Path, ids: list[str]) -> Iterator[Issue]:
    for number, value in enumerate(ids):
        if value in ids[:number]:
            yield checker.issue((*section, number, "id"), value, f"{value!r} is used twice", "give each its own id")


def _group_names(checker: _Checker) -> Iterator[Issue]:
    """Groups that other sections name."""
    known = {group.id for group in checker.settings.groups}
    if checker.settings.simultaneity:
        named = [checker.settings.simultaneity.group]
        yield from checker.unknown_among(("simultaneity", "group"), named, known, "groups")
    if checker.settings.gate:
        yield from checker.unknown_among(("gate", "groups"), checker.settings.gate.groups, known, "groups")


def _local_stations(checker: _Checker) -> Iterator[Issue]:
    settings = checker.settings
    if settings.simultaneity:
        stations = settings.simultaneity.local_stations
        yield from checker.unknown(("simultaneity", "local_stations"), stations, "stations")
    if settings.break_even:
        yield from checker.unknown(("break_even", "roster"), [settings.break_even.roster], "rosters")
        yield from checker.unknown(("break_even", "kind"), [settings.break_even.kind], "unit_kinds")


def _languages(checker: _Checker) -> Iterator[Issue]:
    settings = checker.settings
    texts: dict[Path, Mapping[str, str]] = {
        ("study", "title"): dict(settings.study.title),
        ("study", "base_title"): dict(settings.study.base_title),
    }
    for number, group in enumerate(settings.groups):
        texts[("groups", number, "name")] = dict(group.name)
    for number, one in enumerate(settings.sensitivities):
        texts[("sensitivities", number, "name")] = dict(one.name)
    for number, unknown in enumerate(settings.probabilistic.uncertain if settings.probabilistic else ()):
        texts[("probabilistic", "uncertain", number, "name")] = dict(unknown.name)
    for path, text in texts.items():
        for language in missing_languages(settings.study.languages, text):
            message = f"there is no text in {language}, a language of the study"
            yield checker.issue(path, None, message, f"add {language} = …")


def missing_languages(languages: Iterable[str], text: Mapping[str, str]) -> list[str]:
    """Languages of the study that a text lacks. Nynorsk falls back on bokmål."""
    return [one for one in languages if one not in text and not (one == "nn" and "nb" in text)]
