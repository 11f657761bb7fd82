"""Whose staff nobody has said anything of, although an alternative changes how many people they serve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from beredt.decision.staffing.desks import Desk
from beredt.decision.staffing.people_served import CENTRE, PATIENT_TRAVEL, Served
from beredt.model.alternative import TODAY
from beredt.model.service import Service

DESK_WORKS: Mapping[str, tuple[str, ...]] = {
    CENTRE: ("centre", "call_taking", "coordination"),
    PATIENT_TRAVEL: ("patient_travel",),
}
"""Services whose staff is at desks, and the work that is done there."""


class Unstated(NamedTuple):
    """A service of an owner that serves `people_change` more people than today, and no desk says what that takes."""

    alternative: str
    service: str
    owner: str
    organisation: str
    people_change: float


def unstated_staff(
    services: Mapping[str, Service], served: Mapping[str, Sequence[Served]], desks: Sequence[Desk]
) -> Iterator[Unstated]:
    """Everything that is missing, by alternative. A desk with no positions says that nothing changes.

    Args:
        services: finished service by alternative id.
        served: people served by alternative, today among them; empty where they are not known.
        desks: of all alternatives.
    """
    before = {(one.service, one.owner): one.inside for one in served.get(TODAY, ())}
    stated = {(one.alternative, one.organisation, one.work) for one in desks}
    for name, own in served.items():
        employers = {one.id: one.organisation for one in services[name].centres}
        for one in own:
            change = one.inside - before.get((one.service, one.owner), 0.0)
            if one.service not in DESK_WORKS or not change:
                continue
            employer = employers[one.owner] if one.service == CENTRE else one.owner
            if not any((name, employer, work) in stated for work in DESK_WORKS[one.service]):
                yield Unstated(name, one.service, one.owner, employer, change)
