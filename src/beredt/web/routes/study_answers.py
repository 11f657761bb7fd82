"""What the server tells of a study: its names, targets and alternatives, in all its languages at once."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from beredt.web.faults import Fault
from beredt.web.words import LocalText

Entry = dict[str, Any]
"""An edit as it stands in TOML: `edit` names its kind, the rest are its keys."""


class StudyHead(BaseModel):
    """A study in a list. `usable` is False when its issues hold an error; `year` and the fingerprint are then absent.

    `bundled_copy` marks the user's own copy of a study that came with Beredt; `folder` is where it lies.
    `newer_bundled` is the version of the bundled study where the copy was made of another one.
    """

    id: str
    title: LocalText
    year: int | None
    folder: str
    bundled_copy: bool
    newer_bundled: str | None
    fingerprint: str | None
    usable: bool
    issues: list[Fault]


class StudyList(BaseModel):
    """The studies that are open."""

    studies: list[StudyHead]


class Named(BaseModel):
    """Something with a proper name, which is the same in every language."""

    id: str
    name: str


class LocalNamed(BaseModel):
    """Something with a name in each language."""

    id: str
    name: LocalText


class DistrictOut(Named):
    """A district of a municipality."""

    municipality: str


class GroupOut(LocalNamed):
    """A set of areas that figures are given for; `kind` says where it comes from."""

    kind: Literal["all", "group", "municipality", "district"]


class CentreOut(Named):
    """A centre and whose it is."""

    organisation: str


class HospitalOut(Named):
    """A place where patients are delivered, degrees (WGS84)."""

    lat: float
    lon: float
    organisation: str


class ShiftOut(BaseModel):
    """A shift of a roster: it begins on `weekdays` (1 = Monday) from `start_s` to `end_s`, seconds after midnight.

    An end before the start falls on the next day.
    """

    weekdays: list[int]
    start_s: int
    end_s: int


class RosterOut(BaseModel):
    """A roster: in words, by language, and as shifts."""

    id: str
    text: LocalText
    shifts: list[ShiftOut]


class TargetOut(BaseModel):
    """A share of incidents of an urgency to be reached within some minutes."""

    urgency: str
    where: str
    minutes: float
    share: float


class RegionOut(BaseModel):
    """The rectangle in which every place of the study lies, degrees (WGS84)."""

    south: float
    west: float
    north: float
    east: float


class GateOut(BaseModel):
    """Premise 1 as the study declares it."""

    baseline: str
    groups: list[str]
    urgency: str
    margin_share_pp: float
    margin_mean_s: float
    confidence: float


class AlternativeHead(BaseModel):
    """An alternative as it is saved. `colour` counts from 0, which is today.

    `version` is that of its file: it is sent along when the alternative is saved or deleted, so that nobody
    overwrites what somebody else has changed. Today has no file, and so no version.
    """

    id: str
    title: LocalText
    description: LocalText
    note: LocalText
    edits: list[Entry]
    colour: int
    file: str | None
    version: str | None


class StudyOut(StudyHead):
    """A study, without its map. `alternatives` begin with today, which has no edits.

    `places` are those that main roads join, none in a study on roads of a map.
    """

    languages: list[str]
    base_title: LocalText
    start: str
    days: int
    replications: int
    seed: int
    region: RegionOut
    urgencies: list[str]
    targets: list[TargetOut]
    gate: GateOut | None
    groups: list[GroupOut]
    organisations: list[Named]
    centres: list[CentreOut]
    municipalities: list[Named]
    districts: list[DistrictOut]
    unit_kinds: list[LocalNamed]
    rosters: list[RosterOut]
    hospitals: list[HospitalOut]
    places: list[Named]
    band_km: float
    alternatives: list[AlternativeHead]
