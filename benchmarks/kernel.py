"""Calls per second on one core: the kernel, a SimPy model of the same rules and the plain-Python twin."""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.console import Console
from rich.table import Table

from benchmarks import contestants
from benchmarks.contestants import Contestant
from benchmarks.generated_year import STUDY, GeneratedYear, generate_year, load_bundled
from benchmarks.machine import Machine, this_machine
from benchmarks.stopwatch import Rate, Timing, rate_of, timed

BORDER_ALTERNATIVE = "2"
"""An alternative with more asking over borders than today."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One way of running one year, or a part of it."""

    name: str
    contestant: Contestant
    year: GeneratedYear
    runs: int  # in every round
    beside: str | None = None  # entry that this one is compared with


@dataclass(frozen=True, slots=True)
class Row:
    """What an entry came to."""

    name: str
    alternative: str
    days: float
    rate: Rate
    beside: str | None
    slower: float | None  # times, the median over rounds
    slower_least: float | None
    slower_most: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """All rows, in the order in which they ran in every round."""

    machine: Machine
    rounds: int
    rows: tuple[Row, ...]


def main() -> None:
    """Measure and print; options from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks kernel", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often all ways are run in turn [5]")
    parser.add_argument("--days", type=float, default=14.0, help="days that the plain-Python twin simulates [14]")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    console = Console(stderr=True)
    measured = measure(entries(options.days), options.rounds, console)
    if options.json:
        print(json.dumps(asdict(measured), indent=2))
    else:
        show(measured)


def entries(days: float) -> tuple[Entry, ...]:
    """Everything that is compared, in order.

    Args:
        days: part of the year that the twin simulates; the kernel runs the same part beside it.
    """
    study, network = load_bundled()
    years = [generate_year(study, network, alternative) for alternative in (None, BORDER_ALTERNATIVE)]
    found = []
    for year in years:
        part, whole_name = year.first_days(days), f"kernel, {year.alternative}"
        part_name = f"kernel, {year.alternative}, {days:.0f} days"
        found += [
            Entry(whole_name, contestants.kernel, year, runs=3),
            Entry(f"whole simulate, {year.alternative}", contestants.whole_simulate, year, runs=3),
            Entry(f"SimPy, {year.alternative}", contestants.simpy_model, year, runs=1, beside=whole_name),
            Entry(part_name, contestants.kernel, part, runs=3),
            Entry(f"plain Python, {year.alternative}, {days:.0f} days", contestants.twin, part, 1, beside=part_name),
        ]
    return tuple(found)


def measure(compared: Sequence[Entry], rounds: int, console: Console) -> Measured:
    """Run all entries in turn, round after round, after one run of each kernel that nobody times.

    Args:
        compared: the entries.
        rounds: at least 1.
        console: for progress.
    """
    for entry in compared:
        if entry.beside is None:
            entry.contestant(entry.year)()
    timings: dict[str, list[list[Timing]]] = {entry.name: [] for entry in compared}
    for number in range(1, rounds + 1):
        for entry in compared:
            console.print(f"round {number} of {rounds}: {entry.name} …", highlight=False)
            timings[entry.name].append([timed(entry.contestant(entry.year)) for _ in range(entry.runs)])
    return Measured(this_machine(), rounds, tuple(_row(entry, timings) for entry in compared))


def _row(entry: Entry, timings: dict[str, list[list[Timing]]]) -> Row:
    mine = timings[entry.name]
    slower = [] if entry.beside is None else list(map(_times_slower, mine, timings[entry.beside]))
    return Row(
        name=entry.name,
        alternative=entry.year.alternative,
        days=entry.year.days,
        rate=rate_of(entry.year.calls, [timing for part in mine for timing in part]),
        beside=entry.beside,
        slower=statistics.median(slower) if slower else None,
        slower_least=min(slower) if slower else None,
        slower_most=max(slower) if slower else None,
    )


def _times_slower(mine: list[Timing], beside: list[Timing]) -> float:
    """Core seconds for the same calls in the same round, in terms of the other's."""
    return statistics.median(t.core_s for t in mine) / statistics.median(t.core_s for t in beside)


def show(measured: Measured) -> None:
    """Print a table."""
    table = Table(title=f"One generated year of {STUDY}, calls per second on one core")
    table.add_column("way")
    for heading in ("days", "calls", "runs", "median", "best", "median by clock", "times slower"):
        table.add_column(heading, justify="right")
    for row in measured.rows:
        rate = row.rate
        slower = "" if row.slower is None else f"{row.slower:,.0f} ({row.slower_least:,.0f}–{row.slower_most:,.0f})"
        figures = f"{rate.median:,.0f}", f"{rate.best:,.0f}", f"{rate.median_wall:,.0f}"
        table.add_row(row.name, f"{row.days:.0f}", f"{rate.calls:,}", str(rate.runs), *figures, slower)
    console = Console(width=None if Console().is_terminal else 130)
    console.print(table)
    console.print("Median and best by core seconds. Times slower: than the kernel on the same calls, round by round.")
    console.print(measured.machine.as_text(), highlight=False)
