"""Races on scores that are made up: who wins, who is dropped, and how often that is wrong."""

from __future__ import annotations

from itertools import count
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.decision.search.race import Raced, RaceRules, race
from beredt.decision.search.sequential import Evidence
from tests.decision.search.pretended import NoisyScores, pretended_layouts


def raced(worths: list[float], seed: int, rules: RaceRules, own_sd: float = 0.4) -> tuple[Raced, NoisyScores]:
    layouts = pretended_layouts(len(worths))
    scores = NoisyScores(dict(zip(layouts, worths, strict=True)), seed, own_sd)
    return race(layouts[0], layouts[1:], {}, scores, count(), rules), scores


def test_the_better_one_wins_and_the_worse_ones_do_not() -> None:
    found, _ = raced([0.0, 1.5, -1.5, -2.0], 3, RaceRules(most=60))
    winner = found.find_winner()
    assert winner is not None
    assert winner.layout == pretended_layouts(4)[1]
    assert winner.evidence.interval(0.2)[0] > 0.0


def test_all_runners_meet_the_same_blocks_and_each_only_once() -> None:
    found, scores = raced([0.0, 0.1, 0.0], 4, RaceRules(most=12))
    assert len(scores.asked) == len(set(scores.asked)) == found.simulated
    incumbent = pretended_layouts(3)[0]
    assert {block for layout, block in scores.asked if layout == incumbent} == set(found.blocks)


def test_the_truly_best_is_dropped_no_more_often_than_stated() -> None:
    """Five rivals that are all but as good as the best, who is no better than the incumbent: the worst case."""
    runs, rules, dropped = 150, RaceRules(alpha=0.2, first=4, step=4, most=40), 0
    for seed in range(runs):
        found, _ = raced([0.0, 0.0, -0.01, -0.01, -0.02, -0.02], seed, rules)
        dropped += found.ran[0].outcome == "dropped"
    assert dropped / runs <= rules.alpha + 3 * sqrt(rules.alpha * (1 - rules.alpha) / runs)


def test_one_that_is_no_better_wins_no_more_often_than_stated() -> None:
    runs, rules, won = 150, RaceRules(alpha=0.2, first=4, step=4, most=40), 0
    for seed in range(runs):
        found, _ = raced([0.0, 0.0], seed, rules)
        won += found.ran[0].outcome == "won"
    assert won / runs <= rules.alpha + 3 * sqrt(rules.alpha * (1 - rules.alpha) / runs)


def test_nobody_runs_against_itself() -> None:
    one, other = pretended_layouts(2)
    scores = NoisyScores({one: 0.0, other: 0.1}, 5)
    for challengers in ([other, other], [one]):
        with pytest.raises(ValueError, match="against itself"):
            race(one, challengers, {}, scores, count(), RaceRules())


def test_evidence_of_an_earlier_race_is_gone_on_with() -> None:
    layouts = pretended_layouts(2)
    scores = NoisyScores({layouts[0]: 0.0, layouts[1]: 0.1}, 5)
    rules, fresh = RaceRules(first=6, step=6, most=6), count()
    first = race(layouts[0], layouts[1:], {}, scores, fresh, rules)
    known = {layouts[1]: first.ran[0].evidence}
    second = race(layouts[0], layouts[1:], known, scores, fresh, rules)
    assert not set(first.blocks) & set(second.blocks)
    both = [*first.blocks, *second.blocks]
    differences = scores([layouts[1]], both)[0] - scores([layouts[0]], both)[0]
    assert second.ran[0].evidence == Evidence().and_also(differences.tolist())


@given(st.integers(0, 2**20), st.integers(1, 60))
@settings(max_examples=30)
def test_no_more_is_simulated_than_may_be(seed: int, most: int) -> None:
    rng = np.random.default_rng(seed)
    layouts = pretended_layouts(5)
    scores = NoisyScores(dict(zip(layouts, rng.normal(size=5).tolist(), strict=True)), seed)
    found = race(layouts[0], layouts[1:], {}, scores, count(), RaceRules(), most)
    assert found.simulated == len(scores.asked) <= most


def test_a_far_worse_one_is_dropped_and_a_slightly_worse_one_only_parked() -> None:
    found, _ = raced([0.0, -5.0, -0.3], 8, RaceRules(first=6, step=6, most=18))
    assert [one.outcome for one in found.ran] == ["dropped", "parked"]
