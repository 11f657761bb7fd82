"""What one centre may see and send of another's units."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BorderRule:
    """What `asking_centre`, which has the incident, may see and send of `owning_centre`'s units, for one urgency.

    `policy` is seamless, own_first or own_only; `margin_s` (≥ 0) how much faster the neighbour must be; `ask_s`
    (≥ 0) what asking takes; `view` live, stale (refreshed every `view_age_s`) or stations (no sight of the units).
    """

    asking_centre: str
    owning_centre: str
    urgency: str
    policy: str
    margin_s: float
    ask_s: float
    view: str
    view_age_s: float
