"""Seconds from the start of a process to its first simulated call, all compiled, beside what numba alone takes."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.console import Console
from rich.table import Table

from benchmarks.machine import Machine, this_machine
from benchmarks.process_tree import run_watched

STUDY = "asker-baerum"
TOLD = "core seconds so far: "

TELL = f"""
import sys, time
def tell():
    print("{TOLD}%.4f" % time.process_time(), file=sys.stderr, flush=True)
"""

NUMBA = "import numba; tell()"

KERNEL = """
from beredt.simulation.kernel_cache import prepare_kernel_cache
prepare_kernel_cache()
import numpy as np
from beredt.demand.philox import uniforms
uniforms(1, 1, np.zeros(1, np.int64), np.zeros(1, np.int64), 1); tell()
"""

SCRIPT = f"""
from beredt.simulation.kernel_cache import prepare_kernel_cache
prepare_kernel_cache()
from beredt.model.read import load_study
from beredt.roads.build import load_or_build_network
from beredt.simulation.missions_table import responses
from beredt.simulation.run import Simulator
study = load_study("{STUDY}")
with Simulator(study, load_or_build_network(study), 1) as simulator:
    simulator.warm_up(study.service, responses); tell()
"""

COMMAND = f"""
from beredt.cli import app, progress
show = progress.TerminalProgress.__call__
def watch(self, stage, done, total):
    if stage == "Simulating" and done == 0:
        tell()
    show(self, stage, done, total)
progress.TerminalProgress.__call__ = watch
sys.argv = ["beredt", "simulate", "{STUDY}", "--replications", "1", "--jobs", "1"]
app.main()
"""

STARTS = {
    "python -c 'import numba'": NUMBA,
    "import numba and call one compiled function of Beredt": KERNEL,
    f"a script that simulates {STUDY}": SCRIPT,
    f"beredt simulate {STUDY} --replications 1 --jobs 1": COMMAND,
}


@dataclass(frozen=True, slots=True)
class Start:
    """How long one kind of start took; medians over rounds."""

    name: str
    wall_s: float
    core_s: float
    least_core_s: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All kinds of start, in the order in which they ran in every round."""

    machine: Machine
    rounds: int
    starts: tuple[Start, ...]


def main() -> None:
    """Measure and print; options from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often each is started after the first time [7]")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    measured = measure(STARTS, options.rounds)
    if options.json:
        print(json.dumps(asdict(measured), indent=2))
    else:
        show(measured)


def measure(starts: dict[str, str], rounds: int) -> Measured:
    """Start each in turn, round after round; the first round, which may compile, is not counted.

    Args:
        starts: by name, Python that calls `tell()` at the moment that is waited for.
        rounds: at least 1.
    """
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in starts}
    for number in range(rounds + 1):
        for name, code in starts.items():
            moment = _moment(TELL + code)
            if number > 0:
                found[name].append(moment)
    return Measured(this_machine(), rounds, tuple(_sum_up(name, moments) for name, moments in found.items()))


def _moment(code: str) -> tuple[float, float]:
    """Seconds on the clock and on cores from the start of a new interpreter until it tells; ends where that fails."""
    watched = run_watched([sys.executable, "-c", code], dict(os.environ))
    told = [line for line in watched.lines if line.text.startswith(TOLD)]
    if watched.status != 0 or not told:
        sys.exit("\n".join([f"It ended with {watched.status}:", *(line.text for line in watched.lines)]))
    return told[0].at_s, float(told[0].text.removeprefix(TOLD))


def _sum_up(name: str, moments: Sequence[tuple[float, float]]) -> Start:
    wall, core = zip(*moments, strict=True)
    return Start(name, statistics.median(wall), statistics.median(core), min(core))


def show(measured: Measured) -> None:
    """Print a table."""
    table = Table(title=f"Seconds to the first simulated call, median of {measured.rounds} starts, all compiled")
    table.add_column("what is started")
    for column in ("on the clock", "on a core", "on a core, least"):
        table.add_column(column, justify="right")
    for start in measured.starts:
        table.add_row(start.name, *(f"{s:.2f} s" for s in (start.wall_s, start.core_s, start.least_core_s)))
    console = Console(width=None if Console().is_terminal else 130)
    console.print(table)
    console.print(measured.machine.as_text(), highlight=False)
