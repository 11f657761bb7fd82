"""A profile: which column of a log holds what, and how it is written. One TOML file, made without code.

What every key means stands in `model/fields/mission_profile.csv`.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from beredt.missions.cleaning_context import FINISHED, LIMITS_S, Region
from beredt.missions.schema import STAMPS, UNIT_KINDS
from beredt.model.settings_base import FromList, LocalText, Section, Slug, Text
from beredt.model.urgency import URGENCIES

UNIT_NAME = "@unit"
"""Instead of a column: the name of the unit, for kinds that are told by it."""

ROW_NUMBER = "@row"
"""Instead of a column of the key: the row itself, where every row is an incident."""

CALL_YEAR = "@year"
"""Instead of a column of the key: the year of the call, where numbers begin anew every year."""

FIRST_ALERT = "@alert"
"""Instead of the column of the call: the first alert of the row, where a log has no time of the call."""

ANY = "*"
"""Instead of a code: every code that is not in the table."""


def _as_names(value: Any) -> Any:
    """One name may stand without brackets."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{name!r} is no time zone such as Europe/Oslo") from None
    return name


def _known_crs(name: str) -> str:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        CRS.from_user_input(name)
    except CRSError:
        raise ValueError(f"{name!r} is no coordinate system such as EPSG:25833") from None
    return name


Names = Annotated[tuple[Text, ...], BeforeValidator(_as_names)]
"""Names of columns, of which the first that a log has is read."""

Codes = dict[str, str]
"""What is written in the log → what it means. `/…/` is a regular expression, `*` everything else."""


class FileHabits(Section):
    """`[file]`: how the log is written."""

    encoding: str = "guess"
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=5)] = "guess"
    decimal: Literal[".", ","] = "."
    date_order: Literal["day", "month", "year"] = "year"
    clock: Literal["local", "utc"] = "local"
    numbers: Literal["excel", "unix_s", "unix_ms"] = "excel"
    absent: Annotated[tuple[str, ...], FromList] = ("", "NULL", "null", "NA", "NaN", "None", "-")
    sheet: str = ""
    header: Annotated[int, Field(ge=1, le=100)] = 1


class Columns(Section):
    """`[columns]`: what is read from which column. A log may lack any of them."""

    unit: Names = ()
    unit_kind: Names = ()
    station: Names = ()
    organisation: Names = ()
    urgency: Names = ()
    urgency_first: Names = ()
    planned: Names = ()
    mission_type: Names = ()
    date: Names = ()
    gap_s: Names = ()
    call_t: Names = ()
    created_t: Names = ()
    alerted_t: Names = ()
    rolling_t: Names = ()
    scene_t: Names = ()
    patient_t: Names = ()
    leave_t: Names = ()
    dest_t: Names = ()
    free_t: Names = ()
    cancelled: Names = ()
    lat: Names = ()
    lon: Names = ()
    x: Names = ()
    y: Names = ()
    point: Names = ()
    municipality: Names = ()
    district: Names = ()
    tettsted: Names = ()
    destination: Names = ()
    criterion: Names = ()
    triage: Names = ()
    comment: Names = ()
    age: Names = ()
    patient: Names = ()
    km: Names = ()

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if not any(getattr(self, name) for name in ("date", "gap_s", *STAMPS)):
            raise ValueError("give no time: name at least the column of call_t")
        if bool(self.x) != bool(self.y) or bool(self.lat) != bool(self.lon):
            raise ValueError("give half a position: name both x and y, or both lat and lon")
        return self


class Key(Section):
    """`[key]`: what the log names an incident by."""

    columns: Names = ()
    how: Literal["plain", "hash"] = "plain"


class Gaps(Section):
    """`[gaps]`: calls in their order, each with the seconds since the one before, and no time of their own."""

    first_call: datetime


def _meaning(known: tuple[str, ...]) -> Any:
    def check(codes: Codes) -> Codes:
        for code, word in codes.items():
            if word not in known:
                raise ValueError(f"{code!r} stands for {word!r}, which is none of {', '.join(known)}")
            if is_pattern(code):
                try:
                    re.compile(code[1:-1])
                except re.error as error:
                    raise ValueError(f"{code!r} is no regular expression: {error}") from None
        return codes

    return AfterValidator(check)


class CodeTables(Section):
    """`[codes.…]`: what the log's words mean."""

    urgency: Annotated[Codes, _meaning((*URGENCIES, ""))] = Field(default_factory=dict)
    unit_kind: Annotated[Codes, _meaning((*UNIT_KINDS, ""))] = Field(default_factory=dict)
    planned: Annotated[Codes, _meaning(("yes", "no", ""))] = Field(default_factory=dict)
    cancelled: Annotated[Codes, _meaning(("yes", "no", ""))] = Field(default_factory=dict)


class Lists(Section):
    """`[lists]`: a row is an incident, and its cells of times list several units, as `A1=07:30:05, A2=07:31:10`."""

    between: Annotated[str, StringConstraints(min_length=1)] = ","
    equals: Annotated[str, StringConstraints(min_length=1)] = "="


class RegionSection(Section):
    """`[region]`: where scenes may lie, in degrees."""

    south: float = Field(ge=-90, le=90)
    west: float = Field(ge=-180, le=180)
    north: float = Field(ge=-90, le=90)
    east: float = Field(ge=-180, le=180)

    @model_validator(mode="after")
    def _right_way_round(self) -> Self:
        if self.south >= self.north or self.west >= self.east:
            raise ValueError("is turned round: south must be below north and west below east")
        return self

    def as_region(self) -> Region:
        """As cleaning knows it."""
        return Region(self.south, self.west, self.north, self.east)


def _known_stamps(names: Any) -> Any:
    for name in names:
        if name not in STAMPS:
            raise ValueError(f"{name!r} is none of {', '.join(STAMPS)}")
    return names


class Cleaning(Section):
    """`[cleaning]`: what cleaning must know of this log."""

    required: Annotated[tuple[str, ...], FromList, AfterValidator(_known_stamps)] = FINISHED
    limits_s: Annotated[dict[str, Annotated[int, Field(ge=1)]], AfterValidator(_known_stamps)] = Field(
        default_factory=lambda: dict(LIMITS_S)
    )
    earliest: datetime | None = None
    latest: datetime | None = None
    stations: Annotated[tuple[str, ...], FromList] = ()
    without: Annotated[tuple[str, ...], FromList] = ()


class Privacy(Section):
    """`[privacy]`: columns that look as if they name persons, and do not."""

    harmless: Annotated[tuple[str, ...], FromList] = ()


class Profile(Section):
    """A whole profile, as read from its file."""

    id: Slug
    title: LocalText
    description: LocalText
    zone: Annotated[str, AfterValidator(_known_zone)]
    crs: Annotated[str, AfterValidator(_known_crs)] = "EPSG:4326"
    file: FileHabits = FileHabits()
    columns: Columns
    key: Key = Key()
    codes: CodeTables = CodeTables()
    lists: Lists | None = None
    gaps: Gaps | None = None
    region: RegionSection | None = None
    cleaning: Cleaning = Cleaning()
    privacy: Privacy = Privacy()

    @model_validator(mode="after")
    def _gaps_begin(self) -> Self:
        if bool(self.columns.gap_s) != (self.gaps is not None):
            raise ValueError("columns.gap_s and gaps.first_call stand or fall together")
        return self


def is_pattern(code: str) -> bool:
    """Whether a code of a table is a regular expression."""
    return len(code) > 2 and code.startswith("/") and code.endswith("/")
