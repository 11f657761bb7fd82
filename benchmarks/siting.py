"""Models of stations: published instances proved, large towns, and spopt beside them with the same solver.

spopt is no part of the environment, since its libraries for maps are heavy: install it with ``pip install spopt
highspy`` anywhere, and name that Python with ``--spopt-python``.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import this_machine
from beredt.siting.answer import SitingAnswer
from beredt.siting.mclp import solve_mclp
from beredt.siting.p_median import solve_p_median
from beredt.siting.problem import SitingProblem, make_problem
from beredt.siting.program import Limits
from beredt.siting.read_instance import read_mclp, read_p_median

F8 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One case: what was found, in how many seconds, and whether it is what was known beforehand.

    Seconds of towns, and of spopt beside them, are CPU seconds; those of other cases are of the clock.
    """

    case: str
    objective: float
    gap: float
    seconds: float
    known: float | None = None
    spopt_s: float | None = None
    spopt_build_s: float | None = None
    spopt_objective: float | None = None

    def as_text(self) -> str:
        """One line."""
        known = "" if self.known is None else "  as known" if self.known == self.objective else f"  KNOWN: {self.known}"
        beside = (
            ""
            if self.spopt_s is None
            else f"  spopt {self.spopt_s:.1f} s ({self.spopt_s / self.seconds:.1f} times), {self.spopt_objective:.8g}"
        )
        return f"{self.case:44} {self.objective:14.8g}  gap {self.gap:8.4%}  {self.seconds:8.2f} s{known}{beside}"


def main() -> None:
    """Run the cases and print them."""
    parser = argparse.ArgumentParser(prog="siting", description=__doc__)
    parser.add_argument("--only", choices=["published", "towns", "large"], help="one part only")
    parser.add_argument("--spopt-python", metavar="PYTHON", help="a Python that has spopt and highspy")
    parser.add_argument("--seeds", type=int, default=3, help="towns of each kind")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    machine = this_machine()
    rows: list[Row] = []
    parts: dict[str, Callable[[], Iterator[Row]]] = {
        "published": lambda: published(_data()),
        "towns": lambda: towns(options.seeds, options.spopt_python),
        "large": lambda: large(_data()),
    }
    for name, part in parts.items():
        if options.only in (None, name):
            for row in part():
                rows.append(row)
                print(row.as_text(), file=sys.stderr if options.json else sys.stdout, flush=True)
    if options.json:
        print(json.dumps({"machine": asdict(machine), "rows": [asdict(row) for row in rows]}, indent=2))
    else:
        print(machine.as_text())


def published(data: Path | None) -> Iterator[Row]:
    """Every instance of the reference data with its known optimum."""
    if data is None:
        print("no reference data: set BEREDT_REFERENCE_DATA", file=sys.stderr)
        return
    with (data / "mclp" / "known_values.csv").open() as file:
        for each in csv.DictReader(file):
            problem = read_mclp(data / "mclp" / f"{each['instance']}.txt", float(each["radius"]))
            answer = solve_mclp(problem, int(each["p"]))
            yield _row(f"{each['instance']} p={each['p']}", answer, float(each["optimal_covered_demand"]))
    with (data / "pmed" / "pmedopt.csv").open() as file:
        for each in csv.DictReader(file):
            instance = read_p_median(data / "pmed" / f"{each['instance']}.txt.gz")
            answer = solve_p_median(instance.problem, instance.stations)
            yield _row(f"{each['instance']} n={each['n']} p={each['p']}", answer, float(each["pmedian_opt"]))


def towns(seeds: int, spopt_python: str | None) -> Iterator[Row]:
    """5,000 areas, 300 sites, 20 stations: built and proved; the same arrays to spopt."""
    for radius, spread in ((0.06, 0.05), (0.08, None), (0.1, None)):
        for seed in range(seeds):
            travel, demand = _town(5_000, 300, spread, seed)
            began = time.process_time()  # of one thread: others on the machine do not count
            answer = solve_mclp(make_problem(travel, demand, radius), 20)
            seconds = time.process_time() - began
            kind = "even" if spread is None else "clustered"
            beside = _spopt(spopt_python, travel, demand, radius) if spopt_python else {}
            yield Row(
                f"MCLP 5000 x 300 p=20 {kind} radius {radius} seed {seed}",
                answer.objective,
                answer.gap,
                seconds,
                spopt_s=beside.get("build_s", 0.0) + beside.get("solve_s", 0.0) if beside else None,
                spopt_build_s=beside.get("build_s"),
                spopt_objective=beside.get("objective"),
            )


def large(data: Path | None) -> Iterator[Row]:
    """The squares of Norway where people live, or a made-up country of that size: 56,000 areas, 1,000 sites, 0.5 %."""
    places, people = _country(data)
    for how in ("even", "by people"):
        drawn = np.random.default_rng(0)
        share = None if how == "even" else people / people.sum()
        sites = places[drawn.choice(len(places), 1_000, replace=False, p=share)]
        travel = np.hypot(*(sites[:, None] - places[None]).transpose(2, 0, 1)).astype(np.float32)
        for radius_km in (5, 10, 15, 25):
            problem: SitingProblem = make_problem(travel, people, 1_000.0 * radius_km)
            for stations in (20, 50, 100, 300):
                answer = solve_mclp(problem, stations, Limits(gap=0.005, seconds=300.0))
                yield _row(f"MCLP {len(people)} x 1000 sites {how} {radius_km} km p={stations}", answer, None)


def _row(case: str, answer: SitingAnswer, known: float | None) -> Row:
    return Row(case, answer.objective, answer.gap, answer.seconds, known)


def _town(areas: int, sites: int, spread: float | None, seed: int) -> tuple[F8, F8]:
    drawn = np.random.default_rng(seed)
    places = drawn.random((areas, 2))
    if spread is not None:
        middles, which = drawn.random((60, 2)), drawn.integers(0, 60, areas)
        places = np.clip(middles[which] + spread * drawn.standard_normal((areas, 2)), 0.0, 1.0)
    stand = places[drawn.choice(areas, sites, replace=False)]
    travel = np.hypot(*(stand[:, None] - places[None]).transpose(2, 0, 1))
    return travel, drawn.lognormal(1.0, 1.0, areas).round(2)


def _spopt(python: str, travel: F8, demand: F8, radius: float) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.npz"
        # In the precision in which Beredt keeps travel, so that both cover the same.
        held = travel.astype(np.float32).astype(np.float64).T
        np.savez(case, travel=held, demand=demand, radius=radius, stations=20)
        script = Path(__file__).with_name("spopt_mclp.py")
        done = subprocess.run([python, str(script), str(case)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _country(data: Path | None) -> tuple[F8, F8]:
    grid = data.parent / "norway" / "population_grid_1km.csv" if data else None
    if grid is not None and grid.is_file():
        with grid.open() as file:
            rows = [(float(row["e1"]), float(row["n1"]), float(row["pop_2019"])) for row in csv.DictReader(file)]
        held = np.array(rows)
        return held[:, :2], held[:, 2]
    drawn = np.random.default_rng(0)
    middles, which = 1e6 * drawn.random((400, 2)), drawn.zipf(1.5, 56_000) % 400
    return middles[which] + 2e4 * drawn.standard_normal((56_000, 2)), drawn.lognormal(3.0, 1.5, 56_000).round()


def _data() -> Path | None:
    folder = Path(os.environ.get("BEREDT_REFERENCE_DATA", "../shared/data")) / "siting"
    return folder if folder.is_dir() else None
