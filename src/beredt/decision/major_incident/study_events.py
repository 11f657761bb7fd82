"""Events and capacities as a study's tables give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from beredt.decision.major_incident.find_scene import find_scene
from beredt.decision.major_incident.major_incident import WEEKDAYS, Event, MajorIncident, When
from beredt.decision.major_incident.needed import COMMAND, Needed, with_needed
from beredt.decision.major_incident.severity import SEVERITIES, Patients
from beredt.errors import OptionError, StudyError, UnknownIdError
from beredt.model.issue import Issue
from beredt.model.study import Study

TABLE = "major_incidents"


def event_of_study(study: Study, event: str | None) -> Event:
    """An event of the table `major_incidents`.

    Args:
        study: the study.
        event: its id; None where the table holds one only.

    Raises:
        UnknownIdError: no such event.
        OptionError: the table holds none, or several and none is named.
        StudyError: places that are not found, each as an issue.
    """
    table = study.decision.get(TABLE)
    rows: list[dict[str, Any]] = [] if table is None else table.to_dicts()
    known = list(dict.fromkeys(str(row["event"]) for row in rows))
    if not known:
        raise OptionError(
            "--event", event or "", f"the study has no table {TABLE}.csv with rows",
            "give the place with --at, or write the table",
        )  # fmt: skip
    if event is None and len(known) > 1:
        raise OptionError("--event", "", f"the study has {len(known)} events", f"name one of {', '.join(known)}")
    chosen = event or known[0]
    if chosen not in known:
        raise UnknownIdError("event", chosen, known)
    numbered = [(number, row) for number, row in enumerate(rows) if row["event"] == chosen]
    _refuse_unknown_places(study, numbered)
    incidents = sorted(
        (
            MajorIncident(
                str(row["id"]),
                find_scene(study, str(row["place"])),
                float(row["after_min"]),
                (int(row["red"]), int(row["yellow"]), int(row["green"])),
            )
            for _, row in numbered
        ),
        key=lambda one: (one.after_min, one.id),
    )
    return Event(chosen, tuple(incidents), _when(numbered[0][1]), with_needed((COMMAND,), _needed_of(study, chosen)))


def events_of_study(study: Study) -> tuple[Event, ...]:
    """All events of the table, in its order. Raises StudyError with every place that is not found."""
    table = study.decision.get(TABLE)
    names = [] if table is None else list(dict.fromkeys(table["event"].to_list()))
    return tuple(event_of_study(study, str(name)) for name in names)


def capacity_of_study(study: Study) -> Mapping[str, Patients]:
    """What hospitals take by the table `major_capacity`; hospitals without a row are not in it."""
    table = study.decision.get("major_capacity")
    if table is None or table.is_empty():
        return {}
    rows = table.select("hospital", *SEVERITIES).iter_rows()
    return {hospital: (red, yellow, green) for hospital, red, yellow, green in rows}


def _needed_of(study: Study, event: str) -> list[Needed]:
    """What an event needs by the table `major_needed`."""
    table = study.decision.get("major_needed")
    rows: list[dict[str, Any]] = [] if table is None else table.to_dicts()
    return [
        Needed(
            str(row["id"]), tuple(row["wanted"] or ()), int(row["units"]), float(row["stay_min"]),
            bool(row["waited"]), row["incident"],
        )
        for row in rows
        if row["event"] == event
    ]  # fmt: skip


def _refuse_unknown_places(study: Study, rows: list[tuple[int, dict[str, Any]]]) -> None:
    issues = []
    for number, row in rows:
        try:
            find_scene(study, str(row["place"]))
        except (UnknownIdError, OptionError) as error:
            remedy = "give LAT,LON inside the study, an area, or a place, station or hospital by id or name"
            issues.append(Issue(TABLE, number + 1, "place", str(row["place"]), 1, str(error), remedy))
    if issues:
        raise StudyError(issues)


def _when(row: dict[str, Any]) -> When:
    weekday, clock = row["weekday"], row["clock"]
    return When(
        weekday=None if weekday in (None, "any") else WEEKDAYS.index(weekday) + 1,
        clock_s=None if clock is None else int(clock),
    )
