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
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.machine import Machine, this_machine
from beredt.cli.checked_study import load_checked_study
from beredt.decision.search.cover_model import CoverModel
from beredt.decision.search.evaluate import BlockRules, SimulatedBlocks
from beredt.decision.search.genetic import GeneticRules, evolve
from beredt.decision.search.incumbent import Compared, compared
from beredt.decision.search.journal import Journal, Remembered
from beredt.decision.search.layout import Layout
from beredt.decision.search.options import DAYS_PER_YEAR, SearchOptions, space_of
from beredt.decision.search.search import SearchRules, search
from beredt.decision.search.seeds import held_out_seed, search_seed
from beredt.decision.search.sites import with_candidates
from beredt.decision.search.space import Space
from beredt.model.study import Study
from beredt.simulation.study_roads import StudyRoads, load_or_build_roads, study_roads

F8 = NDArray[np.float64]

STUDY = "asker-baerum"
PAIRS = ("search_to_today", "genetic_to_today", "search_to_genetic")
"""What a row compares."""

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
    parser.add_argument("--keep", type=Path, help="file that takes each seed when it is done; those in it are not run")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    measured = measure(
        range(options.first, options.first + options.seeds),
        options.years,
        options.held_out,
        options.genetic_blocks,
        keep=options.keep,
    )
    if options.json:
        counts = {name: getattr(measured, name) for name in ("better", "surely_better", "better_than_today")}
        print(json.dumps(asdict(measured) | counts, indent=2))
    else:
        show(measured)


def measure(
    seeds: Sequence[int],
    years: float,
    held_out: int,
    genetic_blocks: int,
    study_name: str = STUDY,
    keep: Path | None = None,
) -> Measured:
    """Run both for every seed, and test all answers.

    Args:
        seeds: numbers of the searches.
        years: simulated, for each search.
        held_out: years of the test, at least 2.
        genetic_blocks: of one fitness of the genetic algorithm.
        study_name: folder of the study, or the name of a bundled one.
        keep: file of lines, one for each seed that is done; those with the same figures are not run again.
    """
    study = load_checked_study(study_name)
    options = SearchOptions(years=years)
    space = space_of(study, options)
    reached = with_candidates(study, space.sites)
    roads = study_roads(reached, load_or_build_roads(reached))
    rules = GeneticRules(options.most_simulated, blocks=genetic_blocks)
    heading = {"fingerprint": study.fingerprint, "years": years, "held_out": held_out, "genetic": asdict(rules)}
    rows = _kept(keep, heading)
    today: F8 | None = None
    for seed in seeds:
        if seed in rows:
            continue
        mine = replace(options, number=seed)
        found, evolved = _search(reached, roads, space, mine), _evolve(reached, roads, space, mine, rules)
        for run in (found, evolved):
            print(f"seed {seed}, {run.kind}: {run.simulated_years:.1f} years, {run.seconds:.0f} s", file=sys.stderr)
        tested = [found.layout, evolved.layout] if today is not None else [found.layout, evolved.layout, space.today]
        scores = _on_years(reached, roads, space, options, tested, held_out)
        today = scores[2] if today is None else today
        rows[seed] = _row(seed, found, evolved, scores, today)
        if keep is not None:
            with keep.open("a", encoding="utf-8") as file:
                file.write(json.dumps(heading | asdict(rows[seed])) + "\n")
    chosen = tuple(rows[seed] for seed in seeds)
    return Measured(this_machine(), years, held_out, rules, chosen)


def _kept(keep: Path | None, heading: dict[str, object]) -> dict[int, Row]:
    """The seeds that are done, of a measurement like this one."""
    if keep is None or not keep.exists():
        return {}
    rows = {}
    for text in keep.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        if all(line.pop(name) == value for name, value in heading.items()):
            line |= {name: Compared(**line[name]) for name in PAIRS}
            rows[line["seed"]] = Row(**line)
    return rows


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


def _on_years(
    study: Study, roads: StudyRoads, space: Space, options: SearchOptions, layouts: Sequence[Layout], years: int
) -> F8:
    """[layouts, years] scores on years that no search has seen."""
    plan = study.settings.simulation
    whole = BlockRules(plan.days, plan.warmup_days, plan.cooldown_days)
    seed = held_out_seed(plan.seed, HELD_OUT_NUMBER)
    measure_years = SimulatedBlocks(study, roads, space, options.objective, whole, seed, 1)
    columns = [measure_years(layouts, [year]) for year in range(years)]
    return np.array([[options.objective.score(row[0]) for row in column] for column in columns]).T


def _row(seed: int, found: Run, evolved: Run, scores: F8, today: F8) -> Row:
    return Row(
        seed,
        compared(scores[0] - today),
        compared(scores[1] - today),
        compared(scores[0] - scores[1]),
        found.seconds,
        evolved.seconds,
    )


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
