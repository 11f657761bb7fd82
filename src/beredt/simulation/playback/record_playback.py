"""`beredt playback`: one replication simulated, and a stretch of it kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from beredt.demand.generate import first_calls, generate_calls
from beredt.demand.intensity import period_of
from beredt.model.alternative import TODAY
from beredt.model.edits.service_of import service_of
from beredt.model.study import Study
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.network import Network
from beredt.roads.networks import Networks
from beredt.simulation.case import Generated, Trace, meet, prepare_case
from beredt.simulation.kernel import simulate_prepared
from beredt.simulation.playback.graph_ways import GraphWays
from beredt.simulation.playback.heading import heading_of
from beredt.simulation.playback.keep_stretch import TOLERANCE_M, keep_stretch
from beredt.simulation.playback.kernel_history import KernelHistory
from beredt.simulation.playback.playback import Playback
from beredt.simulation.playback.playback_file import write_playback
from beredt.simulation.playback.spots import spots_of
from beredt.simulation.playback.stretch import stretch_of
from beredt.simulation.playback.ways import TableWays, Ways
from beredt.simulation.simulate_study import COMPILING
from beredt.simulation.study_roads import AnyRoads, load_or_build_roads, study_roads
from beredt.simulation.worker import WARM_UP_CALLS

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class PlaybackSummary:
    """What was written; `keys` are the points of all tracks together, `size_bytes` is the size of the file."""

    study: str
    alternative: str
    replication: int
    start: str
    days: float
    units: int
    incidents: int
    keys: int
    size_bytes: int
    file: str

    def as_json(self) -> dict[str, Any]:
        """All fields."""
        return asdict(self)

    def as_text(self) -> str:
        """Two lines for a terminal."""
        length = "1 day" if self.days == 1 else f"{self.days:g} days"
        return (
            f"{self.study}, {self.alternative}, replication {self.replication}: {length} from {self.start}, "
            f"{self.units} units, {self.incidents} incidents\n"
            f"{self.file}: {self.size_bytes / 1e6:.2f} MB"
        )


def record_playback(
    study: Study,
    *,
    alternative: str | None,
    replication: int,
    begin: str,
    days: float,
    progress: Progress,
    tolerance_m: float = TOLERANCE_M,
    roads: AnyRoads | None = None,
) -> Playback:
    """Simulate one replication of the base or an alternative, and keep a stretch of it.

    Args:
        study: checked.
        alternative: its id, None or `today` for the base.
        replication: its number, at least 0; of a trace all are the same.
        begin: of the stretch, see `stretch_of`.
        days: its length.
        progress: told of every stage.
        tolerance_m: how far a track may be from the exact path, metres, at least 1.
        roads: of the study, where somebody has them at hand; None to load or make them.

    Raises:
        UnknownIdError: no such alternative.
        StretchError: no such stretch.
    """
    service = service_of(study, alternative)
    stretch = stretch_of(period_of(study.settings), begin, days)
    found = load_or_build_roads(study, progress=progress, services=[service]) if roads is None else roads
    network = found.of(service) if isinstance(found, Networks) else found
    places = study_roads(study, found, service)
    case = prepare_case(study, places, service)
    source, calls = case.source, None
    if isinstance(source, Generated):
        calls = generate_calls(source.demand, study.settings.simulation.seed, replication)
    progress(COMPILING, 0, 1)
    first = None if calls is None else first_calls(calls, WARM_UP_CALLS)
    simulate_prepared(meet(case, first, WARM_UP_CALLS).prepared)
    progress(COMPILING, 1, 1)
    progress("Simulating", 0, 1)
    met = meet(case, calls)
    outcome = simulate_prepared(met.prepared)
    progress("Simulating", 1, 1)
    progress("Laying out tracks", 0, 1)
    ways = ways_of(network)
    spots = spots_of(study, service, places, ways, case.world, met.incidents)
    own_id = source.own_id if isinstance(source, Trace) else None
    history = KernelHistory(case.world, met.incidents, outcome, ways, spots, own_id)
    playback = keep_stretch(
        heading_of(study, service, alternative or TODAY, replication), history, stretch, tolerance_m
    )
    progress("Laying out tracks", 1, 1)
    return playback


def ways_of(network: Network | RoadGraph) -> Ways:
    """The roads of a study as drives see them."""
    if isinstance(network, RoadGraph):
        return GraphWays(network)
    return TableWays(network.lon, network.lat, network.seconds, network.hop)


def write_and_sum_up(playback: Playback, days: float, out: Path) -> PlaybackSummary:
    """Write a playback and say what was written.

    Args:
        playback: what is written.
        days: its length, as it was asked for.
        out: the file.
    """
    size_bytes = write_playback(playback, out)
    return PlaybackSummary(
        study=playback.study,
        alternative=playback.alternative,
        replication=playback.replication,
        start=playback.start.isoformat(),
        days=days,
        units=len(playback.units),
        incidents=playback.incidents.call.size,
        keys=sum(unit.track.t.size for unit in playback.units),
        size_bytes=size_bytes,
        file=str(out),
    )
