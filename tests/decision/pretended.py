"""A simulator that only pretends: a service's measures follow from its asking delays and its number of units."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from beredt.decision.group_measures import GroupMeasures
from beredt.model.edits.apply import apply_edits
from beredt.model.service import Service
from beredt.model.study import Study

GROUPS = ("west", "forest")


class Pretender:
    """Seconds added to the mean response: `slowness(service)`, equal in all replications but for a little luck.

    `asked` collects what was to be measured, so that a test may look at it.
    """

    def __init__(self, slowness: Callable[[Service], float]) -> None:
        self.slowness = slowness
        self.asked: list[tuple[dict[str, Service], int]] = []

    def __call__(self, services: Mapping[str, Service], replications: int) -> dict[str, GroupMeasures]:
        self.asked.append((dict(services), replications))
        return {key: self._measures(service, replications) for key, service in services.items()}

    def _measures(self, service: Service, replications: int) -> GroupMeasures:
        luck = np.random.default_rng(3).standard_normal((replications, len(GROUPS)))
        mine = np.random.default_rng(len(service.checksum()) + len(service.units)).standard_normal(luck.shape)
        mean = 600.0 + 50.0 * luck + self.slowness(service) + 0.1 * mine
        return GroupMeasures(GROUPS, 80.0 - mean / 60.0, mean)


def ask_of(service: Service) -> float:
    """Longest asking delay at an own-first border for acute incidents."""
    return max((r.ask_s for r in service.border_rules if r.policy == "own_first" and r.urgency == "A"), default=0.0)


def services_of(study: Study) -> dict[str, Service]:
    """All alternatives of a study, with their edits."""
    return {a.id: apply_edits(study.service, a.edits) for a in study.alternatives}
