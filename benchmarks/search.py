"""The search beside a genetic algorithm with the same budget, both judged on years that neither has seen.

Both choose from the same layouts of the bundled study, start from today's, and ask the same evaluator for the same
blocks of the same seed; a budget is a number of simulated days. Ten searches with other incidents (seeds 0 to 9) are
run of each. Every answer is then run on the same held-out years as today's layout.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.machine import Machine, this_machine
from beredt.cli.checked_study import load_checked_study
from beredt.decision.search.cover_model import CoverModel
from beredt.decision.search.evaluate import BlockRules, SimulatedBlocks
from beredt.decision.search.genetic import GeneticRules, evolve
from beredt.decision.search.journal import Journal, Remembered
from beredt.decision.search.layout import Layout
from beredt.decision.search.options import DAYS_PER_YEAR, SearchOptions, space_of
from beredt.decision.search.search import Compared, SearchRules, compared, search
from beredt.decision.search.seeds import held_out_seed, search_seed
from beredt.decision.search.sites import with_candidates
from beredt.decision.search.space import Space
from beredt.model.study import Study
from beredt.simulation.study_roads import StudyRoads, load_or_build_roads, study_roads

F8 = NDArray[np.float64]

STUDY = "asker-baerum"
HELD_OUT_NUMBER = 1_000_000
"""One held-out seed for all: no search has this number."""


@dataclass(frozen=True, slots=True)
class Run:
    """One search of either kind: its answer, what it spent, and what it took."""

    kind: str
    seed: int
    layout: Layout
    simulated_years: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Row:
    """One seed: differences on held-out years, in percentage points, with 95 % t-intervals."""

    seed: int
    search_to_today: Compared
    genetic_to_today: Compared
    search_to_genetic: Compared
    search_s: float
    genetic_s: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All seeds."""

    machine: Machine
    years: float
    held_out: int
    genetic: GeneticRules
    rows: tuple[Row, ...]

    @property
    def better(self) -> int:
        """Seeds in which the search's answer is better than the genetic algorithm's."""
        return sum(row.search_to_genetic.difference > 0 for row in self.rows)

    @property
    def surely_better(self) -> int:
        """Seeds in which the interval of that excludes zero."""
        return sum(row.search_to_genetic.low > 0 for row in self.rows)

    @property
    def better_than_today(self) -> int:
        """Seeds in which the search's answer is better than today's layout, with an interval that excludes zero."""
        return sum(row.search_to_today.low > 0 for row in self.rows)


def main() -> None:
    """Measure and print; options from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks search", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="searches of each kind [10]")
    parser.add_argument("--first", type=int, default=0, help="number of the first seed [0]")
    parser.add_argument("--years", type=float, default=60.0, help="simulated years of each search [60]")
    parser.add_argument("--held-out", type=int, default=10, help="years that every answer is tested on [10]")
    parser.add_argument("--genetic-blocks", type=int, default=GeneticRules(0).blocks, help="blocks of one fitness")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    measured = measure(
        range(options.first, options.first + options.seeds), options.years, options.held_out, options.genetic_blocks
    )
    if options.json:
        counts = {name: getattr(measured, name) for name in ("better", "surely_better", "better_than_today")}
        print(json.dumps(asdict(measured) | counts, indent=2))
    else:
        show(measured)


def measure(
    seeds: Sequence[int], years: float, held_out: int, genetic_blocks: int, study_name: str = STUDY
) -> Measured:
    """Run both for every seed, and test all answers.

    Args:
        seeds: numbers of the searches.
        years: simulated, for each search.
        held_out: years of the test, at least 2.
        genetic_blocks: of one fitness of the genetic algorithm.
        study_name: folder of the study, or the name of a bundled one.
    """
    study = load_checked_study(study_name)
    options = SearchOptions(years=years)
    space = space_of(study, options)
    reached = with_candidates(study, space.sites)
    roads = study_roads(reached, load_or_build_roads(reached))
    rules = GeneticRules(options.most_simulated, blocks=genetic_blocks)
    runs: list[Run] = []
    for seed in seeds:
        mine = replace(options, number=seed)
        for run in (_search(reached, roads, space, mine), _evolve(reached, roads, space, mine, rules)):
            print(f"seed {seed}, {run.kind}: {run.simulated_years:.1f} years, {run.seconds:.0f} s", file=sys.stderr)
            runs.append(run)
    return Measured(this_machine(), years, held_out, rules, _rows(reached, roads, space, options, runs, held_out))


def _search(study: Study, roads: StudyRoads, space: Space, options: SearchOptions) -> Run:
    began = time.perf_counter()
    blocks = _blocks(study, roads, space, options)
    journal = Journal({})
    model = CoverModel(space, roads, blocks.case, options.objective)
    limits = SearchRules(options.most_simulated, race=options.race)
    measure = Remembered(blocks, journal)
    found = search(space, options.objective, measure, model.value, limits, journal, lambda _one, _spent: None)
    return _run("search", options, found.best.layout, found.simulated, began)


def _evolve(study: Study, roads: StudyRoads, space: Space, options: SearchOptions, rules: GeneticRules) -> Run:
    began = time.perf_counter()
    blocks = _blocks(study, roads, space, options)

    def score(layouts: Sequence[Layout], numbers: Sequence[int]) -> F8:
        return np.array([[options.objective.score(one) for one in row] for row in blocks(layouts, numbers)])

    found = evolve(space, score, rules, options.number)
    return _run("genetic", options, found.layout, found.simulated, began)


def _blocks(study: Study, roads: StudyRoads, space: Space, options: SearchOptions) -> SimulatedBlocks:
    seed = search_seed(study.settings.simulation.seed, options.number)
    return SimulatedBlocks(study, roads, space, options.objective, options.blocks, seed, options.jobs)


def _run(kind: str, options: SearchOptions, layout: Layout, simulated: int, began: float) -> Run:
    years = simulated * options.blocks.simulated_days / DAYS_PER_YEAR
    return Run(kind, options.number, layout, years, time.perf_counter() - began)


def _rows(
    study: Study, roads: StudyRoads, space: Space, options: SearchOptions, runs: Sequence[Run], held_out: int
) -> tuple[Row, ...]:
    plan = study.settings.simulation
    whole = BlockRules(plan.days, plan.warmup_days, plan.cooldown_days)
    seed = held_out_seed(plan.seed, HELD_OUT_NUMBER)
    years = SimulatedBlocks(study, roads, space, options.objective, whole, seed, 1)
    layouts = list(dict.fromkeys([space.today, *(run.layout for run in runs)]))
    scores: dict[Layout, list[float]] = {layout: [] for layout in layouts}
    for year in range(held_out):
        print(f"held-out year {year + 1} of {held_out}", file=sys.stderr)
        for layout, row in zip(layouts, years(layouts, [year]), strict=True):
            scores[layout].append(options.objective.score(row[0]))
    values = {layout: np.array(row) for layout, row in scores.items()}
    pairs = {(run.kind, run.seed): run for run in runs}
    rows = []
    for number in dict.fromkeys(run.seed for run in runs):
        found, other = pairs["search", number], pairs["genetic", number]
        rows.append(
            Row(
                number,
                compared(values[found.layout] - values[space.today]),
                compared(values[other.layout] - values[space.today]),
                compared(values[found.layout] - values[other.layout]),
                found.seconds,
                other.seconds,
            )
        )
    return tuple(rows)


def show(measured: Measured) -> None:
    """Print a table."""
    table = Table(
        title=f"{STUDY}: acute share within target on {measured.held_out} held-out years, after searches of "
        f"{measured.years:g} simulated years each (percentage points, 95 %)"
    )
    for title in ("seed", "search − today", "genetic − today", "search − genetic", "search", "genetic"):
        table.add_column(title, justify="right")
    for row in measured.rows:
        gains = (_text(one) for one in (row.search_to_today, row.genetic_to_today, row.search_to_genetic))
        table.add_row(str(row.seed), *gains, f"{row.search_s:.0f} s", f"{row.genetic_s:.0f} s")
    console = Console(width=None if Console().is_terminal else 130)
    console.print(table)
    count = len(measured.rows)
    console.print(
        f"Better than the genetic algorithm in {measured.better} of {count} seeds (interval without zero in "
        f"{measured.surely_better}); better than today with an interval without zero in {measured.better_than_today}.",
        highlight=False,
    )
    console.print(measured.machine.as_text(), highlight=False)


def _text(one: Compared) -> str:
    return f"{one.difference:+.2f} ({one.low:+.2f} … {one.high:+.2f})"
