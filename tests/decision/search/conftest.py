"""A tiny study whose ambulances all stand in the wrong place, so that the best layout is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from beredt.decision.search.evaluate import BlockRules, SimulatedBlocks
from beredt.decision.search.objective import Objective
from beredt.decision.search.options import SearchOptions, space_of
from beredt.decision.search.sites import with_candidates
from beredt.decision.search.space import Space
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.simulation.study_roads import StudyRoads, study_roads
from tests.tiny_study import write_tiny_study

WRONG_PLACE = """\
id,station,kind,roster,basis
one,st-south,ambulance,all-day,published
two,st-south,ambulance,all-day,published
three,st-south,ambulance,day-shift,published
staying,st-south,single_responder,weekend-night,published
"""

BLOCK = BlockRules(days=28, warmup_days=1)

FREE = SearchOptions(across_owners=True, keep_rosters=True, most_opened=0, most_closed=3, candidates=(), blocks=BLOCK)
"""Any unit may go to any of the three stations."""


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Three ambulances in the south, where few people live."""
    folder = tmp_path_factory.mktemp("search") / "crowded"
    write_tiny_study(folder, units=WRONG_PLACE)
    return replace(load_study(folder), alternatives=(), sensitivities=())


@pytest.fixture(scope="session")
def crowded_roads(crowded: Study) -> StudyRoads:
    """Roads that reach the standby point, too."""
    sites = space_of(crowded, replace(FREE, most_opened=1, candidates=("standby",))).sites
    return study_roads(crowded, build_network(with_candidates(crowded, sites)))


@pytest.fixture(scope="session")
def free(crowded: Study) -> Space:
    """The eighteen layouts of two all-day ambulances and one by day on three stations."""
    return space_of(crowded, FREE)


MakeBlocks = Callable[[int], SimulatedBlocks]


@pytest.fixture(scope="session")
def make_blocks(crowded: Study, crowded_roads: StudyRoads, free: Space) -> MakeBlocks:
    """The evaluator for a seed."""
    return lambda seed: SimulatedBlocks(crowded, crowded_roads, free, Objective(), BLOCK, seed, 1)
