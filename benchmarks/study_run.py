"""The bundled study from the command line: time, memory, first line, start of the command, compiling."""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.machine import Machine, this_machine
from benchmarks.process_tree import Line, Watched, run_watched

STUDY = "asker-baerum"
SHORT_REPLICATIONS = 2
MIB = 1024 * 1024
STAGE = re.compile(r"…$|: \d+ of \d+$")
"""How a line ends that only tells of a stage begun or done."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the command line took. Seconds are on the clock; memory is that of all processes together."""

    machine: Machine
    run_s: float
    run_core_s: float
    run_first_line_s: float | None
    run_first_answer_s: float | None
    run_peak_mib: float | None
    run_lines: tuple[Line, ...]
    help_s: float
    help_starts: int
    first_ever_s: float
    first_ever_first_line_s: float | None
    first_ever_lines: tuple[Line, ...]
    first_ever_core_s: float
    same_compiled_s: float
    same_compiled_core_s: float

    @property
    def compile_s(self) -> float:
        """What compiling adds to the first run ever, on the clock."""
        return self.first_ever_s - self.same_compiled_s

    @property
    def compile_core_s(self) -> float:
        """What compiling adds to the first run ever, on all cores together."""
        return self.first_ever_core_s - self.same_compiled_core_s


def main() -> None:
    """Measure and print; options from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks study-run", description=__doc__)
    parser.add_argument("--replications", type=int, help="of the whole run [as in the study]")
    parser.add_argument("--jobs", type=int, help="worker processes [one per core]")
    parser.add_argument("--help-starts", type=int, default=7, help="how often `beredt --help` is started [7]")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    jobs = [] if options.jobs is None else ["--jobs", str(options.jobs)]
    replications = [] if options.replications is None else ["--replications", str(options.replications)]
    with tempfile.TemporaryDirectory(prefix="beredt-bench-") as folder:
        measured = measure(Path(folder), jobs + replications, jobs, options.help_starts)
    if options.json:
        compiling = {"compile_s": measured.compile_s, "compile_core_s": measured.compile_core_s}
        print(json.dumps(asdict(measured) | compiling, indent=2))
    else:
        show(measured)


def measure(folder: Path, whole: list[str], short: list[str], help_starts: int) -> Measured:
    """Run the command with empty caches, with full ones, whole, and only for its help.

    Args:
        folder: empty; for caches and results.
        whole: options of the whole run.
        short: options of the short runs that compiling is measured with.
        help_starts: at least 1.
    """
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    environment |= {"BEREDT_CACHE_DIR": str(folder / "cache"), "NUMBA_CACHE_DIR": str(folder / "kernels")}
    out = ["--out", str(folder / "out")]
    few = ["study", "run", STUDY, "--replications", str(SHORT_REPLICATIONS), *short, *out]
    _beredt(["study", "check", STUDY], environment)  # lays the roads, which compiles nothing
    first_ever = _beredt(few, environment)
    same_compiled = _beredt(few, environment)
    run = _beredt(["study", "run", STUDY, *whole, *out], environment)
    _beredt(["--help"], environment)
    helps = [_beredt(["--help"], environment).wall_s for _ in range(help_starts)]
    return Measured(
        machine=this_machine(),
        run_s=run.wall_s,
        run_core_s=run.core_s,
        run_first_line_s=_first_s(run.lines),
        run_first_answer_s=_first_s([line for line in run.lines if line.text and not STAGE.search(line.text)]),
        run_peak_mib=None if run.peak_bytes is None else run.peak_bytes / MIB,
        run_lines=run.lines,
        help_s=statistics.median(helps),
        help_starts=help_starts,
        first_ever_s=first_ever.wall_s,
        first_ever_first_line_s=_first_s(first_ever.lines),
        first_ever_lines=first_ever.lines,
        first_ever_core_s=first_ever.core_s,
        same_compiled_s=same_compiled.wall_s,
        same_compiled_core_s=same_compiled.core_s,
    )


def _beredt(arguments: list[str], environment: dict[str, str]) -> Watched:
    """Run `beredt`; ends the benchmark where that fails."""
    print(f"beredt {' '.join(arguments)} …", file=sys.stderr)
    watched = run_watched([str(Path(sys.executable).with_name("beredt")), *arguments], environment)
    if watched.status != 0:
        sys.exit("\n".join([f"It ended with {watched.status}:", *(line.text for line in watched.lines)]))
    return watched


def _first_s(lines: Sequence[Line]) -> float | None:
    return lines[0].at_s if lines else None


def show(measured: Measured) -> None:
    """Print a table."""
    table = Table(title=f"beredt study run {STUDY}")
    table.add_column("what")
    table.add_column("measured", justify="right")
    table.add_row("whole run", _seconds(measured.run_s))
    table.add_row("  seconds on a core, of all its processes together", _seconds(measured.run_core_s))
    table.add_row("  its first line on stderr", _seconds(measured.run_first_line_s))
    table.add_row("  its first answer", _seconds(measured.run_first_answer_s))
    peak = measured.run_peak_mib
    table.add_row("  peak memory of all its processes", "–" if peak is None else f"{peak:,.0f} MiB")
    few = f"{SHORT_REPLICATIONS} replications"
    table.add_row(f"{few}, nothing compiled yet", _seconds(measured.first_ever_s))
    table.add_row("  its first line on stderr", _seconds(measured.first_ever_first_line_s))
    table.add_row(f"{few}, all compiled", _seconds(measured.same_compiled_s))
    table.add_row("  so compiling takes", _seconds(measured.compile_s))
    table.add_row("  on a core, of all processes together", _seconds(measured.compile_core_s))
    table.add_row(f"beredt --help, median of {measured.help_starts} starts after the first", _seconds(measured.help_s))
    console = Console(width=None if Console().is_terminal else 130)
    console.print(table)
    for title, lines in (
        ("The whole run:", measured.run_lines),
        (f"{few}, nothing compiled yet:", measured.first_ever_lines),
    ):
        console.print(title)
        for line in lines:
            console.print(f"{line.at_s:7.1f} s  {line.text}", highlight=False, markup=False, soft_wrap=True)
    console.print(measured.machine.as_text(), highlight=False)


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.2f} s"
