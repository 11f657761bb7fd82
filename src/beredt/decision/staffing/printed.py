"""Published figures about staff and people, worked out again, and what would make one right that does not come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from beredt.decision.frames import Cell
from beredt.decision.ranges import Range
from beredt.decision.staffing.changes import ENDED, HOURS, NEW, UnitChange
from beredt.decision.staffing.desks import Desk
from beredt.decision.staffing.hours import DAYS, YEAR_H
from beredt.decision.staffing.people_served import AMBULANCE, Served
from beredt.decision.staffing.unstated import DESK_WORKS
from beredt.model.alternative import TODAY

FTE, PEOPLE_SHARE = "fte", "people_share"
STAYS_OUT = (NEW, ENDED, HOURS)
"""What is printed as more or fewer positions: who only changes employer is in none of them."""


def new_fte(
    changes: Iterable[UnitChange], desks: Iterable[Desk], alternative: str, work: str, owner: str, net: Range | None
) -> float | None:
    """Full-time equivalents that an alternative adds or takes away; None where they cannot be worked out.

    Args:
        changes: of units, from today to the alternative.
        desks: of all alternatives.
        alternative: whose desks count; those of today are no change.
        work: ambulance, centre or patient_travel.
        owner: organisation.
        net: net hours of a full-time equivalent.
    """
    if work == AMBULANCE:
        hours = sum(one.person_h for one in changes if one.organisation == owner and one.what in STAYS_OUT)
        return hours / net.likely if net else None
    own = [
        one.fte(net)
        for one in desks
        if one.alternative == alternative != TODAY and one.organisation == owner and one.work in DESK_WORKS[work]
        if one.stated is None  # what was put in as it is printed proves nothing
    ]
    if not own or any(one is None for one in own):
        return None
    return sum(one.likely for one in own if one is not None)


def people_share(before: Iterable[Served], after: Iterable[Served], service: str, owner: str) -> float | None:
    """How much more people a service serves, as a share; None where those outside the study are not known."""
    found = [_people(served, service, owner) for served in (before, after)]
    if found[0] is None or found[1] is None or not found[0]:
        return None
    return found[1] / found[0] - 1.0


def _people(served: Iterable[Served], service: str, owner: str) -> float | None:
    for one in served:
        if (one.service, one.owner) == (service, owner):
            return None if one.outside is None else one.inside + one.outside
    return None


def printed_row(line: Mapping[str, Any], computed: float | None, net: Range | None) -> dict[str, Cell]:
    """One row of the table `staff_published`.

    With positions printed beside full-time equivalents, the row says what would make the two agree: other net hours,
    fewer hours a day, or fewer positions.
    """
    printed, positions = float(line["value"]), line["positions"]
    off = None if computed is None else computed - printed
    asked = positions if line["measure"] == FTE and positions and printed > 0.0 else None
    paid_h = printed * net.likely if net else None
    return {
        "id": line["id"],
        "alternative": line["alternative"],
        "measure": line["measure"],
        "work": line["work"],
        "owner": line["owner"],
        "printed": printed,
        "computed": computed,
        "deviation": off,
        "agrees": None if off is None else abs(off) <= float(line["tolerance"]) + 1e-9,
        "positions": positions,
        "net_hours_needed": asked * YEAR_H / printed if asked else None,
        "hours_per_day_needed": paid_h / (asked * DAYS) if asked and paid_h is not None else None,
        "positions_needed": paid_h / YEAR_H if asked and paid_h is not None else None,
        "source": line["source"],
        "note": line["note"],
    }
