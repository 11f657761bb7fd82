"""A city of JEMSS with a trace of calls: how long it takes to make ready, and calls per second beside JEMSS's own.

JEMSS is not run here. It was, on some machine at a moment when a yardstick, a small C program, printed 22; given
that program, the benchmark runs it before and after every round and says what JEMSS would have done meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from shutil import rmtree
from unittest.mock import patch

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.jemss_preparation import Preparation, make_ready
from benchmarks.machine import Machine, this_machine
from benchmarks.stopwatch import timed
from benchmarks.yardstick import RUNS, yardstick
from beredt.dispatch.world import Incidents, Outcome
from beredt.simulation.jemss.import_city import import_city
from beredt.simulation.kernel import simulate_prepared
from beredt.simulation.state import taken_state

CITY = "cities/auckland/models/1"
REDISPATCH = "redispatch_lower_to_high"

JEMSS_YARDSTICK = 22.0
JEMSS_CALLS_PER_S = {"none": 26_570.0, "home": 26_570.0, "dmexclp": 7_500.0}
"""By rule of relocation, on one core, when the yardstick's median was `JEMSS_YARDSTICK`."""

ELASPY = "150–390"
"""Calls per second that ELASPY, a simulator in Python with SimPy, is reported to do; it is not run here."""

KINDS = ("made", "kept")
"""Whether the roads are worked out, or read from the cache."""


@dataclass(frozen=True, slots=True)
class Round:
    """One run of all calls, with all missions, stints, kilometres and the tally of every unit."""

    wall_s: float
    core_s: float
    calls_per_s: float  # on the clock, as the yardstick
    yardstick: float | None  # mean of before and after
    times_jemss: float | None  # None without a yardstick, and for rules that JEMSS was not timed with


@dataclass(frozen=True, slots=True)
class Measured:
    """What was run, how it was made ready, and every round."""

    machine: Machine
    trace: str
    relocation: str
    calls: int
    missions: int
    mean_response_min: float
    import_s: float
    preparations: dict[str, tuple[Preparation, ...]]  # by `KINDS`
    rounds: tuple[Round, ...]


def main() -> None:
    """Measure and print; options from the command line."""
    options = _options()
    if not options.source.is_dir():
        sys.exit(f"No reference data at {options.source}: name the folder with JEMSS's cities with --source.")
    with tempfile.TemporaryDirectory(prefix="beredt-bench-") as folder:
        measured = measure(
            options.source, Path(folder), options.calls, options.relocation, options.yardstick, options.rounds
        )
    if options.json:
        print(json.dumps(asdict(measured), indent=2))
    else:
        show(measured)


def _options() -> argparse.Namespace:
    reference = Path(os.environ.get("BEREDT_REFERENCE_DATA", "../shared/data"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks jemss", description=__doc__)
    parser.add_argument("--source", type=Path, default=reference / "jemss", help="folder of JEMSS's cities and runs")
    parser.add_argument("--calls", default="auckland_year", metavar="RUN", help="a folder in golden/ [auckland_year]")
    parser.add_argument("--relocation", metavar="RULE", help="as of `beredt simulate`, such as dmexclp:0.4 [none]")
    parser.add_argument("--yardstick", metavar="FILE", help="program that prints million turns a second")
    parser.add_argument("--rounds", type=int, default=5, help="how often all calls are run [5]")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser.parse_args()


def measure(
    source: Path, folder: Path, trace: str, relocation: str | None, command: str | None, rounds: int, times: int = 3
) -> Measured:
    """Import a city, make it ready with and without kept roads, and run its calls round after round.

    Args:
        source: With `cities`, `rasters` and, for each trace, `golden/<trace>/calls_input.csv.gz`.
        folder: Empty, for the study and the kept roads.
        trace: Folder in `golden`.
        relocation: As `--relocation`; None for the study's own rule, which is none.
        command: The yardstick, if there is one.
        rounds: At least 1.
        times: How often it is made ready from each kind of roads, after a first time that may compile; at least 1.
    """
    study = folder / "study"
    began = time.perf_counter()
    calls = source / "golden" / trace / "calls_input.csv.gz"
    import_city(source / CITY, calls, REDISPATCH, source / "rasters", study)
    import_s = time.perf_counter() - began
    preparations: dict[str, list[Preparation]] = {kind: [] for kind in KINDS}
    for number in range(times + 1):
        rmtree(folder / "cache", ignore_errors=True)
        for kind, found in preparations.items():
            _say(f"made ready, roads {kind}, {number} of {times} …")
            one = _in_own_process(study, relocation, folder / "cache")
            if number > 0:
                found.append(one)
    with patch.dict(os.environ, {"BEREDT_CACHE_DIR": str(folder / "cache")}):
        _, met = make_ready(study, relocation)
    outcome = simulate_prepared(met.prepared)  # compiles, or loads, and touches all memory once
    found_rounds, medians = [], [yardstick(command)]
    for number in range(rounds):
        _say(f"round {number + 1} of {rounds} …")
        state = taken_state(met.prepared.land, met.prepared.demand)
        found_rounds.append(timed(partial(simulate_prepared, met.prepared, state=state)))
        medians.append(yardstick(command))
    count = len(met.incidents.call_t)
    rule = relocation or "none"
    return Measured(
        machine=this_machine(),
        trace=trace,
        relocation=rule,
        calls=count,
        missions=outcome.mission_count,
        mean_response_min=mean_response_min(met.incidents, outcome),
        import_s=import_s,
        preparations={kind: tuple(found) for kind, found in preparations.items()},
        rounds=tuple(
            round_of(count, one.wall_s, one.core_s, rule, between)
            for one, between in zip(found_rounds, pairwise(medians), strict=True)
        ),
    )


def round_of(
    calls: int, wall_s: float, core_s: float, relocation: str, between: tuple[float | None, float | None]
) -> Round:
    """A round and how many times as fast as JEMSS it was.

    Args:
        calls: How many were run.
        wall_s: On the clock.
        core_s: On a core.
        relocation: As `--relocation`.
        between: The yardstick's medians before and after, None without.
    """
    before, after = between
    mean = None if before is None or after is None else (before + after) / 2.0
    jemss = jemss_calls_per_s(relocation, mean)
    return Round(wall_s, core_s, calls / wall_s, mean, None if jemss is None else calls / wall_s / jemss)


def jemss_calls_per_s(relocation: str, at: float | None) -> float | None:
    """Calls a second of JEMSS when the yardstick prints `at`, by proportion; None where that is not known."""
    known = JEMSS_CALLS_PER_S.get(relocation.partition(":")[0])
    return None if known is None or at is None else known * at / JEMSS_YARDSTICK


def mean_response_min(incidents: Incidents, outcome: Outcome) -> float:
    """Mean time from call to scene, of all calls that were served; every unit of JEMSS stops the clock."""
    served = outcome.missions.diverted == 0
    response_s = outcome.missions.scene_t[served] - incidents.call_t[outcome.missions.incident[served]]
    return float(np.mean(response_s)) / 60.0


def _in_own_process(study: Path, relocation: str | None, cache: Path) -> Preparation:
    """Ends the benchmark where that fails."""
    command = [sys.executable, "-m", "benchmarks.jemss_preparation", str(study), *([relocation] if relocation else [])]
    environment = os.environ | {"BEREDT_CACHE_DIR": str(cache)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"It ended with {done.returncode}:\n{done.stderr}")
    return Preparation(**json.loads(done.stdout))


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def show(measured: Measured) -> None:
    """Print two tables."""
    console = Console(width=None if Console().is_terminal else 130)
    console.print(_preparation_table(measured))
    console.print(_speed_table(measured))
    console.print(
        f"Mean response {measured.mean_response_min:.9f} min. JEMSS and ELASPY were not run here; a SimPy model and "
        "the plain-Python twin run the bundled study in `benchmarks kernel`.",
        highlight=False,
    )
    console.print(measured.machine.as_text(), highlight=False)


def _preparation_table(measured: Measured) -> Table:
    table = Table(title=f"Seconds to make {measured.trace} ready, medians; imported in {measured.import_s:.1f} s")
    table.add_column("roads")
    for heading in ("runs", "read", "roads", "service and trace", "all", "peak with roads, MiB", "peak, MiB"):
        table.add_column(heading, justify="right")
    for kind, found in measured.preparations.items():
        steps = [[getattr(one, name) for one in found] for name in ("read_s", "roads_s", "service_s", "all_s")]
        peaks = [[getattr(one, name) for one in found] for name in ("roads_peak_mib", "peak_mib")]
        seconds = [f"{statistics.median(step):.2f}" for step in steps]
        largest = ["–" if None in peak else f"{max(peak):,.0f}" for peak in peaks]
        table.add_row(kind, str(len(found)), *seconds, *largest)
    return table


def _speed_table(measured: Measured) -> Table:
    rounds = measured.rounds
    table = Table(
        title=f"{measured.trace}, {measured.calls:,} calls, {measured.missions:,} missions, "
        f"relocation {measured.relocation}: one core, all results in memory"
    )
    table.add_column("what")
    for heading in ("calls per second", f"yardstick (medians of {RUNS})", "times JEMSS"):
        table.add_column(heading, justify="right")
    for number, one in enumerate(rounds, 1):
        table.add_row(f"round {number}", *_cells(one.calls_per_s, one.yardstick, one.times_jemss))
    table.add_row(
        "median by the clock", *_cells(statistics.median(one.calls_per_s for one in rounds), None, _ratio(rounds))
    )
    table.add_row(
        "median on a core", *_cells(measured.calls / statistics.median(one.core_s for one in rounds), None, None)
    )
    known = jemss_calls_per_s(measured.relocation, JEMSS_YARDSTICK)
    if known is not None:
        table.add_row("JEMSS, one core, then", *_cells(known, JEMSS_YARDSTICK, 1.0))
    table.add_row("ELASPY (SimPy), reported, not run here", ELASPY, "–", "–")
    return table


def _ratio(rounds: tuple[Round, ...]) -> float | None:
    known = [one.times_jemss for one in rounds if one.times_jemss is not None]
    return statistics.median(known) if known else None


def _cells(calls_per_s: float, at: float | None, times: float | None) -> tuple[str, str, str]:
    return f"{calls_per_s:,.0f}", "–" if at is None else f"{at:.1f}", "–" if times is None else f"{times:.1f}"
