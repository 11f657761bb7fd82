"""When units were on duty, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.fleet import Fleet
from beredt.model.roster_row import RosterRow
from beredt.model.shifts import lay_shifts
from beredt.model.study import Study

F8 = NDArray[np.float64]
I4 = NDArray[np.int32]

Basis = Literal["roster", "seen", "roster_and_seen"]
"""From a roster, or worked out from what units were seen doing, or the latter where the roster tells nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Duty:
    """D intervals on duty; those of one unit do not overlap.

    `unit` is int32 (D,), a row of the fleet; `on_s` and `off_s` are float64 (D,), seconds on the axis of the days.
    """

    unit: I4
    on_s: F8
    off_s: F8
    basis: Basis


def joined(unit: I4, on_s: F8, off_s: F8, basis: Basis) -> Duty:
    """Intervals in order of unit and time; those of a unit that touch or overlap are made one, empty ones left out."""
    real = off_s > on_s
    unit, on_s, off_s = unit[real], on_s[real], off_s[real]
    order = np.lexsort((on_s, unit))
    unit, on_s, off_s = unit[order], on_s[order], off_s[order]
    if not unit.size:
        return Duty(unit.astype(np.int32), on_s, off_s, basis)
    # The latest end so far of the same unit: units one after the other on one long axis, which keeps them apart.
    apart_s = unit.astype(np.float64) * (off_s.max() - on_s.min() + 1.0)
    until_s = np.maximum.accumulate(off_s + apart_s)
    begins = np.concatenate([[True], (on_s + apart_s)[1:] > until_s[:-1]])
    first = np.flatnonzero(begins)
    return Duty(unit[first].astype(np.int32), on_s[first], np.maximum.reduceat(off_s, first), basis)


def duty_of_rosters(study: Study, fleet: Fleet, days: ServiceDays) -> Duty | None:
    """Duty by the rosters of a study, where each unit that can go first is one of the study's by its id; else None."""
    of_unit = {unit.id: unit.roster for unit in study.service.units}
    first = [unit for unit, can in zip(fleet.unit, fleet.can_go_first().tolist(), strict=True) if can]
    if not first or any(unit not in of_unit for unit in first):
        return None
    rows: dict[str, list[RosterRow]] = {}
    for row in study.service.rosters:
        rows.setdefault(row.id, []).append(row)
    laid = {name: lay_shifts(shifts, days.start, days.days) for name, shifts in rows.items()}
    found = [
        (number, max(on, 0), min(off, days.end_s))
        for number, unit in enumerate(fleet.unit)
        for on, off in laid.get(of_unit.get(unit, ""), [])
        if off > 0 and on < days.end_s
    ]
    table = np.array(found, np.float64).reshape(-1, 3)
    return joined(table[:, 0].astype(np.int32), table[:, 1], table[:, 2], "roster")
