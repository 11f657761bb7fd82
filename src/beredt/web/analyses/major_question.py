"""What a page asks of a major incident."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from beredt.decision.major_incident.assumptions import Assumptions
from beredt.decision.major_incident.find_scene import find_scene
from beredt.decision.major_incident.major_incident import Event, MajorIncident, When
from beredt.decision.major_incident.needed import Needed, refuse_unknown_kinds, with_needed
from beredt.decision.major_incident.severity import Patients
from beredt.decision.major_incident.study_events import capacity_of_study, event_of_study
from beredt.errors import OptionError
from beredt.model.edits.service_of import service_of
from beredt.model.settings_base import AlternativeId
from beredt.model.study import Study

Name = Annotated[str, Field(min_length=1, max_length=200)]
Patient = Annotated[int, Field(ge=0, le=1000)]
Sharing = Annotated[int, Field(ge=1, le=20)]
MOST_PLACES = 8
MOST_NEEDED = 12


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


class NeededAsked(BaseModel):
    """Units that each place needs beside those for patients, or the one whose id is `incident`: any whose kind is one
    of `wanted` or has one of these words of competence or equipment, any first unit where none is named. They stay
    `stay_min` minutes; where they are `waited` for, no patient of the place is treated before all of them are there.
    """

    model_config = ConfigDict(extra="forbid")

    id: Name
    wanted: Annotated[list[Name], Field(max_length=MOST_NEEDED)] = []
    units: Annotated[int, Field(ge=0, le=20)] = 1
    stay_min: Annotated[float, Field(ge=0, le=1440, allow_inf_nan=False)] = 120.0
    waited: bool = False
    incident: Name | None = None

    def as_needed(self) -> Needed:
        """As the program knows it."""
        return Needed(self.id, tuple(self.wanted), self.units, self.stay_min, self.waited, self.incident)


class MajorQuestion(BaseModel):
    """What is asked: `places`, or without any the study's own `event` (null: its only one). `weekday` 1 to 7 and
    `clock_min` after midnight are null for any. `alternatives` beside today: ids, none for all. `needed` beside units
    for patients is null for what the study says of its event, else one unit that commands. The rest is assumed as the
    how-to describes it.
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
    needed: Annotated[list[NeededAsked], Field(max_length=MOST_NEEDED)] | None = None
    capacity: Annotated[list[HospitalTakes], Field(max_length=200)] = []
    call_in_share: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.0
    call_in_min: Annotated[float, Field(ge=0, le=1440, allow_inf_nan=False)] = 60.0
    seamless_h: Annotated[float, Field(ge=0, le=48, allow_inf_nan=False)] = 0.0

    def event_in(self, study: Study) -> Event:
        """The event.

        Raises:
            OptionError: nobody is hurt, no alarm is the first, a place outside the study, or no event to choose.
            UnknownIdError: a place, event or kind of unit that is not found.
            StudyError: places of the study's table that are not found.
        """
        event = self._places_in(study)
        if self.needed is None:
            return event
        needed = with_needed((), (one.as_needed() for one in self.needed))
        chosen = self.alternatives or [one.id for one in study.alternatives]
        refuse_unknown_kinds(needed, [study.service, *(service_of(study, one) for one in chosen)])
        return replace(event, needed=needed)

    def _places_in(self, study: Study) -> Event:
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
            capacity={**capacity_of_study(study), **{one.hospital: one.patients for one in self.capacity}},
            call_in_share=self.call_in_share,
            call_in_min=self.call_in_min,
            seamless_h=self.seamless_h,
            horizon_min=round(self.hours * 60),
            step_min=self.step_min,
        )
