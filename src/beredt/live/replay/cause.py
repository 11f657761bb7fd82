"""Why advice and deed may differ: what the picture knew less of than whoever decided, as far as the log tells."""

from __future__ import annotations

from beredt.live.advice.send_advice import SendAdvice
from beredt.live.events.words import BUSY_STATUSES, DRIVING_STATUSES, FREE_STATUSES, UNKNOWN
from beredt.live.ground.ground import Ground
from beredt.live.ground.under_way import MOBILISING
from beredt.live.ground.where import where_is
from beredt.live.picture.view import UnitSeen, View

NOT_TOLD = "not_told"
"""Nothing had been told of the unit that was sent, or its source was silent."""
ON_A_MISSION = "on_a_mission"
"""The unit that was sent was on another mission: sent on at its end, called off, or its status came late."""
NOT_AT_WORK = "not_at_work"
"""The unit that was sent was off duty, or not to be sent."""
NO_PLACE = "unit_without_place"
"""The unit that was sent was free, and nobody had told where it was, or it was off the study's roads."""
NOT_BY_RULE = "not_by_rule"
"""The study's rules send no such unit to such an incident."""
RECKONED_PLACE = "reckoned_place"
"""One of the two stood where it was only reckoned to be, between stamps."""
ON_THE_ROAD = "on_the_road"
"""One of the two was on the road, or about to roll: where it could turn off is reckoned from its last position."""
CHOICE = "choice"
"""None of these: the rule chooses otherwise from what both knew."""
CAUSES = (CHOICE, ON_THE_ROAD, RECKONED_PLACE, NO_PLACE, ON_A_MISSION, NOT_TOLD, NOT_AT_WORK, NOT_BY_RULE)

ROLLING = DRIVING_STATUSES | {MOBILISING}


def cause_of(ground: Ground, view: View, said: SendAdvice, sent: str, reckoned: frozenset[str]) -> str:
    """The first of the causes that holds for an incident whose advice was another than what was done.

    Args:
        ground: the study.
        view: the picture at the decision.
        said: the advice, with all its choices.
        sent: the unit that was sent.
        reckoned: units whose place at this moment is reckoned between stamps.
    """
    units = {one.id: one for one in view.units}
    if sent not in {one.unit for one in said.choices}:
        return _why_no_choice(ground, units[sent])
    two = {sent} if said.unit is None else {sent, said.unit}
    if two & reckoned:
        return RECKONED_PLACE
    return ON_THE_ROAD if any(units[one].status in ROLLING for one in two) else CHOICE


def _why_no_choice(ground: Ground, unit: UnitSeen) -> str:
    """Why a unit could not be advised at all."""
    if unit.status == UNKNOWN or unit.status_stale:
        return NOT_TOLD
    if unit.status in BUSY_STATUSES:
        return ON_A_MISSION
    if unit.status not in FREE_STATUSES:
        return NOT_AT_WORK
    return NO_PLACE if where_is(ground, unit) is None else NOT_BY_RULE
