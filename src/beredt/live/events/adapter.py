"""An adapter: how another system writes its events, as one small TOML file that whoever knows that system edits.

Where the events lie, which of its fields is which of ours, and its codes for kinds, statuses and urgencies. Nothing is
guessed: a code without a row stays as it is, and is then unknown and counted. What is written on our side of a row has
to be a word of ours: a slip there would make a unit unknown for as long as nobody looks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from beredt.errors import DefinitionError
from beredt.live.events.words import STATUSES, URGENCIES
from beredt.live.limits import toml_issues
from beredt.model.issue import Issue

ADAPTER_VERSION = 1

FIELDS = ("id", "time", "sequence", "unit", "status", "incident", "hospital", "urgency", "centre", "lat", "lon")

_ALL = {"id", "source", "time", "sequence", "kind"}
_OF_KIND = {
    "unit_status": _ALL | {"unit", "status", "incident", "hospital", "position"},
    "unit_position": _ALL | {"unit", "position"},
    "incident_opened": _ALL | {"incident", "urgency", "position", "centre"},
    "incident_changed": _ALL | {"incident", "urgency", "position", "centre"},
    "incident_closed": _ALL | {"incident"},
}
"""Fields of each kind: a row of another system often tells more than the event is about."""
_NEEDED = {
    "unit_status": ("unit", "status"),
    "unit_position": ("unit", "lat", "lon"),
    "incident_opened": ("incident", "urgency", "lat", "lon"),
    "incident_changed": ("incident",),
    "incident_closed": ("incident",),
}
"""Fields without which no event of a kind can be taken."""
FORMS = ("iso", "seconds", "milliseconds")
QUOTES = "give a TOML file; names with other letters than a to z stand in quotes"
SOME_MOMENT = datetime(2026, 1, 5, 6, 7, 8)


def _one_of(what: str, words: tuple[str, ...]) -> AfterValidator:
    """A word of ours, or what it could have been."""

    def look(word: str) -> str:
        if word not in words:
            raise ValueError(f"{word!r} is no {what}: there are {', '.join(words)}")
        return word

    return AfterValidator(look)


KindOurs = Annotated[str, _one_of("kind of event", tuple(_OF_KIND))]
StatusOurs = Annotated[str, _one_of("status", STATUSES)]
UrgencyOurs = Annotated[str, _one_of("urgency", URGENCIES)]


class Kind(BaseModel):
    """Which kind of event something is: always one, or told by a field's codes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    always: KindOurs | None = None
    field: str | None = None
    codes: dict[str, KindOurs] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _told_once(self) -> Self:
        if (self.always is None) == (self.field is None):
            raise ValueError("say of which kind events are: either `always`, or `field` with `codes`")
        return self

    def names(self) -> tuple[str, ...]:
        """Kinds that are named here; a code without a row may be another."""
        return tuple(dict.fromkeys(self.codes.values())) if self.always is None else (self.always,)


class ClockOf(BaseModel):
    """How times are written, and how far the clock of the system is ahead of the right one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: str = Field(default="iso", description="`iso`, `seconds`, `milliseconds` (since 1970), or as strptime")
    zone: str = Field(default="Europe/Oslo", description="of times that do not say their offset")
    ahead_s: float = Field(default=0.0, description="taken off every time")

    @field_validator("form")
    @classmethod
    def _readable(cls, form: str) -> str:
        if form in FORMS:
            return form
        if "%" not in form:
            raise ValueError(
                f"{form!r} is no form of a time: there are {', '.join(FORMS)}, or such as %d.%m.%Y %H:%M:%S"
            )
        try:
            datetime.strptime(SOME_MOMENT.strftime(form), form)
        except ValueError as error:
            raise ValueError(f"a time written as {form!r} cannot be read back: {error}") from None
        return form

    @field_validator("zone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{name!r} is no time zone such as Europe/Oslo") from None
        return name


class Adapter(BaseModel):
    """A mapping file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1]
    source: str = Field(min_length=1, max_length=128, description="the source of all its events")
    events: str = Field(default="", description="dotted path to the list of events in what is sent; empty: itself")
    kind: Kind
    clock: ClockOf = ClockOf()
    fields: dict[str, str | list[str]] = Field(
        description="ours = theirs, a dotted path; several paths make an id together, empty where a row lacks one"
    )
    status: dict[str, StatusOurs] = Field(default_factory=dict, description="theirs = ours")
    urgency: dict[str, UrgencyOurs] = Field(default_factory=dict, description="theirs = ours")
    units: dict[str, str] = Field(default_factory=dict, description="their name of a unit = its id in the study")
    hospitals: dict[str, str] = Field(default_factory=dict, description="their name of a hospital = its id")

    @field_validator("fields")
    @classmethod
    def _ours(cls, fields: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
        unknown = [name for name in fields if name not in FIELDS]
        if unknown:
            raise ValueError(f"there is no field {unknown[0]!r}: there are {', '.join(FIELDS)}")
        missing = [name for name in ("id", "time") if name not in fields]
        if missing:
            raise ValueError(f"nothing says which of their fields is {missing[0]!r}")
        empty = [name for name, paths in fields.items() if not paths]
        if empty:
            raise ValueError(f"{empty[0]!r} names no field of theirs")
        if ("lat" in fields) != ("lon" in fields):
            raise ValueError("'lat' goes with 'lon': a place needs both")
        return fields

    @model_validator(mode="after")
    def _enough(self) -> Self:
        for kind in self.kind.names():
            missing = [name for name in _NEEDED[kind] if name not in self.fields]
            if missing:
                raise ValueError(f"below [fields], a {kind} needs {missing[0]!r}, or each of them would be refused")
        return self

    def strange_names(self, file: str, units: Container[str], hospitals: Container[str]) -> list[Issue]:
        """Names on our side of `[units]` and `[hospitals]` that the study does not have, of a file of that name."""
        maps = (("units", self.units, units), ("hospitals", self.hospitals, hospitals))
        return [
            Issue(
                file, None, f"{table}.{theirs}", ours, 1, "the study has no such id", "write the id as the study has it"
            )
            for table, names, known in maps
            for theirs, ours in names.items()
            if ours not in known
        ]

    def translate(self, sent: Any) -> list[dict[str, Any]]:
        """What was sent, in our form; what cannot be told is left out, and whoever reads the event refuses it."""
        found = sent if not self.events else find_path(sent, self.events)
        rows = found if isinstance(found, list) else [found]
        return [self._event(row) for row in rows]

    def _event(self, row: Any) -> dict[str, Any]:
        value = {name: self._value(row, path) for name, path in self.fields.items()}
        kind = self.kind.always
        if kind is None and self.kind.field is not None:
            code = str(find_path(row, self.kind.field))
            kind = self.kind.codes.get(code, code)
        event: dict[str, Any] = {"kind": kind, "source": self.source, "time": self._time(value.get("time"))}
        coded: Mapping[str, dict[str, str]] = {
            "status": self.status, "urgency": self.urgency, "unit": self.units, "hospital": self.hospitals
        }  # fmt: skip
        for name in ("id", "unit", "status", "incident", "hospital", "urgency", "centre"):
            if value.get(name) not in (None, ""):
                text = str(value[name])
                event[name] = coded.get(name, {}).get(text, text)
        if value.get("sequence") not in (None, ""):
            event["sequence"] = _whole(value["sequence"])
        if value.get("lat") not in (None, "") and value.get("lon") not in (None, ""):  # an empty cell tells nothing
            event["position"] = {"lat": _number(value["lat"]), "lon": _number(value["lon"])}
        return {name: one for name, one in event.items() if name in _OF_KIND.get(str(kind), event)}

    def _value(self, row: Any, path: str | list[str]) -> Any:
        if isinstance(path, str):
            return find_path(row, path)
        parts = [find_path(row, one) for one in path]
        told = any(part not in (None, "") for part in parts)
        return "|".join("" if part is None else str(part) for part in parts) if told else None

    def _time(self, value: Any) -> Any:
        """A moment as text with its offset; whatever cannot be read is handed on, and refused there."""
        zone, form = ZoneInfo(self.clock.zone), self.clock.form
        try:
            if form in ("seconds", "milliseconds"):
                moment = datetime.fromtimestamp(float(value) / (1000 if form == "milliseconds" else 1), zone)
            elif form == "iso":
                moment = datetime.fromisoformat(str(value))
            else:
                moment = datetime.strptime(str(value), form)
        except (ValueError, TypeError, OverflowError, OSError):
            return None if value is None else str(value)
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
        return (moment - timedelta(seconds=self.clock.ahead_s)).isoformat()


def find_path(value: Any, path: str) -> Any:
    """What lies at a dotted path, None where there is nothing. Of a list a part is the place, from 0."""
    for part in path.split("."):
        if isinstance(value, list) and part.isdecimal():
            value = value[int(part)] if int(part) < len(value) else None
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            return None
    return value


def _number(value: Any) -> Any:
    """A number that may be written as text; anything else as it is."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def _whole(value: Any) -> Any:
    """A whole number that may be written as text; anything else as it is."""
    return int(value) if isinstance(value, str) and value.strip().isdecimal() else value


def read_adapter(path: Path) -> Adapter:
    """The adapter of a file. Raises DefinitionError with everything that is wrong in it."""
    try:
        return Adapter.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        issue = Issue(path.name, None, None, None, 1, f"it cannot be read: {error}", QUOTES)
        raise DefinitionError("adapter", [issue]) from error
    except ValidationError as error:
        raise DefinitionError("adapter", toml_issues(path.name, error)) from error
