"""The search on a study small enough to try every layout; stopped, killed and gone on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.search.cover_model import CoverModel
from beredt.decision.search.evaluate import BlockRules, SimulatedBlocks
from beredt.decision.search.genetic import GeneticRules, evolve
from beredt.decision.search.held_out import run_held_out
from beredt.decision.search.incumbent import Found, Incumbent
from beredt.decision.search.journal import NAME, Journal, Remembered
from beredt.decision.search.layout import Layout
from beredt.decision.search.objective import Counted, Objective
from beredt.decision.search.search import SearchRules, search
from beredt.decision.search.seeds import held_out_seed, search_seed
from beredt.decision.search.space import Space
from beredt.errors import OptionError
from beredt.indicators.cells import WHOLE_DAY
from beredt.indicators.group_response import Count
from beredt.indicators.tally import tally_response_only
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.simulation.run import Simulator
from beredt.simulation.study_roads import StudyRoads
from tests.decision.search.conftest import MakeBlocks
from tests.decision.search.pretended import F8
from tests.decision.search.test_layouts import all_layouts

OBJECTIVE = Objective()
RULES = SearchRules(most_simulated=600, beside_today=6)
HEADING = {"name": "test"}


class KilledError(Exception):
    """The process is gone."""


class Deadly:
    """A measure that fails after so many calls, in the way it is told."""

    def __init__(self, measure: SimulatedBlocks, calls: int, how: type[BaseException]) -> None:
        self._measure, self._left, self._how = measure, calls, how
        self.asked = 0

    def __call__(self, layouts: Sequence[Layout], blocks: Sequence[int]) -> list[list[Counted]]:
        if self._left == 0:
            raise self._how
        self._left -= 1
        self.asked += len(layouts) * len(blocks)
        return self._measure(layouts, blocks)


def nobody(_incumbent: Incumbent, _simulated: int) -> None:
    """Nobody listens."""


@pytest.fixture(scope="module")
def blocks(make_blocks: MakeBlocks) -> SimulatedBlocks:
    return make_blocks(search_seed(11, 0))


@pytest.fixture(scope="module")
def model(free: Space, crowded_roads: StudyRoads, blocks: SimulatedBlocks) -> CoverModel:
    return CoverModel(free, crowded_roads, blocks.case, OBJECTIVE)


@pytest.fixture(scope="module")
def truth(crowded: Study, crowded_roads: StudyRoads, free: Space) -> dict[Layout, float]:
    """The score of every layout, by brute force on twenty years of another seed."""
    layouts = list(all_layouts())
    years = SimulatedBlocks(crowded, crowded_roads, free, OBJECTIVE, BlockRules(364, 1), search_seed(11, 999), 1)
    counted = years(layouts, range(20))
    scores = (np.mean([OBJECTIVE.score(one) for one in row]) for row in counted)
    return {layout: float(score) for layout, score in zip(layouts, scores, strict=True)}


def run(space: Space, measure: object, model: CoverModel, journal: Journal, rules: SearchRules = RULES) -> Found:
    remembered = Remembered(measure, journal)  # type: ignore[arg-type]
    try:
        return search(space, OBJECTIVE, remembered, model.value, rules, journal, nobody)
    finally:
        journal.close()


@pytest.fixture(scope="module")
def found(free: Space, blocks: SimulatedBlocks, model: CoverModel) -> Found:
    return run(free, blocks, model, Journal(HEADING))


def test_the_answer_is_the_best_of_all_layouts(found: Found, free: Space, truth: dict[Layout, float]) -> None:
    best = max(truth.values())
    assert truth[free.today] < best - 10.0  # or there would be nothing to find
    assert truth[found.best.layout] > best - 0.5  # the best ones differ by less
    assert found.simulated <= RULES.most_simulated


def test_the_guess_orders_layouts_as_the_simulation_does(model: CoverModel, truth: dict[Layout, float]) -> None:
    guessed = [model.value(layout) for layout in truth]
    ranks = [np.argsort(np.argsort(values)) for values in (guessed, list(truth.values()))]
    assert np.corrcoef(ranks[0], ranks[1])[0, 1] > 0.6
    assert all(0.0 <= value <= 100.0 for value in guessed)


def test_every_incumbent_has_its_evidence(found: Found) -> None:
    assert found.incumbents[0].step == "today"
    assert len(found.incumbents) > 1
    for before, one in zip(found.incumbents, found.incumbents[1:], strict=False):
        if one is not found.best:  # the last may have been chosen by all that was simulated
            assert one.evidence.blocks >= 2
            assert one.interval[0] > 0.0
        assert one.against_today is not None
        assert one.against_today.blocks == RULES.beside_today
        assert one.simulated > before.simulated


def test_no_race_sees_a_block_that_another_one_saw(free: Space, blocks: SimulatedBlocks, model: CoverModel) -> None:
    asked: list[tuple[Layout, int]] = []

    def watched(layouts: Sequence[Layout], numbers: Sequence[int]) -> list[list[Counted]]:
        asked.extend((layout, number) for layout in layouts for number in numbers)
        return blocks(layouts, numbers)

    run(free, watched, model, Journal(HEADING), replace(RULES, most_simulated=120))
    assert len(asked) == len(set(asked))


def test_the_last_part_of_the_budget_tries_nothing_new(free: Space, blocks: SimulatedBlocks, model: CoverModel) -> None:
    first: dict[Layout, int] = {}
    spent = 0

    def watched(layouts: Sequence[Layout], numbers: Sequence[int]) -> list[list[Counted]]:
        nonlocal spent
        for layout in layouts:
            first.setdefault(layout, spent)
        spent += len(layouts) * len(numbers)
        return blocks(layouts, numbers)

    rules = replace(RULES, most_simulated=120, last_share=0.6)
    found = run(free, watched, model, Journal(HEADING), rules)
    assert max(first.values()) < 0.4 * rules.most_simulated
    assert 0.8 * rules.most_simulated < spent == found.simulated <= rules.most_simulated
    assert len(first) < 18  # others were left


@pytest.mark.parametrize("calls", [0, 3])
def test_a_killed_search_comes_to_the_same_answer(
    found: Found, free: Space, blocks: SimulatedBlocks, model: CoverModel, tmp_path: Path, calls: int
) -> None:
    with pytest.raises(KilledError):
        run(free, Deadly(blocks, calls, KilledError), model, Journal(HEADING, tmp_path))
    # The kill came in the middle of a line.
    with (tmp_path / NAME).open("a", encoding="utf-8") as file:
        file.write('{"layout":"00')
    rest = Deadly(blocks, 10**6, KilledError)
    again = run(free, rest, model, Journal(HEADING, tmp_path))
    assert again == found
    assert rest.asked < found.simulated or calls == 0
    # A third time, nothing is left to simulate.
    finished = run(free, Deadly(blocks, 0, KilledError), model, Journal(HEADING, tmp_path))
    assert finished == found
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    assert text.count('"incumbent"') == len(found.incumbents)


def test_ctrl_c_leaves_the_best_answer_so_far(
    found: Found, free: Space, blocks: SimulatedBlocks, model: CoverModel, tmp_path: Path
) -> None:
    for calls in (0, 4):
        stopped = run(free, Deadly(blocks, calls, KeyboardInterrupt), model, Journal(HEADING, tmp_path / str(calls)))
        assert stopped.status == "stopped"
        kept = len(stopped.incumbents)
        if calls == 0:
            assert stopped.best.layout == free.today
        else:
            assert stopped.incumbents == found.incumbents[:kept]


def test_a_wish_to_stop_is_granted_before_the_next_stage(
    found: Found, free: Space, blocks: SimulatedBlocks, model: CoverModel
) -> None:
    asked = iter([False] * 3)
    remembered = Remembered(blocks, Journal(HEADING))
    stopped = search(
        free, OBJECTIVE, remembered, model.value, RULES, Journal(HEADING), nobody, lambda: next(asked, True)
    )
    assert stopped.status == "stopped"
    assert stopped.incumbents == found.incumbents[: len(stopped.incumbents)]


def test_another_search_is_not_gone_on_with(tmp_path: Path) -> None:
    Journal(HEADING, tmp_path).close()
    with pytest.raises(OptionError, match="journal of another search"):
        Journal({"name": "other"}, tmp_path)


def test_the_number_of_threads_changes_nothing(
    crowded: Study, crowded_roads: StudyRoads, free: Space, blocks: SimulatedBlocks
) -> None:
    from tests.decision.search.conftest import BLOCK

    threads = SimulatedBlocks(crowded, crowded_roads, free, OBJECTIVE, BLOCK, search_seed(11, 0), 3)
    layouts = list(all_layouts())[:3]
    assert threads(layouts, range(4)) == blocks(layouts, range(4))


def test_the_genetic_algorithm_finds_it_too(free: Space, blocks: SimulatedBlocks, truth: dict[Layout, float]) -> None:
    asked: set[tuple[Layout, int]] = set()

    def score(layouts: Sequence[Layout], numbers: Sequence[int]) -> F8:
        assert all(free.allows(layout) for layout in layouts)
        asked.update((layout, number) for layout in layouts for number in numbers)
        return np.array([[OBJECTIVE.score(one) for one in row] for row in blocks(layouts, numbers)])

    evolved = evolve(free, score, GeneticRules(200, blocks=10), 1)
    assert truth[evolved.layout] > max(truth.values()) - 3.0
    assert len(asked) == evolved.simulated <= 200
    assert evolve(free, score, GeneticRules(200, blocks=10), 1) == evolved


@given(st.integers(0, 2**63 - 1), st.integers(0, 10**6), st.integers(0, 10**6))
def test_held_out_seeds_are_never_those_of_a_search(study_seed: int, one: int, other: int) -> None:
    search_s, held_out_s = search_seed(study_seed, one), held_out_seed(study_seed, other)
    assert search_s != held_out_s
    assert search_s % 2 == 0
    assert held_out_s % 2 == 1
    assert study_seed not in (search_s, held_out_s)
    assert min(search_s, held_out_s) >= 0
    assert max(search_s, held_out_s) < 2**63


def test_the_held_out_test_is_what_a_run_of_the_study_gives(crowded: Study, free: Space, found: Found) -> None:
    tested = run_held_out(crowded, free, OBJECTIVE, found.best.layout, 0, 3, 1, lambda _done: None)
    assert tested.seed == held_out_seed(11, 0)
    settings = crowded.settings
    simulation = settings.simulation.model_copy(update={"seed": tested.seed})
    seeded = replace(crowded, settings=settings.model_copy(update={"simulation": simulation}))
    with Simulator(seeded, build_network(seeded), jobs=1) as simulator:
        tallies = simulator.simulate({"today": crowded.service}, 3, tally_response_only, km=False)["today"]
    cells = [one.response.counts[0, 0, WHOLE_DAY] for one in tallies]
    shares = [100 * cell[Count.WITHIN_TARGET] / cell[Count.WITH_TARGET] for cell in cells]
    assert tested.today == pytest.approx(np.mean(shares), abs=1e-9)
    assert tested.difference.difference == pytest.approx(tested.answer - tested.today)
    assert tested.difference.low > 0.0


def test_objectives_count_what_they_say() -> None:
    counted = Counted(aimed=(10, 20), within=(9, 10), served=(10, 20), sum_ms=(6_000_000, 18_000_000), calls=50)
    groups = ("a", "b")
    assert Objective(groups=groups).level(counted) == pytest.approx(70.0)
    assert Objective(groups=groups, over="worst").level(counted) == pytest.approx(50.0)
    assert Objective("mean-response", groups=groups).level(counted) == pytest.approx(750.0)
    assert Objective("mean-response", groups=groups).score(counted) == pytest.approx(-750.0)
    assert Objective("mean-response", groups=groups, over="worst").level(counted) == pytest.approx(900.0)
    nobody_there = Counted((0, 20), (0, 10), (0, 20), (0, 1), 20)
    assert isnan(Objective(groups=groups).level(nobody_there))
    with pytest.raises(OptionError, match="no such choice"):
        Objective(measure="cost")  # type: ignore[arg-type]
