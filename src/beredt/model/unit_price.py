"""What sending a kind of unit counts as, beyond its travel time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """Seconds (≥ 0) added when a unit of this `kind` is compared with others for an `urgency`; None: never sent."""

    kind: str
    urgency: str
    price_s: float | None
