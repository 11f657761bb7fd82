"""What is assumed of the answer to a major incident. None of it is published for any service: all can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from beredt.decision.major_incident.severity import Patients

EMERGENCY_CAPACITY: Patients = (4, 8, 16)
"""Patients by severity that a hospital with an emergency department is taken to receive in one event."""

OTHER_CAPACITY: Patients = (0, 0, 8)
"""The same for any other place of delivery."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """How many patients share a unit, what hospitals take, who is called in, and for how long it is followed.

    `per_unit` patients of a severity share a unit (≥ 1). `capacity` is by hospital id, the rest as above. Crews for
    `call_in_share` (0 to 1) of each station's units come on duty `call_in_min` minutes after the first alarm.
    `seamless_h` hours from it on every centre may send every unit; 0 keeps the alternative's own borders. The event is
    followed for `horizon_min` minutes, looked at every `step_min`; the run before it begins `warm_up_h` hours before,
    with all units at home.
    """

    per_unit: Patients = (1, 2, 4)
    capacity: Mapping[str, Patients] = field(default_factory=lambda: MappingProxyType({}))
    call_in_share: float = 0.0
    call_in_min: float = 60.0
    seamless_h: float = 0.0
    horizon_min: int = 240
    step_min: int = 5
    warm_up_h: float = 48.0

    @property
    def minutes(self) -> list[int]:
        """The minutes after the first alarm at which the event is looked at, 0 and the horizon among them."""
        return sorted({*range(0, self.horizon_min, self.step_min), self.horizon_min})
