"""What was advised beside what happened, incident by incident, and the moves that were advised."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.live.advice.move_advice import MoveAdvice
from beredt.live.advice.send_advice import ASK, DIVERT, SendAdvice
from beredt.live.ground.ground import Ground
from beredt.live.ground.under_way import where_next
from beredt.live.picture.view import IncidentSeen, View
from beredt.live.replay.cause import cause_of
from beredt.live.replay.past import Happened
from beredt.model.urgency import urgency_code

NOT_FREE = "unit_not_free"
"""The unit that was sent was not free as far as the picture knew."""
NOBODY = "nobody_advised"
"""The advice was to wait, or there was none."""
NOT_KNOWN = "incident_not_known"
"""The incident was not open in the picture, or lay outside the study."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One incident. Seconds from the decision to the arrival at the scene.

    `advised_s` and `sent_s` are expected, both reckoned alike in the same picture; `stamped_s` is what the log says of
    the unit that was sent. `difference_s` is advised_s − sent_s, 0 where they agree, and None with the reason in
    `not_reckoned`. `cause` is why the two may differ, "" where they agree (`replay.cause`). `reckoned_place`: where one
    of the two stood is itself reckoned.
    """

    incident: str
    decided_ms: int
    urgency: str
    unit: str
    units: tuple[str, ...]
    stamped_s: float | None
    deed: str
    advised: str | None
    reason: str
    agreed: bool
    advised_s: float | None
    sent_s: float | None
    difference_s: float | None
    not_reckoned: str
    reckoned_place: bool
    cause: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """Everything that a replay found, in order of time."""

    incidents: tuple[Beside, ...]
    moves: tuple[MoveAdvice, ...]


def hold_beside(
    ground: Ground, view: View, incident: IncidentSeen, said: SendAdvice, happened: Happened, reckoned: frozenset[str]
) -> Beside:
    """One incident's advice beside what was done.

    Args:
        ground: the study.
        view: the picture in which both are reckoned.
        incident: as the picture has it.
        said: the advice, with all its choices.
        happened: what was done.
        reckoned: units whose place at this moment is reckoned.
    """
    expected = {one.unit: one.expected_s for one in said.choices}
    agreed = said.unit is not None and said.unit in happened.together
    sent_s = expected.get(happened.unit)
    advised_s = sent_s if said.unit == happened.unit else _advised_s(ground, view, incident, said, expected)
    reason = ""
    if not agreed:
        reason = NOBODY if said.unit is None or advised_s is None else NOT_FREE if sent_s is None else ""
    difference_s = 0.0 if agreed else None
    if not agreed and not reason and advised_s is not None and sent_s is not None:
        difference_s = advised_s - sent_s
    return Beside(
        incident=happened.incident,
        decided_ms=happened.decided_ms,
        urgency=incident.urgency or "",
        unit=happened.unit,
        units=happened.together,
        stamped_s=happened.stamped_s,
        deed=said.deed,
        advised=said.unit,
        reason=said.reason,
        agreed=agreed,
        advised_s=advised_s,
        sent_s=sent_s,
        difference_s=difference_s,
        not_reckoned=reason,
        reckoned_place=bool({happened.unit, said.unit} & reckoned),
        cause="" if agreed else cause_of(ground, view, said, happened.unit, reckoned),
    )


def _advised_s(
    ground: Ground, view: View, incident: IncidentSeen, said: SendAdvice, expected: dict[str, float]
) -> float | None:
    """Expected seconds of the advised unit, with what asking a neighbour takes."""
    if said.unit is None:
        return None
    if said.deed == ASK and said.unit in expected:
        return expected[said.unit] + (said.ask_s or 0.0)
    if said.deed != DIVERT:
        return expected.get(said.unit)
    unit = next(one for one in view.units if one.id == said.unit)
    left = next((one for one in view.incidents if one.id == unit.incident), None)
    where = where_next(ground, unit, view.at_ms, left)
    if where is None:
        return None
    area, _ = ground.nearest_area(incident.lat or 0.0, incident.lon or 0.0)
    k = urgency_code(incident.urgency or "")
    road_s = float(ground.world.roads.seconds[0, int(ground.area_node[area]), where.node])
    return where.rest_s + (where.leg_s + road_s + float(ground.area_leg[area])) * ground.factor(k, view.at_ms)
