"""A stretch that is recorded on its own is the same, number by number, as one that is cut out of a longer one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beredt.simulation.playback.cut import cut_playback
from beredt.simulation.playback.playback import Playback
from beredt.simulation.playback.playback_file import playback_bytes
from tests.simulation.playback.recorded import Recorded, record, record_on_graph
from tests.simulation.small_worlds import Recipe, random_recipe, recipes


def check_stretch(run: Recorded, whole: Playback, begin: int, end: int) -> None:
    alone, part = run.keep(begin / 10, end / 10), cut_playback(whole, begin, end)
    assert playback_bytes(alone) == playback_bytes(part)
    for unit in alone.units:
        assert unit.status.t[0] <= 0
        for t in (0.0, 0.37 * alone.ticks / 10, alone.ticks / 10):
            there = whole.position_at(unit.id, begin / 10 + t)
            assert np.allclose(alone.position_at(unit.id, t), there, rtol=0, atol=1e-9)
            if t < alone.ticks / 10:
                assert alone.status_at(unit.id, t)[0] == whole.status_at(unit.id, begin / 10 + t)[0]


@pytest.mark.parametrize("seed", range(40))
def test_seeded_worlds(seed: int) -> None:
    run = record(random_recipe(seed))
    whole = run.keep()
    stretches = np.random.default_rng(seed).integers(0, whole.ticks + 1, (12, 2))
    for begin, end in np.sort(stretches, axis=1).tolist():
        if begin < end:
            check_stretch(run, whole, begin, end)


@pytest.mark.parametrize("seed", range(20))
def test_seeded_graphs(seed: int) -> None:
    run = record_on_graph(random_recipe(seed))
    whole = run.keep()
    stretches = np.random.default_rng(seed).integers(0, whole.ticks + 1, (6, 2))
    for begin, end in np.sort(stretches, axis=1).tolist():
        if begin < end:
            check_stretch(run, whole, begin, end)


BROKEN_OFF_AT_ONCE = Recipe(
    seed=7132, nodes=17, centres=2, units=9, incidents=101, load=0.15, border="live", grid_s=300, divert=False,
    standby_points=3, full_time_share=0.7,
)  # fmt: skip
"""A unit sets out for a standby point in the moment in which its shift ends: it never leaves its station."""


@settings(max_examples=40)
@example(BROKEN_OFF_AT_ONCE, 1.0, 0.5)
@given(recipes(), st.floats(0, 1), st.floats(0, 1))
def test_drawn_worlds(recipe: Recipe, one: float, other: float) -> None:
    run = record(recipe)
    whole = run.keep()
    begin, end = sorted((round(one * whole.ticks), round(other * whole.ticks)))
    if begin < end:
        check_stretch(run, whole, begin, end)


def test_a_cut_of_a_cut_is_a_cut() -> None:
    whole = record(random_recipe(3)).keep()
    once = cut_playback(cut_playback(whole, 1000, 30_000), 500, 20_000)
    assert playback_bytes(once) == playback_bytes(cut_playback(whole, 1500, 21_000))
