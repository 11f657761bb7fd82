"""Kernel and twin, written apart from the same rules, do the same in a few hundred random worlds."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.simulation.kernel import prepare, simulate, simulate_prepared
from beredt.simulation.pack_roads import near_places
from tests.reference import twin
from tests.reference.outcome import MissionRow, StintRow, TwinOutcome, from_kernel
from tests.simulation.small_rules import RELOCATIONS, Rules
from tests.simulation.small_worlds import Recipe, build, random_recipe, recipes, with_random_rules

TIME_TOLERANCE_S = 1e-6
KM_TOLERANCE = 1e-4
MARKS = ("asked", "queued", "held", "bumped", "second_missing", "tasks", "crises")
SEEDED_WORLDS = 300
WORLDS_PER_TEST = 50
WORLDS_PER_RULE = 40
NEAR_WORLDS = 40
KIND_WORLDS = 60
STANDBY_WORLDS = 60
CRISIS_WORLDS = 15


@pytest.mark.parametrize("first_seed", range(0, SEEDED_WORLDS, WORLDS_PER_TEST))
def test_seeded_worlds(first_seed: int) -> None:
    for seed in range(first_seed, first_seed + WORLDS_PER_TEST):
        compare(random_recipe(seed))


@pytest.mark.parametrize("graph", [False, True], ids=["table", "graph"])
@pytest.mark.parametrize("relocation", RELOCATIONS)
def test_seeded_policies(relocation: str, graph: bool) -> None:
    for seed in range(WORLDS_PER_RULE):
        compare(with_random_rules(random_recipe(seed), relocation, graph=graph))


@settings(max_examples=50)
@given(recipes())
def test_drawn_worlds(recipe: Recipe) -> None:
    compare(recipe)


@settings(max_examples=100)
@given(recipes(), st.sampled_from(sorted(RELOCATIONS)), st.booleans())
def test_drawn_policies(recipe: Recipe, relocation: str, graph: bool) -> None:
    compare(with_random_rules(recipe, relocation, graph=graph))


def test_units_that_drive_side_by_side() -> None:
    """Two come to the same node at the same moment, the first on the first stretch of a long route, the other on the
    last of a short one: who is sent must not hang on how the moment was rounded. Mission 69 of this world was such."""
    recipe = replace(random_recipe(0), seed=92_210, nodes=8, centres=2, units=5, incidents=249, load=0.3)
    recipe = replace(recipe, border="mixed", grid_s=0, divert=False, standby_points=0, full_time_share=0.7, modes=2)
    rules = Rules("compliance", prices=False, cutoff=False, least_loss=True, taking_over=True, limits=False, hours=True)
    compare(replace(recipe, graph=True, rules=rules))


@pytest.mark.parametrize("graph", [False, True], ids=["table", "graph"])
def test_seeded_kinds(graph: bool) -> None:
    for seed in range(KIND_WORLDS):
        compare(replace(random_recipe(seed), kinds=True, graph=graph))


@settings(max_examples=60)
@given(recipes(), st.sampled_from(sorted(RELOCATIONS)), st.booleans())
def test_drawn_kinds_with_all_policies(recipe: Recipe, relocation: str, graph: bool) -> None:
    compare(replace(with_random_rules(recipe, relocation, graph=graph), kinds=True))


@pytest.mark.parametrize("graph", [False, True], ids=["table", "graph"])
def test_seeded_tasks_and_wards(graph: bool) -> None:
    for seed in range(STANDBY_WORLDS):
        compare(replace(random_recipe(seed), tasks=seed % 3 != 1, wards=seed % 3 != 0, graph=graph))


@settings(max_examples=60)
@given(recipes(), st.sampled_from(sorted(RELOCATIONS)), st.booleans())
def test_drawn_worlds_with_everything(recipe: Recipe, relocation: str, graph: bool) -> None:
    full = with_random_rules(recipe, relocation, graph=graph)
    compare(replace(full, kinds=True, tasks=True, wards=True, crises=True))


@pytest.mark.parametrize("graph", [False, True], ids=["table", "graph"])
def test_seeded_crises(graph: bool) -> None:
    for seed in range(CRISIS_WORLDS):
        compare(replace(random_recipe(seed), crises=True, kinds=seed % 3 == 0, tasks=seed % 3 == 1, graph=graph))


def test_times_worked_out_beforehand_change_nothing() -> None:
    """With the seconds from all bases to all scenes at hand, for modes that never change, the kernel does the same."""
    for seed in range(NEAR_WORLDS):
        recipe = with_random_rules(random_recipe(seed), sorted(RELOCATIONS)[seed % len(RELOCATIONS)], graph=True)
        recipe = replace(recipe, kinds=seed % 2 == 1)
        world, incidents = build(recipe)
        world = world._replace(mode_t=world.mode_t[:1], mode_of=world.mode_of[:1])
        near = near_places(world, incidents.scene, incidents.dest, incidents.urgency)
        with_near = from_kernel(simulate_prepared(prepare(world, incidents, near)))
        assert with_near == from_kernel(simulate(world, incidents)), recipe


def compare(recipe: Recipe) -> None:
    """Run both and say where they part first, if they do."""
    world, incidents = build(recipe)
    by_kernel = from_kernel(simulate(world, incidents))
    by_twin = twin.simulate(world, incidents)
    parted = first_difference(by_kernel, by_twin)
    assert parted is None, f"{recipe}\n{parted}"


def first_difference(kernel: TwinOutcome, twin: TwinOutcome) -> str | None:
    """The earliest difference in words, or None when all rows and marks agree."""
    parted = [
        found
        for found in (
            _first_row_apart("mission", kernel.missions, twin.missions, "assign_t"),
            _first_row_apart("stint", kernel.stints, twin.stints, "start_t"),
        )
        if found is not None
    ]
    if parted:
        return min(parted)[1]
    for mark in MARKS:
        if getattr(kernel, mark) != getattr(twin, mark):
            pairs = enumerate(zip(getattr(kernel, mark), getattr(twin, mark), strict=True))
            return f"{mark} differs: " + ", ".join(f"incident {i}: {k} / {t}" for i, (k, t) in pairs if k != t)
    return None


def _first_row_apart(
    what: str, kernel: list[MissionRow] | list[StintRow], twin: list[MissionRow] | list[StintRow], time_field: str
) -> tuple[float, str] | None:
    for number in range(max(len(kernel), len(twin))):
        by_kernel = kernel[number] if number < len(kernel) else None
        by_twin = twin[number] if number < len(twin) else None
        if by_kernel is None or by_twin is None or not _same(by_kernel, by_twin):
            t = min(getattr(row, time_field) for row in (by_kernel, by_twin) if row is not None)
            return t, f"{what} {number}, at {t} s\n  kernel {by_kernel}\n  twin   {by_twin}"
    return None


def _same(by_kernel: MissionRow | StintRow, by_twin: MissionRow | StintRow) -> bool:
    for field in fields(by_kernel):
        one, other = getattr(by_kernel, field.name), getattr(by_twin, field.name)
        tolerance = TIME_TOLERANCE_S if field.name.endswith("_t") else KM_TOLERANCE if "km" in field.name else 0
        if one != other and not abs(one - other) <= tolerance:  # equal also covers two infinities
            return False
    return True
