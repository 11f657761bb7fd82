"""The comparison's tables of made-up results: draws and replications are made up, the rest is worked out from them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from beredt.decision.comparison.criterion import measures_of, simulated_figures
from beredt.decision.comparison.levels import find_levels
from beredt.decision.comparison.probabilistic import Drawn, draw_values
from beredt.decision.comparison.probabilistic_tables import probabilistic_tables
from beredt.decision.frames import Cell, result_frame
from beredt.report.run_study import weighed_against_criteria
from tests.report.synthetic_world import World

REPLICATIONS = 6


def comparison_tables(world: World, tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    made = _draws(world, tables["gate"]) | {"replications": _replications(world, tables)}
    return made | weighed_against_criteria(world.study, world.services, {**tables, **made})


def _draws(world: World, gate: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Differences that rise with the first number, around those of the gate."""
    settings = world.study.settings
    if settings.gate is None or settings.probabilistic is None:
        return {}
    values = draw_values(world.study.uncertain, settings.probabilistic.draws, settings.simulation.seed)
    at = Drawn(world.study.uncertain, values, {}).positions[:, 0]
    found: dict[str, dict[tuple[str, str], np.ndarray]] = {}
    for row in gate.filter(pl.col("sensitivity") == "").iter_rows(named=True):
        rising = row["difference"] + 4.0 * row["margin"] * at + 0.1 * world.rng.standard_normal(len(at))
        found.setdefault(row["alternative"], {})[row["group"], row["measure"]] = rising
    drawn = Drawn(world.study.uncertain, values, found)  # type: ignore[arg-type]
    return probabilistic_tables(drawn, settings.gate)


def _replications(world: World, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    measures = measures_of(world.study.decision)
    kept = simulated_figures(measures)
    rows: list[Mapping[str, Cell]] = []
    for measure in (one for one in measures if one.id in kept):
        for alternative, level in find_levels(measure, tables, list(world.services)).items():
            for replication in range(REPLICATIONS if level.known else 0):
                spread = (level.high - level.low) / 4.0 * float(world.rng.standard_normal())
                value = level.value + spread
                rows.append({"id": measure.id, "alternative": alternative, "replication": replication, "value": value})
    return result_frame("replications", rows)
