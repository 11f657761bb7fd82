"""One generated year of a whole country: how long every stage of it takes, from the population grid to the counts."""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from rich.console import Console
from rich.table import Table

from benchmarks import contestants
from benchmarks.generated_year import GeneratedYear
from benchmarks.machine import Machine, this_machine
from benchmarks.norway.generate import generate_study
from benchmarks.stopwatch import Timing
from benchmarks.yardstick import RUNS, yardstick
from beredt.demand.generate import generate_calls
from beredt.dispatch.world import Outcome
from beredt.indicators.tally import tally
from beredt.model.read import load_study
from beredt.roads.build import load_or_build_network
from beredt.simulation.case import Case, prepare_case
from beredt.simulation.kernel import simulate
from beredt.simulation.pack_incidents import pack_incidents, scene_areas
from beredt.simulation.study_roads import study_roads
from beredt.simulation.unpack import year_of

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stage:
    """Median seconds of a stage over its runs, on the clock and on a core (of all threads together)."""

    name: str
    runs: int
    wall_s: float
    core_s: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts of the generated service, and the stages in their order.

    `peak_mib`: the most memory that the process had until the first year was counted, compiling included.
    """

    machine: Machine
    areas: int
    stations: int
    units: int
    centres: int
    hospitals: int
    incidents: int
    missions: int
    stints: int
    days: float
    stages: tuple[Stage, ...]
    peak_mib: float


def main() -> None:
    """Measure and print; options from the command line."""
    options = _options()
    if not options.source.is_dir():
        sys.exit(f"No reference data at {options.source}: name the folder of the population grid with --source.")
    before = yardstick(options.yardstick)
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made) / "study"
        measured = measure(options.source, folder, Path(made) / "cache", options.municipalities, options.rounds)
    after = yardstick(options.yardstick)
    around = None if before is None or after is None else (before, after)
    if options.json:
        print(json.dumps(asdict(measured) | {"yardstick": around}, indent=2))
    else:
        show(measured, around)


def _options() -> argparse.Namespace:
    reference = Path(os.environ.get("BEREDT_REFERENCE_DATA", "../shared/data"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks norway", description=__doc__)
    parser.add_argument("--source", type=Path, default=reference / "norway", help="folder of the population grid")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="make the study here, and leave it")
    parser.add_argument("--municipalities", default="", metavar="NUMBER", help="only those whose number begins so")
    parser.add_argument("--rounds", type=int, default=5, help="how often a year is run [5]")
    parser.add_argument("--yardstick", metavar="COMMAND", help="prints how fast the machine is; run before and after")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser.parse_args()


def measure(source: Path, folder: Path, cache: Path, municipalities: str, rounds: int) -> Measured:
    """Generate the study, prepare it, and run its year, first once for the compiler and then on the clock.

    Args:
        source: folder with the population grid.
        folder: where the study is made; new or empty.
        cache: folder for the worked-out roads; new, so that they are worked out.
        municipalities: only those whose number begins so.
        rounds: at least 1.
    """
    clock = _Clock()
    clock.time("generate the study folder", generate_study, source, folder, None, municipalities)
    study = clock.time("read the study", load_study, str(folder))
    clock.time("work out the roads", load_or_build_network, study, cache)
    network = clock.time("read the roads from the cache", load_or_build_network, study, cache)
    roads = study_roads(study, network)
    case = clock.time("prepare the service", prepare_case, study, roads, study.service)
    clock.running = False
    _run_year(case, study.settings.simulation.seed, clock, loop_alone=False)
    clock.running, peak_mib = True, _peak_mib()
    for _ in range(rounds):
        outcome = _run_year(case, study.settings.simulation.seed, clock, loop_alone=True)
    service = study.service
    return Measured(
        machine=this_machine(),
        areas=len(service.areas),
        stations=len(service.stations),
        units=len(service.units),
        centres=len(service.centres),
        hospitals=len(service.hospitals),
        incidents=outcome.asked.size,
        missions=outcome.mission_count,
        stints=outcome.stint_count,
        days=case.world.end_s / 86_400.0,
        stages=clock.stages(),
        peak_mib=peak_mib,
    )


def _run_year(case: Case, seed: int, clock: _Clock, *, loop_alone: bool) -> Outcome:
    """One year, from the draws to the counts, as a worker of `beredt simulate` runs it.

    With `loop_alone` the event loop runs once more by itself, in memory that is there already: all of it, also what
    a year does not need.
    """
    calls = clock.time("generate the calls", generate_calls, case.generated.demand, seed, 0)
    incidents = clock.time("pack the incidents", pack_incidents, case.generated.rules, calls)
    if loop_alone:
        clock.time("event loop alone", contestants.kernel(GeneratedYear("today", case.world, incidents)))
    outcome = clock.time("event loop with results and kilometres", simulate, case.world, incidents)
    areas = scene_areas(case.generated.rules, calls)
    year = clock.time("lay out the year", year_of, incidents, areas, outcome)
    clock.time("count the year", tally, case.frame, year)
    return outcome


def _peak_mib() -> float:
    """The most memory that this process ever had; the system counts it in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


class _Clock:
    """Keeps the times of named stages."""

    def __init__(self) -> None:
        self.running = True
        self._timings: dict[str, list[Timing]] = {}

    def time(self, name: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do a piece of work, on the clock where it is running."""
        print(f"{name} …", file=sys.stderr)
        gc.collect()
        wall, core = time.perf_counter(), time.process_time()
        done = work(*args, **kwargs)
        timing = Timing(time.perf_counter() - wall, time.process_time() - core)
        if self.running:
            self._timings.setdefault(name, []).append(timing)
        return done

    def stages(self) -> tuple[Stage, ...]:
        """Medians, in the order in which the stages first ran."""
        return tuple(
            Stage(
                name,
                len(timings),
                statistics.median(timing.wall_s for timing in timings),
                statistics.median(timing.core_s for timing in timings),
            )
            for name, timings in self._timings.items()
        )


def show(measured: Measured, around: tuple[float, float] | None) -> None:
    """Print a table."""
    table = Table(
        title=f"{measured.areas:,} areas, {measured.stations} stations, {measured.units} units, {measured.centres} "
        f"centres: {measured.days:.0f} days, {measured.incidents:,} incidents, {measured.missions:,} missions"
    )
    table.add_column("stage")
    for heading in ("runs", "median by clock, s", "median on a core, s"):
        table.add_column(heading, justify="right")
    for stage in measured.stages:
        table.add_row(stage.name, str(stage.runs), f"{stage.wall_s:.2f}", f"{stage.core_s:.2f}")
    console = Console(width=None if Console().is_terminal else 130)
    console.print(table)
    console.print(f"Peak memory {measured.peak_mib:,.0f} MiB. Generated: the figures say nothing about any service.")
    if around is not None:
        console.print(f"Yardstick {around[0]:.2f} before, {around[1]:.2f} after (medians of {RUNS}).")
    console.print(measured.machine.as_text(), highlight=False)
