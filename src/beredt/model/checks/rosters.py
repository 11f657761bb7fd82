"""Rosters must bring units on duty, one shift at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from beredt.model.issue import Issue
from beredt.model.reading.table import Tables
from beredt.model.roster_overlap import find_overlaps
from beredt.model.roster_row import RosterRow
from beredt.model.settings import StudySettings


def check_roster_overlaps(tables: Tables) -> Iterator[Issue]:
    """Shifts of a roster that overlap."""
    if "rosters" not in tables:
        return
    table = tables["rosters"]
    rows: dict[str, list[tuple[int, RosterRow]]] = {}
    for position, (roster, weekdays, start, end) in enumerate(
        table.frame.select("id", "weekdays", "start", "end").iter_rows()
    ):
        if None not in {roster, start, end} and weekdays is not None:
            rows.setdefault(roster, []).append((position, RosterRow(roster, tuple(weekdays), start, end)))
    for roster, numbered in rows.items():
        overlaps = find_overlaps([row for _, row in numbered])
        if overlaps:
            positions = sorted({numbered[after][0] for _, after in overlaps})
            other = table.lines[numbered[overlaps[0][0]][0]]
            yield table.issue(
                positions,
                "start",
                f"shifts of roster {roster} overlap: one begins while that of row {other} still runs",
                "let a shift begin when the other ends, or give one of them another roster id",
            )


def check_never_on_duty(tables: Tables, settings: StudySettings) -> Iterator[Issue]:
    """Units whose roster has no shift that starts in the simulated days (a warning)."""
    if "rosters" not in tables or "units" not in tables:
        return
    simulation = settings.simulation
    length = simulation.warmup_days + simulation.days + simulation.cooldown_days
    first = settings.study.start - timedelta(days=min(simulation.warmup_days, settings.study.start.toordinal() - 1))
    simulated = {(first.isoweekday() - 1 + day) % 7 + 1 for day in range(min(length, 7))}
    days: dict[str, set[int]] = {}
    for roster, weekdays in tables["rosters"].frame.select("id", "weekdays").iter_rows():
        days.setdefault(roster, set()).update(simulated if weekdays is None else weekdays)
    units = tables["units"]
    idle = [
        position
        for position, roster in enumerate(units.frame["roster"])
        if roster in days and not days[roster] & simulated
    ]
    if idle:
        message = "the unit is never on duty in the simulated days"
        yield units.issue(idle, "roster", message, "simulate more days, or check the roster", severity="warning")
