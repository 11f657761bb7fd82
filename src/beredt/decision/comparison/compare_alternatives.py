"""From the results of a run to effects, regret and ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from beredt.decision.comparison.criterion import Criterion, CriterionMeasure, criteria_of, measures_of
from beredt.decision.comparison.effects import effects_table
from beredt.decision.comparison.figures_drawn import draw_benefits
from beredt.decision.comparison.pools import Pool, pools_of
from beredt.decision.comparison.ranks import Ranks, rank_alternatives
from beredt.decision.comparison.regret import regret_table
from beredt.decision.frames import Cell, result_frame

DRAWS = 20_000
"""A share of ranks is then within 0.7 percentage points, 19 times of 20."""

SEED_OF_RANKS = 1
"""Beside the study's seed, so that no draw here is one of the simulation."""


def compare_alternatives(
    decision: Mapping[str, pl.DataFrame],
    tables: Mapping[str, pl.DataFrame],
    alternatives: Sequence[str],
    baseline: str,
    seed: int,
) -> dict[str, pl.DataFrame]:
    """Tables `effects`, `regret`, `ranks` and `central_weights`.

    Args:
        decision: decision tables of the study, `criteria` and `criterion_measures` among them; both may be empty.
        tables: results so far.
        alternatives: ids that could be chosen, the baseline among them.
        baseline: of the gate.
        seed: of the study.
    """
    criteria, measures = criteria_of(decision), measures_of(decision)
    verdicts = tables.get("verdicts", pl.DataFrame(schema={"alternative": pl.String, "verdict": pl.String}))
    answers = dict(verdicts.select("alternative", "verdict").iter_rows())
    pools = pools_of(alternatives, answers, baseline)
    ranks, weights = _rank_tables(criteria, measures, tables, pools, baseline, seed)
    made = {
        "effects": effects_table(criteria, measures, tables, alternatives, baseline),
        "ranks": ranks,
        "central_weights": weights,
    }
    if "sensitivities" in tables:
        made["regret"] = regret_table(tables["sensitivities"], alternatives, baseline)
    return made


def _rank_tables(
    criteria: Sequence[Criterion],
    measures: Sequence[CriterionMeasure],
    tables: Mapping[str, pl.DataFrame],
    pools: Mapping[Pool, Sequence[str]],
    baseline: str,
    seed: int,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Tables `ranks` and `central_weights`."""
    weighable = weighed_measures(criteria, measures)
    ranks: list[Mapping[str, Cell]] = []
    weights: list[Mapping[str, Cell]] = []
    for number, (pool, alternatives) in enumerate(pools.items()):
        if len(alternatives) < 2 or not weighable:
            continue
        generator = np.random.default_rng([seed, SEED_OF_RANKS, number])
        benefits = draw_benefits(weighable, tables, alternatives, baseline, DRAWS, generator)
        known = np.flatnonzero(np.isfinite(benefits).reshape(-1, len(weighable)).all(axis=0))
        own = [weighable[place] for place in known.tolist()]
        if not own:
            continue
        named = list(dict.fromkeys(one.criterion for one in own))
        found = rank_alternatives(benefits[:, :, known], [named.index(one.criterion) for one in own], generator)
        ranks += _rank_rows(pool, alternatives, found)
        weights += _weight_rows(pool, alternatives, named, found)
    return result_frame("ranks", ranks), result_frame("central_weights", weights)


def weighed_measures(criteria: Sequence[Criterion], measures: Sequence[CriterionMeasure]) -> list[CriterionMeasure]:
    """Measures with a swing, of criteria that are no gate, criteria in their order."""
    order = {one.id: place for place, one in enumerate(criteria) if not one.gate}
    weighed = [one for one in measures if one.swing is not None and one.criterion in order]
    return sorted(weighed, key=lambda one: order[one.criterion])


def _rank_rows(pool: Pool, alternatives: Sequence[str], found: Ranks) -> list[Mapping[str, Cell]]:
    return [
        {"pool": pool, "alternative": alternative, "rank": rank + 1, "share": float(found.acceptability[place, rank])}
        for place, alternative in enumerate(alternatives)
        for rank in range(len(alternatives))
    ]


def _weight_rows(
    pool: Pool, alternatives: Sequence[str], criteria: Sequence[str], found: Ranks
) -> list[Mapping[str, Cell]]:
    return [
        {
            "pool": pool,
            "alternative": alternative,
            "criterion": criterion,
            "weight": float(found.central[place, number]),
            "confidence": float(found.confidence[place]),
        }
        for place, alternative in enumerate(alternatives)
        for number, criterion in enumerate(criteria)
    ]
