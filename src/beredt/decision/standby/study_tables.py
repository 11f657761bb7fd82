"""Tables of a run on standby time: planned tasks that alternatives can carry, rules for free units that they follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import polars as pl

from beredt.decision.moving.compare_rules import compare_rules
from beredt.decision.moving.count import MovingCount, count_moving
from beredt.decision.moving.policies_table import TABLE as POLICIES
from beredt.decision.moving.policies_table import policies_table
from beredt.decision.standby.capacity_table import TABLE as CAPACITY
from beredt.decision.standby.capacity_table import capacity_table
from beredt.decision.standby.run_capacity import carried_by
from beredt.model.alternative import TODAY
from beredt.model.relocation_option import relocation_option
from beredt.model.service import Service
from beredt.simulation.run import Simulator

Progress = Callable[[str, int, int], None]

ALL = "all"
"""The group of all areas."""

TIMES = (0.5, 1.0, 2.0)
"""Of an alternative's planned tasks a day, what a run tries."""

MARGIN_PP = 0.5
MOST_REPLICATIONS = 10
"""Of a run, that are enough for these tables."""

LEAST_REPLICATIONS = 2
"""For an interval."""

STAGE = "Simulating rules for free units"


def standby_time_tables(
    services: Mapping[str, Service], simulator: Simulator, replications: int, progress: Progress
) -> dict[str, pl.DataFrame]:
    """Both tables; without rows where nobody has planned tasks, and where all alternatives follow today's rule.

    Args:
        services: by alternative, today among them.
        simulator: of the study.
        replications: of the run; no more than ten are simulated, and none for fewer than two, which have no interval.
        progress: told of every replication.
    """
    count = min(replications, MOST_REPLICATIONS)
    if count < LEAST_REPLICATIONS:
        return {CAPACITY: capacity_table(()), POLICIES: policies_table(TODAY, ())}
    asked = [
        (name, service, task)
        for name, service in services.items()
        for task in service.planned_tasks
        if task.per_day > 0.0
    ]
    found = [
        (
            name,
            carried_by(
                simulator,
                service,
                task=task.id,
                numbers=[task.per_day * times for times in TIMES],
                group=ALL,
                margin_pp=MARGIN_PP,
                replications=count,
                progress=progress,
            ),
        )
        for name, service, task in asked
    ]
    return {CAPACITY: capacity_table(found), POLICIES: _policies(services, simulator, count, progress)}


def _policies(
    services: Mapping[str, Service], simulator: Simulator, replications: int, progress: Progress
) -> pl.DataFrame:
    """Today's service under its own rule and those of the alternatives."""
    today = services[TODAY]
    rules = {relocation_option(service.relocation): service.relocation for service in (today, *services.values())}
    if len(rules) == 1:
        return policies_table(TODAY, ())
    done = 0

    def watch(_replication: int, _counts: Mapping[str, MovingCount]) -> None:
        nonlocal done
        done += 1
        progress(STAGE, done, replications)

    progress(STAGE, 0, replications)
    ruled = {name: replace(today, relocation=one) for name, one in rules.items()}
    counts = simulator.simulate(ruled, replications, count_moving, watch)
    return policies_table(TODAY, compare_rules(simulator.frame_of(today), counts))
