"""Tables `pathways` and `outcomes`: figures of every alternative, and how they differ from today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from beredt.decision.frames import Cell, result_frame
from beredt.decision.level_and_change import level_and_change
from beredt.decision.pathways.values import path_values
from beredt.indicators.observed import F8
from beredt.indicators.paths.tally_paths import PathTally
from beredt.indicators.runs import YEAR_DAYS
from beredt.indicators.tally import Tally
from beredt.model.alternative import TODAY
from beredt.model.checks.path_rows import parse_classes
from beredt.model.outcome_condition import SURVIVAL
from beredt.model.service import Service
from beredt.model.study import Study

NEVER_MIN = -1.0


def pathway_tables(
    study: Study, services: Mapping[str, Service], tallies: Mapping[str, Sequence[Tally]]
) -> dict[str, pl.DataFrame]:
    """Tables of ways and outcomes; without rows where no service has a way but the ordinary one.

    Args:
        study: for its conditions.
        services: by alternative, today among them.
        tallies: of `tally_with_paths`, or of `tally`: then there are no rows.
    """
    found = {name: [one.paths for one in rows if one.paths is not None] for name, rows in tallies.items()}
    conditions = study.demand.get("conditions")
    if not all(found.values()):
        return {name: result_frame(name, ()) for name in ("pathways", "outcomes")}
    per_year = YEAR_DAYS / tallies[TODAY][0].days
    outcomes = () if conditions is None else _outcome_rows(conditions, found, per_year)
    return {
        "pathways": result_frame("pathways", _path_rows(services, found, per_year)),
        "outcomes": result_frame("outcomes", outcomes),
    }


def _path_rows(
    services: Mapping[str, Service], tallies: Mapping[str, Sequence[PathTally]], per_year: float
) -> Iterator[dict[str, Cell]]:
    values = {name: path_values(services[name], rows, per_year) for name, rows in tallies.items()}
    for name, own in values.items():
        for key, drawn in sorted(own.items()):
            # What only the alternative has, such as a pathway of its own, nobody takes today.
            today = values[TODAY].get(key, np.zeros_like(drawn))
            yield {"alternative": name, **key._asdict(), **level_and_change(drawn, today)}


def _outcome_rows(
    conditions: pl.DataFrame, tallies: Mapping[str, Sequence[PathTally]], per_year: float
) -> Iterator[dict[str, Cell]]:
    for name, rows in tallies.items():
        for c, row in enumerate(conditions.iter_rows(named=True)):
            own, today = _of_condition(row, c, rows), _of_condition(row, c, tallies[TODAY])
            for (measure, low, high), drawn in own.items():
                yield {
                    "alternative": name,
                    "condition": row["id"],
                    "measure": measure,
                    "from_min": low,
                    "to_min": high,
                    **level_and_change(drawn * per_year, today[measure, low, high] * per_year),
                }


def _of_condition(
    row: Mapping[str, str], c: int, tallies: Sequence[PathTally]
) -> dict[tuple[str, float, float | None], F8]:
    """Patients, and survivors or classes of delay, [R] each, by measure and the ends of the class."""
    found: dict[tuple[str, float, float | None], F8] = {
        ("patients", 0.0, None): np.array([float(one.outcomes.cases[c]) for one in tallies])
    }
    if row["measure"] == SURVIVAL:
        found["survivors", 0.0, None] = np.array([one.outcomes.survivors[c] for one in tallies])
        return found
    ends = parse_classes(row["class_min"])
    delays = np.stack([one.outcomes.delays[c] for one in tallies]).astype(np.float64)  # [R, K + 2]
    for number, (low, high) in enumerate(zip((0.0, *ends), ends, strict=False)):
        found["delay", low, high] = delays[:, number]
    found["delay", ends[-1], None] = delays[:, -2]
    found["delay", NEVER_MIN, None] = delays[:, -1]
    return found
