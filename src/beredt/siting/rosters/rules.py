"""What rosters may be made of: a TOML file, every fault of it an issue.

What each key means stands in `model/fields/roster/rules.csv`.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator

from beredt.errors import DefinitionError
from beredt.model.dictionary import load_fields
from beredt.model.field import clock_seconds
from beredt.model.reading.toml_file import parse_toml
from beredt.model.reading.toml_issues import toml_issues
from beredt.model.reading.weekdays import parse_weekdays
from beredt.model.settings_base import Clock, FromList, Section, Slug
from beredt.siting.rosters.shift_form import DAY_MIN, ShiftForm

MINUTES_PER_HOUR = 60


class FormRule(Section):
    """A family of shifts: one length, several beginnings, several sets of weekdays."""

    id: Slug
    first: Clock
    last: Clock
    step_min: Annotated[int, Field(ge=5, le=DAY_MIN)] = 60
    length_h: Annotated[float, Field(gt=0, le=24)]
    weekdays: Annotated[tuple[str, ...], FromList, Field(min_length=1)]
    crew: Annotated[int, Field(ge=1, le=10)] = 2
    most: Annotated[int, Field(ge=0)] = 0

    @field_validator("length_h", mode="before")
    @classmethod
    def _whole_hours_are_numbers(cls, value: object) -> object:
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("length_h")
    @classmethod
    def _whole_minutes(cls, value: float) -> float:
        if value * 12 != round(value * 12):
            raise ValueError("is not a whole number of five minutes; shifts are laid in steps of five minutes")
        return value

    @field_validator("first", "last")
    @classmethod
    def _fifth_minute(cls, value: str) -> str:
        if clock_seconds(value) % 300:
            raise ValueError("is not a whole number of five minutes; shifts are laid in steps of five minutes")
        return value

    @field_validator("weekdays")
    @classmethod
    def _known_days(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            try:
                parse_weekdays(text)
            except ValueError:
                raise ValueError(f"holds {text!r}; write days such as mon-fri or sat;sun") from None
        return value

    def forms(self) -> list[ShiftForm]:
        """Every shift of the family, by weekdays and then by beginning; a last beginning before the first wraps."""
        first, last = clock_seconds(self.first) // 60, clock_seconds(self.last) // 60
        last += DAY_MIN if last < first else 0
        return [
            ShiftForm(
                id=f"{self.id}-{text.replace(';', '-')}-{start % DAY_MIN // 60:02d}{start % 60:02d}",
                weekdays=parse_weekdays(text),
                start_min=start % DAY_MIN,
                length_min=round(self.length_h * MINUTES_PER_HOUR),
                crew=self.crew,
                family=self.id,
                most=self.most,
            )
            for text in self.weekdays
            for start in range(first, last + 1, self.step_min)
        ]


class RosterRules(Section):
    """Permitted shifts, and what a roster is measured by; see `rules.toml` for the source of every default."""

    net_hours_per_fte: Annotated[int, Field(ge=1, le=8784)] = 1460
    handover_min: Annotated[int, Field(ge=0, le=120)] = 0
    least_units: Annotated[int, Field(ge=0)] = 1
    most_units: Annotated[int, Field(ge=0)] = 0
    blocking: Annotated[float, Field(gt=0, lt=1)] = 0.2
    forms: Annotated[tuple[FormRule, ...], FromList, Field(min_length=1)]

    @field_validator("forms")
    @classmethod
    def _own_names(cls, value: tuple[FormRule, ...]) -> tuple[FormRule, ...]:
        names = [one.id for one in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"has two families named {twice[0]}; give each its own id")
        return value

    def all_forms(self) -> tuple[ShiftForm, ...]:
        """Every permitted shift, in the order of the file."""
        return tuple(form for family in self.forms for form in family.forms())


def read_roster_rules(path: Path | None) -> RosterRules:
    """Rules of a file, or those that Beredt brings where `path` is None.

    Raises:
        DefinitionError: with every fault of the file.
        OSError: the file cannot be read.
    """
    if path is None:
        content = files("beredt.siting.rosters").joinpath("rules.toml").read_bytes()
        return parse_roster_rules("rules.toml", content)
    return parse_roster_rules(path.name, path.read_bytes())


def parse_roster_rules(name: str, content: bytes) -> RosterRules:
    """Rules of a file's content. Raises DefinitionError with every fault."""
    document, text, issues = parse_toml(name, content)
    if document is not None:
        try:
            return RosterRules.model_validate(document)
        except ValidationError as error:
            issues = toml_issues(name, text, load_fields("roster/rules"), error.errors(include_url=False))
    raise DefinitionError("rules of rosters", issues)
