"""What a person writes on the command line about an event, as an event."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from beredt.decision.major_incident.find_scene import find_scene
from beredt.decision.major_incident.major_incident import WEEKDAYS, Event, MajorIncident, When
from beredt.decision.major_incident.needed import Needed, named_kind
from beredt.decision.major_incident.severity import Patients
from beredt.errors import OptionError
from beredt.model.study import Study

DEFAULT_PATIENTS: Patients = (5, 10, 15)
"""Where nobody says how many: an assumption, the size of an accident with a bus."""

MOST_UNITS = 20
"""Of one kind that a place may need."""

_CLOCK = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)$")


def parse_event(study: Study, places: Sequence[str], patients: Sequence[str], after: Sequence[str]) -> Event:
    """An event of places given one by one; patients and minutes are for all of them, or one for each.

    Raises:
        OptionError: numbers that do not go together, or that are none; a place outside the study.
        UnknownIdError: a place that is not found.
    """
    counts = [parse_patients("--patients", one) for one in patients] or [DEFAULT_PATIENTS]
    minutes = [_minutes_of("--after", one) for one in after] or [0.0]
    for option, given in (("--patients", counts), ("--after", minutes)):
        if len(given) not in (1, len(places)):
            raise OptionError(option, str(len(given)), f"there are {len(places)} places", "give one, or one for each")
    incidents = [
        MajorIncident(
            str(number + 1),
            find_scene(study, place),
            minutes[number % len(minutes)],
            counts[number % len(counts)],
        )
        for number, place in enumerate(places)
    ]
    first = min(one.after_min for one in incidents)
    if first > 0.0:
        raise OptionError("--after", f"{first:g}", "the first alarm is at minute 0", "let one place have 0")
    return Event("event", tuple(sorted(incidents, key=lambda one: (one.after_min, int(one.id)))))


def parse_patients(option: str, text: str) -> Patients:
    """`RED,YELLOW,GREEN`, whole numbers ≥ 0. Raises OptionError."""
    parts = text.split(",")
    if len(parts) != 3 or not all(part.strip().isdigit() for part in parts):
        raise OptionError(option, text, "not three whole numbers", "write RED,YELLOW,GREEN, such as 5,10,15")
    red, yellow, green = (int(part) for part in parts)
    return red, yellow, green


def parse_when(text: str) -> When:
    """`any`, a weekday, a clock time, or both: `fri-17:00`. Raises OptionError."""
    weekday, clock_s = None, None
    for part in text.lower().split("-", maxsplit=1):
        clock = _CLOCK.match(part)
        if clock:
            clock_s = int(clock[1]) * 3600 + int(clock[2]) * 60
        elif part in WEEKDAYS:
            weekday = WEEKDAYS.index(part) + 1
        elif part != "any":
            raise OptionError(
                "--when", text, "neither a weekday nor a clock time", "write any, fri, 17:00 or fri-17:00"
            )
    return When(weekday, clock_s)


def parse_capacity(given: Sequence[str]) -> Mapping[str, Patients]:
    """`HOSPITAL=RED,YELLOW,GREEN`, each. Raises OptionError."""
    found = {}
    for text in given:
        hospital, sign, counts = text.partition("=")
        if not sign:
            raise OptionError("--capacity", text, "no hospital with numbers", "write HOSPITAL=RED,YELLOW,GREEN")
        found[hospital] = parse_patients("--capacity", counts)
    return found


def parse_needed(given: Sequence[str], places: Sequence[str]) -> tuple[Needed, ...]:
    """`NAME[@PLACE][:KIND/KIND]=UNITS[,MINUTES][,waited]`, each.

    Args:
        given: as written.
        places: ids of the event's places; those of `parse_event` are numbers, from 1.

    Raises:
        OptionError: it is not of that form, or there is no such place.
    """
    return tuple(_needed(text, places) for text in given)


def _needed(text: str, places: Sequence[str]) -> Needed:
    named, sign, rest = text.partition("=")
    name, colon, kinds = named.partition(":")
    name, at, place = name.partition("@")
    parts = [part.strip() for part in rest.split(",")]
    waited = parts[-1] == "waited"
    numbers = parts[:-1] if waited else parts
    fault = not sign or not name or not 1 <= len(numbers) <= 2 or not numbers[0].isdigit()
    if fault or int(numbers[0]) > MOST_UNITS or (at and place not in places):
        raise OptionError(
            "--needed", text, f"no kind with a number of units up to {MOST_UNITS}, minutes, and a place that there is",
            "write NAME[@PLACE][:KIND/KIND]=UNITS[,MINUTES][,waited], such as cbrne=1,90,waited",
        )  # fmt: skip
    found = named_kind(name + colon + kinds)
    stay_min = _minutes_of("--needed", numbers[1]) if len(numbers) == 2 else found.stay_min
    return replace(found, units=int(numbers[0]), stay_min=stay_min, waited=waited, incident=place or None)


def parse_call_in(text: str) -> tuple[float, float]:
    """`PERCENT,MINUTES` of crews called in. Raises OptionError."""
    try:
        percent, minutes = (float(part) for part in text.split(","))
    except ValueError:
        percent, minutes = -1.0, 0.0
    if not 0.0 <= percent <= 100.0 or not 0.0 <= minutes < float("inf"):
        raise OptionError("--call-in", text, "not a share and minutes", "write PERCENT,MINUTES, such as 25,60")
    return percent / 100.0, minutes


def _minutes_of(option: str, text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = -1.0
    if not 0.0 <= minutes <= 1440.0:
        raise OptionError(option, text, "not minutes from 0 to 1440", "write such as 0, 15 or 120")
    return minutes


def parse_per_unit(text: str) -> Patients:
    """`RED,YELLOW,GREEN` patients that share a unit, each ≥ 1. Raises OptionError."""
    found = parse_patients("--per-unit", text)
    if min(found) < 1:
        raise OptionError("--per-unit", text, "a unit takes at least one patient", "write such as 1,2,4")
    return found
