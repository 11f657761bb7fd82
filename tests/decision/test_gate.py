"""The gate: worked cases, and the laws that any gate has to keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.compare import t_quantile
from beredt.decision.gate import GateResult, judge
from beredt.decision.group_measures import GroupMeasures
from tests.decision.made_measures import flat, measures, rule, shifted

ORDER = {"fails": 0, "undecided": 1, "meets": 2}


def verdicts(result: GateResult) -> dict[tuple[str, str], str]:
    return {(row.group, row.measure): row.verdict for row in result.rows}


def test_an_identical_service_meets_even_with_margins_of_nothing() -> None:
    base = shifted(flat(("east", "west")), 0.0, 0.0)
    result = judge(base, base, rule(("east", "west"), 0.0, 0.0))
    assert result.verdict == "meets"
    assert {(row.difference, row.low, row.high) for row in result.rows} == {(0.0, 0.0, 0.0)}


def test_a_row_by_hand() -> None:
    # Seconds slower: 4, 6, 8, so harm 6, s = 2, error 2/√3 = 1.1547, margin 10: t = −4/1.1547 = −3.4641.
    # T with 2 degrees below −3.4641: 0.0371. Two rows (share does not change: p = 0): Holm asks 2 × 0 and 1 × 0.0371.
    base = measures({"east": ([80, 80, 80], [600, 600, 600])})
    slower = measures({"east": ([80, 80, 80], [604, 606, 608])})
    share, mean = judge(slower, base, rule()).rows
    assert share.p_no_worse == 0.0
    assert mean.harm_t == pytest.approx(-3.4641, abs=1e-4)
    assert mean.p_no_worse == pytest.approx(0.03709, abs=1e-4)
    assert mean.p_worse == 1.0
    assert mean.verdict == "undecided"
    half = t_quantile(1.0 - 0.05 / 4.0, 2) * 2.0 / 3.0**0.5
    assert (mean.low, mean.high) == pytest.approx((6.0 - half, 6.0 + half))
    assert mean.low < mean.margin < mean.high


@pytest.mark.parametrize(
    ("share_pp", "mean_s", "expected"),
    [(0.0, 0.0, "meets"), (-0.8, 5.0, "meets"), (-3.0, 0.0, "fails"), (0.0, 30.0, "fails"), (-1.0, 0.0, "undecided")],
)
def test_harm_is_fewer_in_time_or_a_longer_wait(share_pp: float, mean_s: float, expected: str) -> None:
    base = flat()
    assert judge(shifted(base, share_pp, mean_s), base, rule()).verdict == expected


def test_better_is_never_worse() -> None:
    base = flat()
    assert judge(shifted(base, 8.0, -90.0), base, rule(share_pp=0.0, mean_s=0.0)).verdict == "meets"


def test_one_failing_group_fails_the_alternative_and_is_named() -> None:
    base = flat(("east", "west"))
    other = shifted(base, 2.0, -20.0)
    other.mean_s[:, 1] += 60.0
    result = judge(other, base, rule(("east", "west")))
    assert result.verdict == "fails"
    assert (result.deciding.group, result.deciding.measure) == ("west", "response_mean_s")


def test_one_doubtful_group_leaves_the_alternative_undecided_and_is_named() -> None:
    base = flat(("east", "west"))
    other = shifted(base, 2.0, -20.0)
    other.share_pp[:, 0] = base.share_pp[:, 0] - 1.0 + np.tile([0.2, -0.2], 5)
    result = judge(other, base, rule(("east", "west")))
    assert result.verdict == "undecided"
    assert (result.deciding.group, result.deciding.measure) == ("east", "share_within_target")


@pytest.mark.parametrize("replications", [0, 1])
def test_too_few_replications_are_undecided_with_a_reason(replications: int) -> None:
    base = flat(replications=replications)
    result = judge(base, base, rule())
    assert result.verdict == "undecided"
    expected = "too_few_replications" if replications else "no_incidents"
    assert {row.reason for row in result.rows} == {expected}


def test_a_group_without_incidents_is_undecided_with_a_reason() -> None:
    base = flat(("east", "empty"))
    base.share_pp[:, 1] = np.nan
    base.mean_s[:, 1] = np.nan
    result = judge(base, base, rule(("east", "empty")))
    assert result.verdict == "undecided"
    assert (result.deciding.group, result.deciding.reason) == ("empty", "no_incidents")


def test_holm_may_decide_a_row_whose_interval_still_holds_the_margin_and_says_so() -> None:
    # One row is clear; the other is shown at its own level, but not at half of it.
    base = flat()
    other = measures({"east": ([80.0] * 10, [600 + harm for harm in _with_t(-2.5, 10, margin=10.0)])})
    mean = judge(other, base, rule()).rows[1]
    assert mean.verdict == "meets"
    assert mean.by_step
    assert mean.low < 10.0 < mean.high
    assert judge(other, base, rule(correction="bonferroni")).rows[1].verdict == "undecided"


def _with_t(t: float, n: int, margin: float) -> list[float]:
    """Numbers whose mean lies t errors from the margin; with 9 degrees 97.5 % lie below 2.262, 98.75 % below 2.685."""
    raw = np.tile([1.0, -1.0], n // 2)
    error = raw.std(ddof=1) / n**0.5
    values: list[float] = (raw + margin + t * error).tolist()
    return values


HARMS = st.lists(st.tuples(st.floats(-3.0, 3.0), st.floats(-30.0, 30.0)), min_size=1, max_size=5)
SPREAD = st.floats(0.05, 3.0)


def _pair(harms: list[tuple[float, float]], spread: float, seed: int) -> tuple[GroupMeasures, GroupMeasures]:
    base = flat(tuple(f"g{i}" for i in range(len(harms))), replications=8)
    other = shifted(base, 0.0, 0.0, spread, seed)
    for i, (share_pp, mean_s) in enumerate(harms):
        other.share_pp[:, i] += share_pp
        other.mean_s[:, i] += mean_s
    return other, base


@given(HARMS, SPREAD, st.floats(0.0, 3.0), st.floats(0.0, 30.0), st.floats(0.0, 2.0), st.floats(0.0, 20.0))
def test_wider_margins_never_make_any_verdict_worse(
    harms: list[tuple[float, float]], spread: float, share: float, mean: float, more_share: float, more_mean: float
) -> None:
    other, base = _pair(harms, spread, seed=1)
    for correction in ("holm", "bonferroni", "none"):
        strict = judge(other, base, rule(base.groups, share, mean, correction))
        wide = judge(other, base, rule(base.groups, share + more_share, mean + more_mean, correction))
        assert ORDER[wide.verdict] >= ORDER[strict.verdict]
        for narrow_row, wide_row in zip(strict.rows, wide.rows, strict=True):
            assert ORDER[wide_row.verdict] >= ORDER[narrow_row.verdict]


@given(HARMS, SPREAD, st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter(harms: list[tuple[float, float]], spread: float, random: object) -> None:
    other, base = _pair(harms, spread, seed=2)
    groups = list(base.groups)
    random.shuffle(groups)  # type: ignore[attr-defined]
    straight = judge(other, base, rule(base.groups))
    mixed = judge(other, base, rule(groups))
    assert verdicts(straight) == verdicts(mixed)
    assert straight.verdict == mixed.verdict
    assert straight.deciding == mixed.deciding


@given(HARMS, SPREAD)
def test_holm_decides_whatever_bonferroni_decides(harms: list[tuple[float, float]], spread: float) -> None:
    other, base = _pair(harms, spread, seed=3)
    holm = judge(other, base, rule(base.groups))
    bonferroni = judge(other, base, rule(base.groups, correction="bonferroni"))
    for by_holm, by_bonferroni in zip(holm.rows, bonferroni.rows, strict=True):
        assert by_bonferroni.verdict in {"undecided", by_holm.verdict}
        assert (by_holm.low, by_holm.high) == (by_bonferroni.low, by_bonferroni.high)


@given(HARMS, SPREAD, st.sampled_from(["holm", "bonferroni", "none"]))
def test_intervals_and_decisions_agree(harms: list[tuple[float, float]], spread: float, correction: str) -> None:
    other, base = _pair(harms, spread, seed=4)
    for row in judge(other, base, rule(base.groups, correction=correction)).rows:
        harm = sorted(bound * (-1 if row.measure == "share_within_target" else 1) for bound in (row.low, row.high))
        if harm[1] < row.margin:
            assert row.verdict == "meets"
        if harm[0] > row.margin:
            assert row.verdict == "fails"
        if row.verdict == "undecided":
            assert harm[0] <= row.margin <= harm[1]
        if row.by_step:
            assert correction == "holm"
            assert row.verdict != "undecided"


@given(HARMS, SPREAD)
def test_nobody_both_meets_and_fails(harms: list[tuple[float, float]], spread: float) -> None:
    other, base = _pair(harms, spread, seed=6)
    alpha = 0.025
    assert not any(
        row.p_no_worse <= alpha and row.p_worse <= alpha for row in judge(other, base, rule(base.groups)).rows
    )
