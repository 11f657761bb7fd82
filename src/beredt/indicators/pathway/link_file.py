"""The file that says which logs are linked and how. Every key stands in `model/fields/linking.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, ValidationError, model_validator

from beredt.errors import DefinitionError
from beredt.indicators.pathway.rule import LinkRule
from beredt.missions.profile import FileHabits
from beredt.model.dictionary import load_fields
from beredt.model.field import Field as DictionaryField
from beredt.model.issue import Issue
from beredt.model.reading.toml_file import parse_toml
from beredt.model.reading.toml_issues import toml_issues
from beredt.model.settings_base import FromList, LocalText, Section, Slug, Text


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{name!r} is no time zone such as Europe/Oslo") from None
    return name


class RecordColumns(Section):
    """Which column of a log holds what. Only `start` must be there."""

    start: Text
    end: Text | None = None
    key: Text | None = None
    patient: Text | None = None
    lat: Text | None = None
    lon: Text | None = None
    municipality: Text | None = None
    age: Text | None = None
    sex: Text | None = None


class SourceLog(Section):
    """One log: a store, or a file with its columns. Paths are relative to the folder of the link file.

    `hash_key` hashes the key as a store does whose profile says so.
    """

    store: Text | None = None
    file: Text | None = None
    columns: RecordColumns | None = None
    habits: FileHabits = FileHabits()
    hash_key: bool = False
    sex_codes: Annotated[dict[str, Literal["f", "m"]], Field(default_factory=dict)]

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if (self.store is None) == (self.file is None):
            raise ValueError("give store or file, one of them")
        if (self.file is None) != (self.columns is None):
            raise ValueError("a file needs its columns, a store has none")
        return self


class Moment(NamedTuple):
    """The start or end of a log's record."""

    source: str
    which: str


class Duration(Section):
    """Time between two moments of a pathway, each written as `log.start` or `log.end`."""

    name: Slug
    title: LocalText
    begin: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*\.(start|end)$")]
    end: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*\.(start|end)$")]

    def moments(self) -> tuple[Moment, Moment]:
        """Beginning and end."""
        first, last = (Moment(*text.split(".")) for text in (self.begin, self.end))
        return first, last


class LinkFile(Section):
    """Logs, links and durations. The first link's source is where every pathway begins."""

    zone: Annotated[str, AfterValidator(_zone)] = "Europe/Oslo"
    sources: Annotated[dict[Slug, SourceLog], Field(min_length=2)]
    links: Annotated[tuple[LinkRule, ...], FromList, Field(min_length=1)]
    durations: Annotated[tuple[Duration, ...], FromList] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        reached = [self.links[0].source]
        for rule in self.links:
            for name in (rule.source, rule.target):
                if name not in self.sources:
                    raise ValueError(f"there is no log {name!r} among {', '.join(self.sources)}")
            if rule.source not in reached:
                raise ValueError(f"nothing leads to {rule.source!r} before the link that begins there")
            if rule.target in reached:
                raise ValueError(f"two links lead to {rule.target!r}")
            reached.append(rule.target)
        for duration in self.durations:
            for moment in duration.moments():
                if moment.source not in reached:
                    raise ValueError(f"the duration {duration.name} asks for {moment.source!r}, which no link reaches")
        return self


def read_link_file(path: Path) -> LinkFile:
    """Read a link file. Raises DefinitionError with every issue."""
    if not path.is_file():
        raise DefinitionError(
            "links", [Issue(path.name, None, None, None, 1, "there is no such file", "give its path")]
        )
    document, text, issues = parse_toml(path.name, path.read_bytes())
    if document is not None:
        try:
            return LinkFile.model_validate(document)
        except ValidationError as error:
            fields = [*load_fields("linking"), *_of_sources(document)]
            issues = toml_issues(path.name, text, fields, error.errors(include_url=False))
    raise DefinitionError("links", issues)


def _of_sources(document: Mapping[str, object]) -> list[DictionaryField]:
    """The dictionary's entries of `sources`, for each log by its own name."""
    named = document.get("sources")
    names = list(named) if isinstance(named, dict) else []
    own = [field for field in load_fields("linking") if field.name.startswith("sources.*.")]
    return [replace(field, name=field.name.replace("*", name, 1)) for name in names for field in own]
