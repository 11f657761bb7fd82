"""What a page is told of how a mission log is read: which field from which column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from beredt.web.faults import Fault
from beredt.web.logs.log import MissionLog
from beredt.web.logs.log_folder import LogFolder
from beredt.web.words import LocalText


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


def columns_of(log: MissionLog) -> Sequence[str]:
    """The columns of a log's file; none for a store."""
    return log.header.columns if log.header else ()


def profile_title(own: LogFolder, name: str) -> Mapping[str, str]:
    """The title of a profile that comes with the program, or of one's own."""
    return dict(own.load_profile(name).profile.title)
