"""The kernel run through a window, stopped to look around and where borders change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from beredt.decision.major_incident.readiness_left import Left, readiness_left
from beredt.dispatch.records import Demand, Land
from beredt.dispatch.roads import Records
from beredt.dispatch.world import F8
from beredt.simulation.incident_rules import IncidentRules
from beredt.simulation.kernel import FULL, run_until
from beredt.simulation.state import MISSION_COUNT, State, grown_state, new_state
from beredt.simulation.study_roads import StudyRoads


class Phase(NamedTuple):
    """A service and the moment (s) until which it holds; it differs from others of a run in its borders only."""

    land: Land
    until_s: float


class Followed(NamedTuple):
    """What a run leaves behind: its missions, the kernel's memory, and what was left at each moment looked at."""

    missions: Records  # MISSION
    state: State
    left: tuple[Left, ...]


def follow(phases: Sequence[Phase], demand: Demand, look_s: F8, rules: IncidentRules, roads: StudyRoads) -> Followed:
    """Run to the end of the last phase.

    Args:
        phases: in order.
        demand: the incidents.
        look_s: ascending moments, within the phases, at which readiness is reckoned: all before them has happened.
        rules: of the service.
        roads: of the study.
    """
    state = new_state(phases[0].land, demand)
    cancel, looks = np.zeros(1, np.int8), set(look_s.tolist())
    left: list[Left] = []
    for stop in sorted(looks | {phase.until_s for phase in phases}):
        land = next(phase.land for phase in phases if phase.until_s >= stop)
        while run_until(land, state, demand, stop, cancel) == FULL:
            state = grown_state(state)
        if stop in looks:
            holds = next((phase.land for phase in phases if phase.until_s > stop), land)
            left.append(readiness_left(holds, state, rules, roads, stop))
    return Followed(state.missions[: int(state.at[MISSION_COUNT])], state, tuple(left))
