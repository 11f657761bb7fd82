"""The answer beside today's layout, on incidents that the search has never seen.

Whole periods of the study, drawn with a seed of another family than any search's (`seeds`), on roads that reach the
answer's stations and no other new site, as `beredt study run` will have them. So nothing that made the layout the
answer can make its figures look better here, and a plain t-interval of the paired differences is what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from beredt.decision.search.evaluate import BlockRules, SimulatedBlocks
from beredt.decision.search.incumbent import Compared, compared
from beredt.decision.search.layout import Layout
from beredt.decision.search.objective import Counted, Objective
from beredt.decision.search.seeds import held_out_seed
from beredt.decision.search.sites import with_candidates
from beredt.decision.search.space import Space
from beredt.model.study import Study
from beredt.simulation.study_roads import load_or_build_roads, study_roads

OnReplication = Callable[[int], None]
"""Told how many replications are done."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What the test came to. `today`, `answer`: mean level as people read it. `difference`: more is better."""

    seed: int
    replications: int
    today: float
    answer: float
    difference: Compared


def run_held_out(
    study: Study,
    space: Space,
    objective: Objective,
    layout: Layout,
    number: int,
    replications: int,
    jobs: int,
    on_replication: OnReplication,
) -> HeldOut:
    """Run today's layout and the answer on whole periods.

    Args:
        study: whose period is simulated.
        space: of the search.
        objective: what is measured.
        layout: the answer.
        number: of the search, which makes the seed.
        replications: at least 2 for an interval.
        jobs: threads; the results are the same.
        on_replication: told of progress.
    """
    plan = study.settings.simulation
    rules = BlockRules(plan.days, plan.warmup_days, plan.cooldown_days)
    seed = held_out_seed(plan.seed, number)
    used = layout.sites()
    reached = with_candidates(study, [site for site in space.sites if site.id in used])
    roads = study_roads(reached, load_or_build_roads(reached))
    measure = SimulatedBlocks(reached, roads, space, objective, rules, seed, jobs)
    rows: list[list[Counted]] = []
    for first in range(0, replications, jobs):
        blocks = range(first, min(first + jobs, replications))
        both = measure([space.today, layout], blocks)
        rows += [[both[0][i], both[1][i]] for i in range(len(blocks))]
        on_replication(len(rows))
    levels = np.array([[objective.level(one) for one in row] for row in rows])
    difference = compared(objective.sign * (levels[:, 1] - levels[:, 0]))
    today, answer = (float(np.nanmean(levels[:, column])) for column in (0, 1))
    return HeldOut(seed, replications, today, answer, difference)
