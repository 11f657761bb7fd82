"""The networks of a study's services: one for today's roads, and one for every other state of the roads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from beredt.errors import NetworkError
from beredt.model.edits.apply import resolve_edits
from beredt.model.road_change import TODAYS_ROADS, RoadState, road_state
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.build import load_or_build_network
from beredt.roads.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Networks:
    """Networks by what is different about their roads in `year`; today's roads are always among them."""

    year: int
    by_state: Mapping[RoadState, Network]

    @property
    def today(self) -> Network:
        """On today's roads."""
        return self.by_state[TODAYS_ROADS]

    def state_of(self, service: Service) -> RoadState:
        """What is different about the roads of a service."""
        return road_state(service.road_changes, self.year)

    def of(self, service: Service) -> Network:
        """The network of a service. Raises NetworkError for roads that were not among those made."""
        network = self.by_state.get(self.state_of(service))
        if network is None:
            raise NetworkError(
                f"there are {len(self.by_state)} networks, and none has the roads that this service changes in "
                f"{self.year}: make them with load_networks for all services that are simulated"
            )
        return network


def road_states(study: Study, services: Iterable[Service]) -> tuple[RoadState, ...]:
    """All states of roads that services meet in the study's year, by themselves and under each sensitivity.

    Today's roads come first.
    """
    year = study.settings.study.year
    states: dict[RoadState, None] = {TODAYS_ROADS: None}
    for service in services:
        states[road_state(service.road_changes, year)] = None
        for sensitivity in study.sensitivities:
            laid, _ = resolve_edits(service, sensitivity.edits)
            states[road_state(laid.road_changes, year)] = None
    return tuple(states)


def load_networks(study: Study, services: Iterable[Service], cache_dir: Path | None = None) -> Networks:
    """The networks of services from the cache on disk, each made once and kept there.

    Args:
        study: with all alternatives whose sites the networks are to have.
        services: today's and those of alternatives.
        cache_dir: as in `load_or_build_network`.

    Raises:
        NetworkError: the study is too large, or changes of roads cannot be made.
    """
    states = road_states(study, services)
    networks = {state: load_or_build_network(study, cache_dir, state=state) for state in states}
    return Networks(study.settings.study.year, networks)
