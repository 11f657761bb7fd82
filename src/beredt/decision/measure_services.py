"""How the decision room asks for simulations: services in, the gate's measures out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from beredt.decision.group_measures import GroupMeasures
from beredt.model.service import Service


class MeasureServices(Protocol):
    """Simulates services on the same incidents and returns the gate's measures of each."""

    def __call__(self, services: Mapping[str, Service], replications: int) -> Mapping[str, GroupMeasures]:
        """Measures of every service under its own key, all from the same first `replications` replications (≥ 1)."""
        ...
