"""What the rules of the reserve promise, looked at after every event of the twin, which the kernel is held against."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.dispatch.world import HOME, MOVE, ORDINARY, STANDBY
from tests.reference.reserves import ReserveWatch
from tests.reference.twin import Twin
from tests.simulation.small_worlds import Recipe, build, random_recipe, recipes

SEEDED_WORLDS = 25


def starved(twin: Twin, t: float) -> list[str]:
    """Ordinary incidents in a queue that a free unit could serve, with both reserves whole."""
    if any(decision.t <= t for decision in twin.desk.agenda.values()):
        return []  # not all has happened yet
    found = []
    for incident in sorted(twin.desk.queue):
        centre = int(twin.incidents.centre[incident])
        if twin.incidents.urgency[incident] != ORDINARY or not twin.reserves.is_whole(centre):
            continue
        for unit in twin.fleet.units:
            free = unit.stint is not None and unit.task is None and unit.stint.kind in (HOME, MOVE, STANDBY)
            open_to = free and unit.serves and twin.releases.is_open_to(unit, incident)
            if open_to and twin.reserves.is_whole(unit.centre):
                found.append(f"incident {incident} waits at {t} s, and unit {unit.number} is free")
    return found


def live_through(recipe: Recipe) -> list[str]:
    """All that was found while a world lived."""
    world, incidents = build(recipe)
    # Everybody has one shift, from the beginning on: a unit that turns back to duty is not released.
    world = world._replace(duty_t=world.duty_t[:0], duty_unit=world.duty_unit[:0], duty_on=world.duty_on[:0])
    world = world._replace(reserve=np.maximum(world.reserve, 1))
    twin, found = Twin(world, incidents), []
    twin.begin()
    while (event := twin.next_event()) is not None:
        twin.happen(event)
        found += starved(twin, event.t)
    twin.finish()
    return found


def with_reserves(recipe: Recipe) -> Recipe:
    """Few kinds of unit may serve an incident, and borders let units through."""
    return replace(recipe, kinds=True, border="seamless", full_time_share=1.0)


def test_nobody_waits_for_a_reserve_that_is_whole() -> None:
    for seed in range(SEEDED_WORLDS):
        assert live_through(with_reserves(random_recipe(seed))) == []


@settings(max_examples=30)
@given(recipes(), st.booleans())
def test_nor_in_any_world_that_is_drawn(recipe: Recipe, crises: bool) -> None:
    assert live_through(replace(with_reserves(recipe), crises=crises, wards=crises)) == []


def test_without_the_rule_somebody_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReserveWatch, "look", lambda watch, t: None)
    starving = [seed for seed in range(SEEDED_WORLDS) if live_through(with_reserves(random_recipe(seed)))]
    assert len(starving) >= 2
