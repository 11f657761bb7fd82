"""What a page asks of a major incident."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from beredt.decision.major_incident.assumptions import Assumptions
from beredt.decision.major_incident.find_scene import find_scene
from beredt.decision.major_incident.major_incident import Event, MajorIncident, When
from beredt.decision.major_incident.severity import Patients
from beredt.decision.major_incident.study_events import capacity_of_study, event_of_study
from beredt.errors import OptionError
from beredt.model.settings_base import AlternativeId
from beredt.model.study import Study

Name = Annotated[str, Field(min_length=1, max_length=200)]
Patient = Annotated[int, Field(ge=0, le=1000)]
Sharing = Annotated[int, Field(ge=1, le=20)]
MOST_PLACES = 8


class BySeverity(BaseModel):
    """Patients by severity."""

    model_config = ConfigDict(extra="forbid")

    red: Patient = 0
    yellow: Patient = 0
    green: Patient = 0

    @property
    def patients(self) -> Patients:
        """As the program counts them."""
        return (self.red, self.yellow, self.green)


class PlaceAsked(BySeverity):
    """A place: `LAT,LON`, an area, or a place, station or hospital by id or name; its alarm `after_min` minutes after
    the first one; and its patients.
    """

    place: Name
    after_min: Annotated[float, Field(ge=0, le=1440, allow_inf_nan=False)] = 0.0


class HospitalTakes(BySeverity):
    """What a hospital takes in all."""

    hospital: Name


class PerUnit(BaseModel):
    """Patients that share a unit, by severity."""

    model_config = ConfigDict(extra="forbid")

    red: Sharing = 1
    yellow: Sharing = 2
    green: Sharing = 4


class MajorQuestion(BaseModel):
    """What is asked: `places`, or without any the study's own `event` (null: its only one). `weekday` 1 to 7 and
    `clock_min` after midnight are null for any. `alternatives` beside today: ids, none for all. The rest is assumed as
    the how-to describes it.
    """

    model_config = ConfigDict(extra="forbid")

    places: Annotated[list[PlaceAsked], Field(max_length=MOST_PLACES)] = []
    event: Name | None = None
    weekday: Annotated[int, Field(ge=1, le=7)] | None = None
    clock_min: Annotated[int, Field(ge=0, le=1439)] | None = None
    alternatives: Annotated[list[AlternativeId], Field(max_length=50)] = []
    samples: Annotated[int, Field(ge=1, le=200)] = 20
    hours: Annotated[float, Field(ge=0.5, le=24, allow_inf_nan=False)] = 4.0
    step_min: Annotated[int, Field(ge=1, le=60)] = 5
    per_unit: PerUnit = PerUnit()
    command_units: Annotated[int, Field(ge=0, le=20)] = 1
    command_min: Annotated[float, Field(ge=0, le=1440, allow_inf_nan=False)] = 120.0
    command_kind: Name | None = None
    capacity: Annotated[list[HospitalTakes], Field(max_length=200)] = []
    call_in_share: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.0
    call_in_min: Annotated[float, Field(ge=0, le=1440, allow_inf_nan=False)] = 60.0
    seamless_h: Annotated[float, Field(ge=0, le=48, allow_inf_nan=False)] = 0.0

    def event_in(self, study: Study) -> Event:
        """The event.

        Raises:
            OptionError: nobody is hurt, no alarm is the first, a place outside the study, or no event to choose.
            UnknownIdError: a place or event that is not found.
            StudyError: places of the study's table that are not found.
        """
        if not self.places:
            return event_of_study(study, self.event)
        if not any(sum(one.patients) for one in self.places):
            raise OptionError("patients", "0", "nobody is hurt", "give red, yellow or green patients")
        first = min(one.after_min for one in self.places)
        if first > 0.0:
            raise OptionError("after", f"{first:g}", "the first alarm is at minute 0", "let one place have 0")
        found = [
            MajorIncident(str(number), find_scene(study, one.place), one.after_min, one.patients)
            for number, one in enumerate(self.places, start=1)
        ]
        clock_s = None if self.clock_min is None else 60 * self.clock_min
        incidents = tuple(sorted(found, key=lambda one: (one.after_min, int(one.id))))
        return Event("event", incidents, When(self.weekday, clock_s))

    def assumptions_for(self, study: Study) -> Assumptions:
        """What is assumed; what hospitals take is the study's where it is not given here."""
        unit = self.per_unit
        return Assumptions(
            per_unit=(unit.red, unit.yellow, unit.green),
            command_units=self.command_units,
            command_min=self.command_min,
            command_kind=self.command_kind,
            capacity={**capacity_of_study(study), **{one.hospital: one.patients for one in self.capacity}},
            call_in_share=self.call_in_share,
            call_in_min=self.call_in_min,
            seamless_h=self.seamless_h,
            horizon_min=round(self.hours * 60),
            step_min=self.step_min,
        )
