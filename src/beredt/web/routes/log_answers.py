"""What a page is told of mission logs: how they are read, what they are, and what cleaning found in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel

from beredt.web.faults import Fault
from beredt.web.logs.header import Header
from beredt.web.logs.log import MissionLog
from beredt.web.logs.log_folder import LogFolder
from beredt.web.words import LocalText, in_all_languages


class ProfileOut(BaseModel):
    """A profile that comes with the program."""

    id: str
    title: LocalText
    description: LocalText


class RuleOut(BaseModel):
    """A rule of cleaning: what it looks for, what can be done, and whether it can be switched off."""

    id: str
    action: Literal["mark", "correct"]
    optional: bool
    what: LocalText
    remedy: LocalText


class ReviewRuleOut(BaseModel):
    """A rule of review: `unit` of its values, its title, and what to look at."""

    id: str
    unit: str
    title: LocalText
    look: LocalText


class StatusOut(BaseModel):
    """A status of a case; `done` ones are given with a word why."""

    id: str
    title: LocalText
    done: bool


class LogForms(BaseModel):
    """What there is to choose from: profiles, rules, statuses.

    `least_count` is the least threshold below which counts are left out of indicators, `largest_bytes` the most that an
    upload may have, `endings` of names that are read; `fields` are names of what a column may hold.
    """

    profiles: list[ProfileOut]
    rules: list[RuleOut]
    review_rules: list[ReviewRuleOut]
    statuses: list[StatusOut]
    fields: dict[str, LocalText]
    least_count: int
    largest_bytes: int
    endings: list[str]


class FitOut(BaseModel):
    """How well a profile fits the header of a log: `score` 0 to 1, `columns` that it reads, `stamps` times it finds."""

    profile: str
    score: float
    columns: int
    stamps: int


class HeaderOut(BaseModel):
    """The columns of a log, how well each profile fits, and the `best`, "" where none stands out."""

    columns: list[str]
    fits: list[FitOut]
    best: str
    generated: bool


class ColumnRead(BaseModel):
    """A field and the column of the log that it is read from."""

    field: str
    column: str


class ReadingOut(BaseModel):
    """What is read from where with a profile, and what is left out; `issues` with an error keep it from being used."""

    profile: str
    title: LocalText
    fields: list[ColumnRead]
    key: list[str]
    left_out: list[str]
    issues: list[Fault]


class StoreOut(BaseModel):
    """A log that is imported.

    `rows_in` counts rows of the file, `rows_out` those found again in the store: the same number, or an import fails.
    `first` and `last` are calls, ISO 8601; `version` names the import, and what was made from another is out of date.
    """

    version: str
    profile: str
    zone: str
    generated: bool
    rows_in: int
    rows_out: int
    missions: int
    unit_responses: int
    incidents: int
    incidents_without_unit: int
    first: str | None
    last: str | None
    without: list[str]
    privacy: dict[str, str]
    imported_s: float | None
    imported_by: str


class LogOut(BaseModel):
    """A mission log.

    `has_file` says that it can be imported (anew); `own_profile` that one was uploaded beside it; `roster` is the name
    of the roster file beside it, "" for none.
    """

    id: str
    study: str
    name: str
    origin: Literal["upload", "incoming", "store"]
    size_bytes: int
    added_s: float
    by: str
    has_file: bool
    header: HeaderOut | None
    own_profile: bool
    profile: str
    without: list[str]
    generated: bool
    store: StoreOut | None
    has_queue: bool
    roster: str
    fault: str


class LogList(BaseModel):
    """The logs of a study, the newest first."""

    logs: list[LogOut]


class IncomingOut(BaseModel):
    """A file or a store that lies beside the server, and can be taken."""

    name: str
    is_store: bool
    size_bytes: int


class IncomingList(BaseModel):
    """What lies in `folder`."""

    folder: str
    found: list[IncomingOut]


class Example(BaseModel):
    """The first row of a kind of finding, `count` how many there are of it."""

    file: str
    row: int | None
    field: str
    value: str
    count: int
    lat: float | None
    lon: float | None


class FoundOut(BaseModel):
    """A rule with how many rows it found, of how many `kinds`, and examples of them."""

    rule: str
    count: int
    kinds: int
    examples: list[Example]


class IssuesOut(BaseModel):
    """What came of cleaning. `columns` were left out, `issues` are of the header."""

    store: StoreOut
    found: list[FoundOut]
    reading: ReadingOut | None


def log_out(own: LogFolder) -> LogOut:
    """A log as a page is told of it."""
    from beredt.errors import StoreError

    log, fault = own.log, ""
    try:
        store = store_out(own)
    except StoreError as error:
        store, fault = None, str(error).removeprefix(f"{error.path}: ")
    return LogOut(
        id=log.id,
        study=log.study,
        name=log.name,
        origin=log.origin,
        size_bytes=log.size_bytes,
        added_s=log.added_s,
        by=log.by,
        has_file=own.find_file() is not None,
        header=_header(log.header),
        own_profile=own.own_profile.is_file(),
        profile=log.profile,
        without=list(log.without),
        generated=log.generated,
        store=store,
        has_queue=own.queue.is_file(),
        roster="" if own.find_roster() is None else log.roster,
        fault=fault,
    )


def store_out(own: LogFolder) -> StoreOut | None:
    """The store of a log, None before the first import. Raises StoreError where it was spoilt."""
    store = own.find_store()
    if store is None:
        return None
    told: Mapping[str, Any] | None = own.find_imported()
    if told is None:  # a store that was laid beside the server
        from beredt.web.logs.told import tell_store

        told = {"at_s": None, "who": own.log.by, **tell_store(store)}
        own.keep_told(told)
    info = store.info
    return StoreOut(
        version=own.version,
        profile=info.profile,
        zone=info.zone,
        generated=info.generated,
        rows_in=info.rows_in,
        rows_out=told["rows_out"],
        missions=info.missions,
        unit_responses=info.unit_responses,
        incidents=info.incidents,
        incidents_without_unit=info.incidents_without_unit,
        first=told["first"],
        last=told["last"],
        without=list(info.without),
        privacy=dict(info.privacy),
        imported_s=told["at_s"],
        imported_by=told["who"],
    )


def reading_out(profile: str, title: Mapping[str, str], told: Mapping[str, Any]) -> ReadingOut:
    """What `tell_header` tells."""
    from beredt.model.issue import Issue
    from beredt.web.faults import faults_of

    return ReadingOut(
        profile=profile,
        title=dict(title),
        fields=[ColumnRead(field=field, column=column) for field, column in told["fields"]],
        key=list(told["key"]),
        left_out=list(told["left_out"]),
        issues=faults_of(Issue(**one) for one in told["issues"]),
    )


def log_forms(largest_bytes: int) -> LogForms:
    """What there is to choose from."""
    from beredt.indicators.review.queued import DONE, STATUSES
    from beredt.indicators.review.rules import load_review_rules
    from beredt.indicators.suppress import THRESHOLD
    from beredt.missions.checks.rule import load_rules
    from beredt.missions.find_profile import load_shipped_profiles
    from beredt.missions.read.open_log import SHEETS, TEXT

    profiles = [(name, loaded.profile) for name, loaded in load_shipped_profiles().items()]
    return LogForms(
        profiles=[ProfileOut(id=name, title=dict(one.title), description=dict(one.description))
                  for name, one in profiles],
        rules=[RuleOut(id=name, action=one.action, optional=one.cleans, what=dict(one.what), remedy=dict(one.remedy))
               for name, one in load_rules().items()],
        review_rules=[ReviewRuleOut(id=name, unit=one.unit, title=dict(one.title), look=dict(one.look))
                      for name, one in load_review_rules().items()],
        statuses=[StatusOut(id=one, title=in_all_languages(f"log.review.{one}"), done=one in DONE)
                  for one in STATUSES],
        fields=_field_names(),
        least_count=THRESHOLD,
        largest_bytes=largest_bytes,
        endings=[*TEXT, *(f"{one}.gz" for one in TEXT), *SHEETS, ".parquet"],
    )  # fmt: skip


def _field_names() -> dict[str, LocalText]:
    from beredt.missions.profile import Columns
    from beredt.report.words import load_words

    words = load_words("en")
    keys = {name: f"log.field.{name}" for name in (*Columns.model_fields, "incident")}
    return {
        name: in_all_languages(key if words.has(key) else f"studio.logs.field.{name}")
        for name, key in keys.items()
        if words.has(key) or words.has(f"studio.logs.field.{name}")
    }


def _header(header: Header | None) -> HeaderOut | None:
    if header is None:
        return None
    return HeaderOut(
        columns=list(header.columns),
        fits=[FitOut(profile=one.profile, score=one.score, columns=one.columns, stamps=one.stamps)
              for one in header.fits],
        best=header.best,
        generated=header.generated,
    )  # fmt: skip


def columns_of(log: MissionLog) -> Sequence[str]:
    """The columns of a log's file; none for a store."""
    return log.header.columns if log.header else ()


def profile_title(own: LogFolder, name: str) -> Mapping[str, str]:
    """The title of a profile that comes with the program, or of one's own."""
    return dict(own.load_profile(name).profile.title)
