"""A log of fifty million missions, from CSV and from Parquet to a store and its report, beside pandas on five million.

`python -m benchmarks missions --year N --missions N --pandas N --folder DIR`. First comes a small log, after which all
kernels are compiled, then a year of a region. What pandas gets, Beredt gets before it and after it. The logs are
generated; stores are made by the command, in a process of its own, whose memory is that of all its threads and
processes together.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.machine import Machine, this_machine
from benchmarks.missions_log import COUNTRY, REGION, Land, write_csv, write_parquet
from benchmarks.process_tree import Watched, run_watched
from beredt.indicators.suppress import THRESHOLD

FIRST, YEAR, MISSIONS, PANDAS = 100_000, 400_000, 50_000_000, 5_000_000
PEERS = ("pandas", "columns")
"""The forms in which pandas does the same."""

BEFORE, AFTER = "before pandas", "after pandas"
GIB = 1 << 30
BEREDT = str(Path(sys.executable).with_name("beredt"))


@dataclass(frozen=True, slots=True)
class Stage:
    """One command: seconds on the clock and on cores, memory at most, and rows."""

    way: str
    rows: int
    wall_s: float
    core_s: float
    peak_gib: float | None

    @property
    def rows_per_s(self) -> float:
        """Rows per second on the clock."""
        return self.rows / self.wall_s


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything, in the order in which it ran."""

    machine: Machine
    stages: tuple[Stage, ...]


def main() -> None:
    """Measure and print."""
    options = _options(sys.argv[1:])
    console = Console(stderr=True)
    with _folder(options.folder) as folder:
        sizes = (options.year, options.missions, options.pandas)
        measured = measure(sizes, options.min_count, folder, options.form, options.peer, console)
    if options.json:
        print(json.dumps(dataclasses.asdict(measured), indent=2))
    else:
        Console().print(as_table(measured))


def measure(
    sizes: tuple[int, int, int],
    least: int,
    folder: Path,
    forms: Sequence[str],
    peers: Sequence[str],
    console: Console,
) -> Measured:
    """Import and report a small log, a year, then a long log of each form, then a shorter one, by pandas too.

    Args:
        sizes: Rows of the year, of the long log, and of what pandas gets; 0 for none of it.
        least: Counts below it are left out of the country's reports; those of a year are as everybody's.
        folder: Where there is room.
        forms: Of the long log.
        peers: The forms of pandas.
        console: Told how far it has come.
    """
    machine, stages = this_machine(), []
    year, missions, pandas = sizes
    stages += _whole_way(REGION, FIRST, "csv", "first use", THRESHOLD, folder, console)
    if year:
        stages += _whole_way(REGION, year, "csv", "year", THRESHOLD, folder, console)
    for form in forms if missions else ():
        stages += _whole_way(COUNTRY, missions, form, form, least, folder, console)
    if pandas:
        stages += _whole_way(COUNTRY, pandas, "csv", BEFORE, least, folder, console)
        log = folder / "pandas.csv"
        write_csv(pandas, log)
        for peer in peers:
            out = folder / peer
            out.mkdir()
            watched = _run([sys.executable, "-m", "benchmarks.missions_pandas", str(log), str(out), peer])
            stages.append(_stage(_by(peer), pandas, watched))
            console.print(f"{_by(peer)}: {stages[-1].wall_s:.1f} s")
            shutil.rmtree(out)
        log.unlink()
        stages += _whole_way(COUNTRY, pandas, "csv", AFTER, least, folder, console)
    return Measured(machine, tuple(stages))


def _whole_way(land: Land, rows: int, form: str, name: str, least: int, folder: Path, console: Console) -> list[Stage]:
    """Import and report of a generated log."""
    log, store, report = folder / f"log.{form}", folder / "store", folder / "report"
    console.print(f"writing {rows:,} rows of {form} …")
    (write_csv if form == "csv" else write_parquet)(rows, log, land)
    commands = {
        "import": ["import", str(log), "--profile", "amis", "--generated", "--out", str(store)],
        "report": ["report", str(store), "--out", str(report), "--min-count", str(least)],
    }
    stages = []
    for verb, command in commands.items():
        stages.append(_stage(f"{verb} {name}", rows, _run([BEREDT, "missions", *command, "--json"])))
        console.print(f"{verb} {name}: {stages[-1].wall_s:.1f} s")
    log.unlink()
    shutil.rmtree(store)
    shutil.rmtree(report)
    return stages


def _by(peer: str) -> str:
    """The stage of a form of pandas."""
    return f"{peer}, import and report of csv"


def as_table(measured: Measured) -> Table:
    """One row per stage, with how many times as fast as each form of pandas the whole way is."""
    table = Table(title=measured.machine.as_text())
    for name in ("way", "rows", "seconds", "on cores", "rows/s", "memory, GiB"):
        table.add_column(name, justify="left" if name == "way" else "right")
    for stage in measured.stages:
        peak = "?" if stage.peak_gib is None else f"{stage.peak_gib:.1f}"
        table.add_row(
            stage.way, f"{stage.rows:,}", f"{stage.wall_s:.1f}", f"{stage.core_s:.1f}", f"{stage.rows_per_s:,.0f}", peak
        )
    fast = [stage for stage in measured.stages if stage.way.endswith((BEFORE, AFTER))]
    wall_s, core_s = sum(stage.wall_s for stage in fast) / 2, sum(stage.core_s for stage in fast) / 2
    told = [
        f"{stage.wall_s / wall_s:.1f} times as fast as {peer} by the clock, {stage.core_s / core_s:.1f} times on cores"
        for peer in PEERS
        for stage in measured.stages
        if stage.way == _by(peer)
    ]
    table.caption = "\n".join(told) or None
    return table


def _run(command: Sequence[str]) -> Watched:
    watched = run_watched(command, os.environ)
    if watched.status != 0:
        tail = "\n".join(line.text for line in watched.lines[-20:])
        raise RuntimeError(f"{' '.join(command)} ended with {watched.status}\n{tail}\n{watched.answer[-2000:]}")
    return watched


def _stage(way: str, rows: int, watched: Watched) -> Stage:
    peak = None if watched.peak_bytes is None else watched.peak_bytes / GIB
    return Stage(way, rows, watched.wall_s, watched.core_s, peak)


@contextmanager
def _folder(named: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=named) as folder:
        yield Path(folder)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks missions", description=__doc__)
    parser.add_argument("--year", type=int, default=YEAR, help="rows of a region's year; 0 for none")
    parser.add_argument("--missions", type=int, default=MISSIONS, help="rows of the log; 0 for none")
    parser.add_argument("--pandas", type=int, default=PANDAS, help="rows that pandas gets; 0 for none")
    parser.add_argument(
        "--min-count",
        type=int,
        default=THRESHOLD,
        help="leave out counts below it in the reports of the country; pandas leaves out none [default: 5]",
    )
    parser.add_argument("--peer", nargs="+", choices=PEERS, default=PEERS, help="forms of pandas [default: both]")
    parser.add_argument("--form", nargs="+", choices=("csv", "parquet"), default=("csv", "parquet"))
    parser.add_argument("--folder", type=Path, help="where there is room: 300 bytes a row [default: the temporary one]")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
