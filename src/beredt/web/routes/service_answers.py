"""What becomes of today's service under a draft, before anything is simulated."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from beredt.model.settings_base import Language
from beredt.web.faults import Fault
from beredt.web.routes.study_answers import LocalNamed, Named, RosterOut

MOST_EDITS = 1_000

Entry = dict[str, Any]
Change = Literal["same", "new", "moved", "changed", "gone"]
"""How a row differs from today's: it stands elsewhere, or something else about it is different."""


class ServiceQuestion(BaseModel):
    """A draft: its edits in their order, as they stand in TOML; sentences come in `lang`."""

    edits: list[Entry] = Field(max_length=MOST_EDITS)
    lang: Language = "en"


class Line(BaseModel):
    """One edit in words, and what is wrong with it."""

    text: str
    complaints: list[Fault]


class StationOut(BaseModel):
    """A station, degrees (WGS84). `base_lat` and `base_lon` say where it stands today, null for a new one.

    `units` counts those based there; `change` tells today's stations from new, moved, changed and closed ones.
    """

    id: str
    name: str
    lat: float
    lon: float
    base_lat: float | None
    base_lon: float | None
    organisation: str
    centre: str
    units: int
    basis: str
    change: Change


class StandbyOut(BaseModel):
    """A standby point; `start_s` and `end_s` are seconds after midnight."""

    id: str
    name: str
    lat: float
    lon: float
    base_lat: float | None
    base_lon: float | None
    centre: str
    home_stations: list[str]
    keep_home: int
    max_drive_min: float
    weekdays: list[int]
    start_s: int
    end_s: int
    change: Change


class ClosedOut(BaseModel):
    """Hours in which a share of the patients of an urgency (`*` for all) is taken elsewhere, as `ClosedDepartment`."""

    urgency: str
    share: float
    instead: list[str]
    weekdays: list[int]
    start_s: int
    end_s: int


class ServiceHospitalOut(BaseModel):
    """A hospital, or another place of delivery, degrees (WGS84); `emergency`: it takes emergencies."""

    id: str
    name: str
    lat: float
    lon: float
    base_lat: float | None
    base_lon: float | None
    organisation: str
    emergency: bool
    closed: list[ClosedOut]
    change: Change


class UnitOut(BaseModel):
    """A unit, with its roster in words."""

    id: str
    station: str
    kind: str
    roster: str
    roster_text: str
    organisation: str
    centre: str
    basis: str
    change: Change


class BorderOut(BaseModel):
    """What one centre may see and send of another's units."""

    asking_centre: str
    owning_centre: str
    urgency: str
    policy: str
    margin_s: float
    ask_s: float
    view: str
    view_age_s: float
    change: Change


class ServiceOut(BaseModel):
    """Today's service after every edit that fits.

    `complaints` is all that is wrong, in the order of the edits; those of one edit stand at its line, too. Lists by
    area are in the map's order: centre and organisation, kilometres to the nearest area of another centre (null: there
    is none), and the nearest station with a unit with the drive from it in seconds at the acute pace (null: none).
    """

    fingerprint: str
    lines: list[Line]
    complaints: list[Fault]
    stations: list[StationOut]
    standby_points: list[StandbyOut]
    units: list[UnitOut]
    rosters: list[RosterOut]
    hospitals: list[ServiceHospitalOut]
    pathways: list[Named]
    unit_kinds: list[LocalNamed]
    border_rules: list[BorderOut]
    areas_centre: list[str]
    areas_organisation: list[str]
    areas_border_km: list[float | None]
    areas_station: list[str | None]
    areas_drive_s: list[int | None]
