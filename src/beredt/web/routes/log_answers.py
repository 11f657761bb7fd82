"""What a page is told of mission logs: what they are, and the store that was made of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel

from beredt.web.logs.beside import names_beside
from beredt.web.logs.header import Header
from beredt.web.logs.log_folder import LogFolder


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

    `has_file` says that it can be imported (anew); `own_profile` that one was uploaded beside it; `roster`, `printed`
    and `catalogue` are names of files beside it, "" for none.
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
    printed: str
    catalogue: str
    fault: str


class LogList(BaseModel):
    """The logs of a study, the newest first."""

    logs: list[LogOut]


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
        **names_beside(own),
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
