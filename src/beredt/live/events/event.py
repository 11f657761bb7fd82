"""Version 1 of the event form: what a feed says about units, incidents and rosters, one event at a time.

The page Live events of the reference, with the JSON Schema, is made of these classes. A field that is not in the form
is refused: there is no place for anything about a patient.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    model_validator,
)

FORM_VERSION = 1

Name = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""An id: printable, no line breaks."""

Urgency = Literal["A", "H", "V"]


def _text(value: object) -> object:
    """A bare number could be seconds or milliseconds: whoever sends it has to say."""
    if not isinstance(value, str):
        raise ValueError("give a moment as text with its offset, such as 2026-01-05T06:00:00+01:00")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_text)]
"""A moment with its offset from UTC, as ISO 8601."""


class Position(BaseModel):
    """Where something is: degrees, WGS84."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False, strict=True)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False, strict=True)


class Said(BaseModel):
    """What every event holds: who says it, and when it happened by the clock of who says it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Name = Field(description="Names the event within its source. Sent again, it is the same event.")
    source: Name = Field(description="The system that says it, such as `cad` or `avl`.")
    time: Moment = Field(description="When it happened by the clock of the source, with its offset from UTC.")
    sequence: int | None = Field(
        default=None,
        ge=0,
        lt=2**53,
        strict=True,
        description="Counts the events of a source; of equal times the higher holds.",
    )


class UnitStatus(Said):
    """A unit does something else from now on."""

    kind: Literal["unit_status"]
    unit: Name = Field(description="Id of the unit in the study.")
    status: Name = Field(description="One of the words of a status; any other makes the unit's status unknown.")
    incident: Name | None = Field(default=None, description="The incident that it is about.")
    hospital: Name | None = Field(default=None, description="Id of the hospital in the study to which it drives.")
    position: Position | None = Field(default=None, description="Where it was then.")


class UnitPosition(Said):
    """A unit is somewhere."""

    kind: Literal["unit_position"]
    unit: Name = Field(description="Id of the unit in the study.")
    position: Position


class IncidentOpened(Said):
    """Somebody needs help."""

    kind: Literal["incident_opened"]
    incident: Name
    urgency: Urgency
    position: Position
    centre: Name | None = Field(default=None, description="Id of the responsible centre; left out: that of the area.")


class IncidentChanged(Said):
    """What is known of an incident is something else from now on; what is left out stays."""

    kind: Literal["incident_changed"]
    incident: Name
    urgency: Urgency | None = None
    position: Position | None = None
    centre: Name | None = None


class IncidentClosed(Said):
    """Nothing more is to be done for an incident."""

    kind: Literal["incident_closed"]
    incident: Name


class Shift(BaseModel):
    """A stretch on duty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    begins: Moment
    ends: Moment

    @model_validator(mode="after")
    def _right_way_round(self) -> Self:
        if self.ends <= self.begins:
            raise ValueError("a shift ends after it begins")
        return self


class RosterChanged(Said):
    """The shifts of a unit that begin on a day, in the place of those that the study's roster has; none: off duty."""

    kind: Literal["roster_changed"]
    unit: Name = Field(description="Id of the unit in the study.")
    day: date = Field(description="The local day.")
    shifts: tuple[Shift, ...] = Field(max_length=8)


Event = Annotated[
    UnitStatus | UnitPosition | IncidentOpened | IncidentChanged | IncidentClosed | RosterChanged,
    Field(discriminator="kind"),
]

KINDS = (
    "unit_status", "unit_position", "incident_opened", "incident_changed", "incident_closed", "roster_changed",
)  # fmt: skip
"""Kinds of events."""

EVENT: TypeAdapter[Any] = TypeAdapter(Event)
"""Reads one event of JSON's values."""


def event_schema() -> dict[str, Any]:
    """The JSON Schema of an event."""
    schema = EVENT.json_schema()
    about = f"Version {FORM_VERSION} of the form in which Beredt takes the events of a live feed."
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Live event",
        "description": about,
        **schema,
    }
