"""A roster held against its log: of whom and when it tells, and what stands in for it elsewhere.

A roster tells of the units that it names, from the day of its first shift to that of its last. Of other units and days
it says nothing, and that is not that nobody was on duty: they are taken as the log shows them. To leave them out would
make hours without a free unit that never were. All of it is told as issues, which say what to add to the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.observing.days import DAY_S, ServiceDays
from beredt.indicators.observing.duty import Basis, Duty, joined
from beredt.indicators.observing.duty_seen import DAY_HOURS, HOUR_S, duty_seen
from beredt.indicators.observing.fleet import Fleet
from beredt.indicators.observing.roster_file import RosterFile, duty_of_roster
from beredt.model.issue import Issue, shown

B = NDArray[np.bool_]
I8 = NDArray[np.int64]

NOT_NAMED = "the log shows units that the roster does not name: they are on duty as they were seen on missions"
NOT_OF_DAYS = "the roster tells nothing of some of these days: units are on duty then as they were seen on missions"
SENT_OFF_DUTY = "the log shows units sent in clock hours in which the roster has them off duty"


class HeldRoster(NamedTuple):
    """Duty by a roster and, where it says nothing, by the log; the roster with all its issues; counts for notes."""

    duty: Duty
    roster: RosterFile
    notes: Mapping[str, int]


def hold_against_log(roster: RosterFile, fleet: Fleet, days: ServiceDays, sent: I8) -> HeldRoster:
    """Duty by a roster for the units and days that it tells of, as seen in the log for others.

    Args:
        roster: as read.
        fleet: the units of the log, U of them.
        days: that are looked at.
        sent: [N] every time a unit was sent within the days, as `duty_seen` takes it.
    """
    unit, hour = np.divmod(sent, days.days * DAY_HOURS)
    was_sent = np.bincount(unit, minlength=len(fleet.unit)) > 0
    named = np.isin(fleet.unit, roster.shifts["unit"].to_numpy())
    first, end = _days_told(roster, days)
    own = duty_of_roster(roster, fleet, days)
    seen = duty_seen(sent, len(fleet.unit), days.start, days.days)
    off = named[unit] & (hour >= first * DAY_HOURS) & (hour < end * DAY_HOURS) & ~_on_duty(own, unit, hour)
    unnamed, silent = was_sent & ~named, days.days - (end - first)
    issues = [
        *_of_units(
            roster, fleet, unnamed, NOT_NAMED, "add their shifts, or rows with staffed 0 for when they were off"
        ),
        *_of_days(roster, days, silent),
        *_of_units(
            roster,
            fleet,
            np.bincount(unit[off], minlength=len(fleet.unit)) > 0,
            SENT_OFF_DUTY,
            "check that the roster is on the log's own clock, and that no shift of theirs is missing",
        ),
    ]
    basis: Basis = "roster" if not (unnamed.any() or silent) else "roster_and_seen" if own.unit.size else "seen"
    notes = {"not_in_roster": int(unnamed.sum()), "outside_roster": silent, "sent_off_duty": int(off.sum())}
    filled = own if basis == "roster" else _filled(own, seen, named, (first * DAY_S, end * DAY_S), basis)
    return HeldRoster(filled, replace(roster, issues=(*roster.issues, *issues)), notes)


def _days_told(roster: RosterFile, days: ServiceDays) -> tuple[int, int]:
    """The first of the days that a roster tells of and the one after the last; the same twice for none."""
    if roster.shifts.is_empty():
        return 0, 0
    begins = roster.shifts["on"].dt.date().to_list()
    first, end = ((day - days.start).days for day in (min(begins), max(begins) + timedelta(days=1)))
    first = min(max(first, 0), days.days)
    return first, max(first, min(end, days.days))


def _on_duty(duty: Duty, unit: I8, hour: I8) -> B:
    """Whether each unit is on duty at any time of a clock hour, bool[N]."""
    # Units one after the other on one long axis, as far apart as the longest duty ends.
    apart_s = float(max(duty.off_s.max(initial=0.0), (hour.max(initial=0) + 1) * HOUR_S)) + HOUR_S
    on, off = (times + duty.unit * apart_s for times in (duty.on_s, duty.off_s))
    begin = hour * HOUR_S + unit * apart_s
    last = np.searchsorted(on, begin + HOUR_S, side="left") - 1
    found: B = (last >= 0) & (off[np.maximum(last, 0)] > begin) if on.size else np.zeros(unit.size, np.bool_)
    return found


def _filled(own: Duty, seen: Duty, named: B, told_s: tuple[float, float], basis: Basis) -> Duty:
    """The roster's duty, and what was seen of other units and before and after the days that the roster tells of."""
    other = ~named[seen.unit]
    parts = [
        (own.unit, own.on_s, own.off_s),
        (seen.unit[other], seen.on_s[other], seen.off_s[other]),
        (seen.unit[~other], seen.on_s[~other], np.minimum(seen.off_s[~other], told_s[0])),
        (seen.unit[~other], np.maximum(seen.on_s[~other], told_s[1]), seen.off_s[~other]),
    ]
    unit, on_s, off_s = (np.concatenate(column) for column in zip(*parts, strict=True))
    return joined(unit, on_s, off_s, basis)


def _of_units(roster: RosterFile, fleet: Fleet, which: B, message: str, remedy: str) -> Sequence[Issue]:
    names = [name for name, one in zip(fleet.unit, which.tolist(), strict=True) if one]
    if not names:
        return []
    return [Issue(roster.file, None, "unit", shown(", ".join(names)), len(names), message, remedy, severity="warning")]


def _of_days(roster: RosterFile, days: ServiceDays, silent: int) -> Sequence[Issue]:
    if not silent:
        return []
    remedy = "add the shifts of all days, or look at no others"
    return [Issue(roster.file, None, "on", _told_from_to(roster), silent, NOT_OF_DAYS, remedy, severity="warning")]


def _told_from_to(roster: RosterFile) -> str | None:
    if roster.shifts.is_empty():
        return None
    begins: list[date] = roster.shifts.select(pl.col("on").dt.date())["on"].to_list()
    return f"{min(begins)} to {max(begins)}"
