"""A roster that tells of some units and some days alone: nobody else is taken off duty for that."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from beredt.indicators.observing.days import DAY_S
from beredt.indicators.observing.observe import Observation, ObservedService, observe_service
from beredt.indicators.observing.roster_issues import roster_issues_table
from beredt.indicators.observing.service_tables import service_tables
from beredt.missions.store import Store, open_store
from tests.indicators.made_store import make_store

DAYS, DAY_MIN = 28, 1_440
UNITS = ("A1", "A2", "B1")


def log_of_three_units(path: Path) -> Store:
    """Four weeks from 2026-01-01 13:00 in Oslo: each unit an hour out five times a day, never two at once, and from day
    to day at other hours, so that each is seen to be on duty day and night."""
    rows = [
        {"unit": unit, "station": unit[0], "municipality": "M", "urgency": "A", "call_t": at, "alerted_t": at + 1.0,
         "scene_t": at + 10.0, "free_t": at + 60.0}
        for day in range(DAYS) for turn in range(5)
        for number, unit in enumerate(UNITS)
        for at in [float(day * DAY_MIN + day * 37 % 240 + turn * 240 + number * 80)]
    ]  # fmt: skip
    return make_store(path, [row | {"incident": number} for number, row in enumerate(rows)])


def observed_with(tmp_path: Path, *units: str, first: int = 1, last: int = 29, hours: str = "00:00") -> ObservedService:
    shifts = [
        f"{unit},2026-01-{day:02} {hours},2026-01-{day + 1:02} 00:00"
        for unit in units
        for day in range(first, last + 1)
    ]
    file = tmp_path / "roster.csv"
    file.write_text("\n".join(["unit,on,off", *shifts, ""]), encoding="utf-8")
    return observe_service(log_of_three_units(tmp_path / "store"), how=Observation(roster=file))


def seen_alone(tmp_path: Path) -> ObservedService:
    return observe_service(open_store(tmp_path / "store"))


def shifts_of(observed: ObservedService, *units: str) -> list[tuple[str, float, float]]:
    """Units with the begin and end of each of their duties, in days."""
    duty = observed.duty
    names = [observed.fleet.unit[row] for row in duty.unit.tolist()]
    told = zip(names, (duty.on_s / DAY_S).tolist(), (duty.off_s / DAY_S).tolist(), strict=True)
    return [one for one in told if one[0] in units]


def none_free(observed: ObservedService) -> int:
    hours = service_tables(observed)["service_hours"].filter(kind="all", hour=-1)
    return int(hours["hours_none_free"][0])


def test_a_roster_of_all_units_tells_all(tmp_path: Path) -> None:
    observed = observed_with(tmp_path, *UNITS)
    assert observed.duty.basis == "roster"
    assert observed.roster is not None
    assert observed.roster.issues == ()
    assert none_free(observed) == 0


def test_units_that_the_roster_does_not_name_are_on_duty_as_seen(tmp_path: Path) -> None:
    observed = observed_with(tmp_path, "A1")
    seen = seen_alone(tmp_path)
    assert none_free(observed) <= none_free(seen)  # with two of three units off duty it would be whenever A1 is out
    assert shifts_of(observed, "A2", "B1") == shifts_of(seen, "A2", "B1")
    assert shifts_of(observed, "A1") == [("A1", 0.0, 29.0)]
    assert observed.duty.basis == "roster_and_seen"
    assert set(observed.duty.unit.tolist()) == {0, 1, 2}
    assert observed.roster is not None
    (issue,) = observed.roster.issues
    assert (issue.file, issue.field, issue.value, issue.count) == ("roster.csv", "unit", "A2, B1", 2)
    assert "staffed 0" in issue.remedy
    assert dict(service_tables(observed, 0)["service_notes"].iter_rows())["not_in_roster"] == 2
    assert roster_issues_table(observed.roster)["kind"].to_list() == ["not_named"]


def test_days_that_the_roster_does_not_tell_of_are_as_seen(tmp_path: Path) -> None:
    observed = observed_with(tmp_path, *UNITS, first=10, last=14)
    seen = seen_alone(tmp_path)
    assert none_free(observed) <= none_free(seen)
    assert observed.duty.basis == "roster_and_seen"
    assert observed.roster is not None
    (issue,) = observed.roster.issues
    assert (issue.value, issue.count) == ("2026-01-10 to 2026-01-14", observed.days.days - 5)
    (tmp_path / "later").mkdir()
    none = observed_with(tmp_path / "later", *UNITS, first=30, last=30)
    assert none.duty.basis == "seen"
    assert shifts_of(none, *UNITS) == shifts_of(seen, *UNITS)


def test_units_sent_while_the_roster_has_them_off_are_told(tmp_path: Path) -> None:
    observed = observed_with(tmp_path, *UNITS, hours="08:00")
    assert observed.roster is not None
    (issue,) = observed.roster.issues
    assert (issue.value, issue.count) == ("A1, A2, B1", 3)
    day, turn, unit = np.indices((DAYS, 5, 3))
    minute = 13 * 60 + 1 + day * 37 % 240 + turn * 240 + unit * 80  # of the alert
    notes = dict(service_tables(observed, 0)["service_notes"].iter_rows())
    assert notes["sent_off_duty"] == (minute // 60 % 24 < 8).sum()
    assert roster_issues_table(observed.roster).filter(pl.col("kind") == "sent_off_duty").height == 1
