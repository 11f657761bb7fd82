"""Measures that are known already are not simulated again."""

from __future__ import annotations

from collections.abc import Mapping

from beredt.decision.group_measures import GroupMeasures
from beredt.decision.measure_services import MeasureServices
from beredt.model.service import Service


class RememberedMeasures:
    """A `MeasureServices` that asks another one only for services it has not measured with as many replications.

    Replication r of a service is the same whoever asks for it and how many there are, so the first ones of a longer
    run serve a shorter one.
    """

    def __init__(self, measure: MeasureServices) -> None:
        """Begin with nothing known. `measure` is asked for the rest."""
        self._measure = measure
        self._known: dict[str, GroupMeasures] = {}

    def remember(self, service: Service, measures: GroupMeasures) -> None:
        """Keep the measures of a service, unless more replications of it are known."""
        checksum = service.checksum()
        known = self._known.get(checksum)
        if known is None or known.replications < measures.replications:
            self._known[checksum] = measures

    def __call__(self, services: Mapping[str, Service], replications: int) -> dict[str, GroupMeasures]:
        """Measures of every service under its own key, from the first `replications` replications."""
        unknown = {key: service for key, service in services.items() if not self._knows(service, replications)}
        if unknown:
            for key, measures in self._measure(unknown, replications).items():
                self.remember(services[key], measures)
        return {key: self._known[service.checksum()].first(replications) for key, service in services.items()}

    def _knows(self, service: Service, replications: int) -> bool:
        known = self._known.get(service.checksum())
        return known is not None and known.replications >= replications
