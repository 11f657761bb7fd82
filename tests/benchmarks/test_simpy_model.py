"""The SimPy model follows the same rules as the kernel: else comparing their speed would say nothing."""

from __future__ import annotations

import math
from typing import Any

import pytest

from benchmarks import simpy_model
from benchmarks.generated_year import generate_year, load_bundled
from benchmarks.kernel import BORDER_ALTERNATIVE
from beredt.dispatch.world import Incidents, World
from beredt.simulation.kernel import simulate
from tests.reference.outcome import MissionRow, from_kernel
from tests.simulation.small_worlds import build, random_recipe

TIME_TOLERANCE_S = 1e-6
SEEDED_WORLDS = 120
WORLDS_PER_TEST = 20


@pytest.mark.parametrize("first_seed", range(0, SEEDED_WORLDS, WORLDS_PER_TEST))
def test_missions_are_those_of_the_kernel(first_seed: int) -> None:
    for seed in range(first_seed, first_seed + WORLDS_PER_TEST):
        compare(*build(random_recipe(seed)), f"seed {seed}")


@pytest.mark.slow
def test_missions_are_those_of_the_kernel_on_the_study_that_is_measured() -> None:
    study, network = load_bundled()
    for alternative in (None, BORDER_ALTERNATIVE):
        part = generate_year(study, network, alternative).first_days(7)  # every day of the week once
        compare(part.world, part.incidents, f"alternative {alternative}")


def compare(world: World, incidents: Incidents, what: str) -> None:
    by_kernel = from_kernel(simulate(world, incidents))
    model = simpy_model.SimpyModel(world, incidents)
    by_model = [mission.row() for mission in model.run()]
    assert len(by_model) == len(by_kernel.missions), what
    for number, (one, other) in enumerate(zip(by_kernel.missions, by_model, strict=True)):
        assert same(row_of(one), other), f"{what}, mission {number}\n  kernel {row_of(one)}\n  SimPy  {other}"
    assert [incident.asked for incident in model.incidents] == by_kernel.asked, what
    assert [int(incident.queued) for incident in model.incidents] == by_kernel.queued, what
    assert [int(incident.held) for incident in model.incidents] == by_kernel.held, what
    assert [incident.bumped for incident in model.incidents] == by_kernel.bumped, what
    assert [int(incident.second_missing) for incident in model.incidents] == by_kernel.second_missing, what


def row_of(row: MissionRow) -> tuple[Any, ...]:
    """The columns that the SimPy model has, too."""
    times = row.assign_t, row.roll_t, row.scene_t, row.leave_t, row.dest_t, row.free_t
    return row.incident, row.unit, row.role, row.diverted, *times


def same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether two rows have the same numbers, and times within the tolerance."""
    named, times = slice(0, 4), slice(4, None)
    return one[named] == other[named] and all(
        a == b or math.isclose(a, b, rel_tol=0.0, abs_tol=TIME_TOLERANCE_S)
        for a, b in zip(one[times], other[times], strict=True)
    )
