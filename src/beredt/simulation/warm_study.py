"""A study kept ready in one process, so that a service nobody has seen before is simulated at once.

What is the same for most services is kept: the roads with room for new sites, and the incidents of replications as
services with the same rules meet them. What a replication gives is the same as in any other `Worker`, to the last bit.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from beredt.demand.generate import first_calls, generate_calls
from beredt.dispatch.crossing import demand_of, land_of
from beredt.dispatch.records import Demand, Land
from beredt.dispatch.roads import I1, I4
from beredt.dispatch.world import Incidents
from beredt.errors import CancelledError
from beredt.indicators.observed import Frame
from beredt.indicators.tally import Tally, tally
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.edit import Edit
from beredt.model.road_change import TODAYS_ROADS, RoadState
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.ground import Ground
from beredt.roads.network import Network
from beredt.simulation.case import Case, Met, incidents_key, observe_case, observe_met, prepare_case
from beredt.simulation.kernel import Prepared
from beredt.simulation.paths.meet_calls import meet_calls
from beredt.simulation.roomy_roads import RoomyRoads
from beredt.simulation.state import State, state_in, taken_state
from beredt.simulation.worker import WARM_UP_CALLS

MOST_CASES = 32
"""Services made ready that are kept; each takes a megabyte or two."""


class _Ready(NamedTuple):
    """A service made ready, with the nodes it has beside the network."""

    case: Case
    land: Land
    incidents: str  # `incidents_key`
    nodes: frozenset[int]


class _Meeting(NamedTuple):
    """The incidents of a replication as services with the same rules meet them."""

    incidents: Incidents
    area: I4
    hospital: I4
    demand: Demand

    @property
    def size(self) -> int:
        """Bytes, without those columns of the incidents that are views of the demand."""
        own = [column for column in self.incidents if isinstance(column, np.ndarray) and column.base is None]
        return sum(array.nbytes for array in (*own, self.area, self.hospital, *self.demand))


class WarmStudy:
    """Runs replications of services of one study that differ by their edits."""

    def __init__(
        self, study: Study, network: Network, ground: Ground, most_bytes: int, state: RoadState = TODAYS_ROADS
    ) -> None:
        """Lay out the roads. Takes half a second for thousands of nodes.

        Args:
            study: whose incidents are drawn, not a trace.
            network: between the places of today's service.
            ground: that the network was made of.
            most_bytes: of incidents that are kept; those met longest ago go first.
            state: what is different about these roads; only services that change roads so can be run on them.

        Raises:
            NetworkError: more nodes than `hop` can number.
        """
        self._study = study
        self._roads = RoomyRoads(network, ground, self._forget, state=state)
        self._state = state
        self._cases: OrderedDict[Hashable, _Ready] = OrderedDict()
        self._meetings: OrderedDict[tuple[str, int], _Meeting] = OrderedDict()
        self._bytes, self._most_bytes = 0, most_bytes
        self._memory: State | None = None

    def warm_up(self) -> None:
        """Run and count a few calls of today: every kernel is then compiled, or loaded from the cache."""
        today = replace(self._study.service, road_changes=self._state)
        case = self._made_ready(today).case
        calls = first_calls(generate_calls(case.generated.demand, self._seed, 0), WARM_UP_CALLS)
        tally(case.frame, observe_case(case, calls).year)

    def frame(self, key: str, edits: Sequence[Edit]) -> Frame:
        """What years of a service are counted by. Arguments as in `tally`."""
        return self._ready(key, edits).case.frame

    def tally(self, key: str, edits: Sequence[Edit], replication: int, cancel: I1 | None = None) -> Tally:
        """Run and count one replication.

        Args:
            key: of the service: another for every other list of edits, such as its checksum.
            edits: that make the service of today's.
            replication: its number.
            cancel: [1], looked at before every event and between all steps: when somebody sets it, the run stops.
                None for nobody.

        Raises:
            EditError: edits that do not fit.
            CancelledError: the run was stopped.
        """
        cancel = np.zeros(1, np.int8) if cancel is None else cancel
        ready = self._ready(key, edits)
        _stop_if(cancel)
        meeting = self._meeting(ready, replication)
        _stop_if(cancel)
        prepared = Prepared(ready.land, meeting.demand, ready.case.world.end_s)
        memory = self._memory or taken_state(prepared.land, prepared.demand)
        state = self._memory = state_in(prepared.land, prepared.demand, memory)
        met = Met(meeting.incidents, meeting.area, prepared, meeting.hospital)
        year = observe_met(ready.case, met, state=state, cancel=cancel).year
        _stop_if(cancel)
        return tally(ready.case.frame, year)

    @property
    def _seed(self) -> int:
        return self._study.settings.simulation.seed

    def _ready(self, key: str, edits: Sequence[Edit]) -> _Ready:
        ready = self._cases.get(key)
        if ready is None:
            service = apply_edits(self._study.service, edits) if edits else self._study.service
            ready = self._made_ready(service)
            while len(self._cases) >= MOST_CASES:
                self._cases.popitem(last=False)
            self._cases[key] = ready
        self._cases.move_to_end(key)
        return ready

    def _made_ready(self, service: Service) -> _Ready:
        roads, nodes = self._roads.roads_of(service)
        case = prepare_case(self._study, roads, service)
        return _Ready(case, land_of(case.world), incidents_key(case.generated), nodes)

    def _forget(self, node: int) -> None:
        """A new site needs the node: services that stood on it would find themselves elsewhere."""
        for key in [key for key, ready in self._cases.items() if node in ready.nodes]:
            del self._cases[key]

    def _meeting(self, ready: _Ready, replication: int) -> _Meeting:
        key = ready.incidents, replication
        if key not in self._meetings:
            source = ready.case.generated
            calls = generate_calls(source.demand, self._seed, replication)
            incidents, area, hospital, _ = meet_calls(source.rules, calls)
            meeting = _slim(incidents, area, hospital, demand_of(incidents, ready.case.world))
            self._meetings[key] = meeting
            self._bytes += meeting.size
            while self._bytes > self._most_bytes and len(self._meetings) > 1:
                self._bytes -= self._meetings.popitem(last=False)[1].size
        self._meetings.move_to_end(key)
        return self._meetings[key]


def _slim(incidents: Incidents, area: I4, hospital: I4, demand: Demand) -> _Meeting:
    """The same incidents, with the columns that the demand has, too, looked up there: half the memory."""
    there = [name for name in Incidents._fields if name in demand.incidents.dtype.names]
    slim = incidents._replace(asks=None, **{name: demand.incidents[name] for name in there})
    return _Meeting(slim, area, hospital, demand)


def _stop_if(cancel: I1) -> None:
    if cancel[0]:
        raise CancelledError("the run was stopped before its end")
