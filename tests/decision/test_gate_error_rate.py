"""How often the gate is wrong on made-up data whose truth is known (fixed seed; normal, correlated groups)."""

from __future__ import annotations

import numpy as np
import pytest

from beredt.decision.gate import judge
from beredt.decision.group_measures import GroupMeasures
from tests.decision.made_measures import flat, rule

GROUPS = ("a", "b", "c")
TRIALS = 1500
REPLICATIONS = 20


def trials(seed: int, share_pp: float, mean_s: float) -> list[GroupMeasures]:
    """Services whose true difference from `flat` is known; groups and measures share part of their luck."""
    random = np.random.default_rng(seed)
    base = flat(GROUPS, REPLICATIONS)
    made = []
    for _ in range(TRIALS):
        shared = random.standard_normal((REPLICATIONS, 1))
        luck = [0.6 * shared + 0.8 * random.standard_normal(base.share_pp.shape) for _ in range(2)]
        made.append(GroupMeasures(GROUPS, base.share_pp + share_pp + luck[0], base.mean_s + mean_s + 10.0 * luck[1]))
    return made


@pytest.mark.parametrize("correction", ["holm", "bonferroni"])
def test_at_the_margin_any_wrong_answer_is_as_rare_as_promised(correction: str) -> None:
    # Exactly at the margin both claims are false: a row that meets or fails is an error. Promised: 5 % for all rows.
    base, gate = flat(GROUPS, REPLICATIONS), rule(GROUPS, correction=correction)
    answers = [judge(made, base, gate) for made in trials(1, share_pp=-1.0, mean_s=10.0)]
    wrong_meets = np.mean([any(row.verdict == "meets" for row in answer.rows) for answer in answers])
    wrong_fails = np.mean([any(row.verdict == "fails" for row in answer.rows) for answer in answers])
    allowance = 3.0 * (0.025 * 0.975 / TRIALS) ** 0.5
    assert wrong_meets <= 0.025 + allowance
    assert wrong_fails <= 0.025 + allowance
    # And not by never deciding: correlated rows leave the error somewhat below, not far below, what is allowed.
    assert wrong_meets + wrong_fails >= 0.02


def test_without_correction_the_error_grows_with_the_rows() -> None:
    base, gate = flat(GROUPS, REPLICATIONS), rule(GROUPS, correction="none")
    answers = [judge(made, base, gate) for made in trials(2, share_pp=-1.0, mean_s=10.0)]
    assert np.mean([any(row.verdict == "meets" for row in answer.rows) for answer in answers]) > 0.06


def test_all_intervals_hold_together() -> None:
    base, gate = flat(GROUPS, REPLICATIONS), rule(GROUPS)
    truth = {"share_within_target": -0.4, "response_mean_s": 3.0}
    answers = [judge(made, base, gate) for made in trials(3, share_pp=-0.4, mean_s=3.0)]
    held = np.mean([all(row.low <= truth[row.measure] <= row.high for row in answer.rows) for answer in answers])
    assert held >= 0.95 - 3.0 * (0.05 * 0.95 / TRIALS) ** 0.5


def test_an_alternative_that_does_no_harm_is_found_out() -> None:
    base, gate = flat(GROUPS, REPLICATIONS), rule(GROUPS)
    answers = [judge(made, base, gate) for made in trials(4, share_pp=0.2, mean_s=-2.0)]
    assert np.mean([answer.verdict == "meets" for answer in answers]) > 0.9
