"""Where curves made by hand cross their margin: rising, falling, coming back, never."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.crossing import Crossing, find_crossing
from beredt.decision.gate import Verdict
from tests.decision.made_measures import result, row


def crossing(levels: list[float], harms: list[float], half: float = 1.0) -> Crossing:
    """Harm in seconds against a margin of 10."""
    return find_crossing(levels, [result(row(harm, half, margin=10.0)) for harm in harms])


def test_a_rising_line_by_hand() -> None:
    # 0 at 0 s, 20 at 200 s: crosses 10 at 100 s; bounds ± 4 cross at 60 and 140 s.
    found = crossing([0, 50, 150, 200], [0, 5, 15, 20], half=4.0)
    assert (found.meets_until, found.fails_from) == (50, 150)
    assert found.level == pytest.approx(100.0)
    assert (found.interval_mild, found.interval_harsh) == pytest.approx((60.0, 140.0))
    assert (found.group, found.measure, found.monotone) == ("east", "response_mean_s", True)


def test_units_are_walked_from_many_to_few() -> None:
    found = crossing([2, 1, 0, -1], [0, 4, 8, 16])
    assert (found.meets_until, found.fails_from) == (0, -1)
    assert found.level == pytest.approx(-0.25)


def test_an_alternative_that_always_meets_has_no_break_even() -> None:
    found = crossing([0, 60, 120], [1, 2, 3])
    assert (found.meets_until, found.fails_from, found.level, found.interval_mild) == (120, None, None, None)
    assert found.group == ""


def test_an_alternative_that_never_meets_has_none_either() -> None:
    found = crossing([0, 60, 120], [20, 30, 40])
    assert (found.meets_until, found.fails_from, found.level) == (None, 0, None)


def test_undecided_levels_lie_between() -> None:
    found = crossing([0, 60, 120, 180], [0, 9.5, 10.5, 20])
    assert (found.meets_until, found.fails_from) == (0, 180)
    assert found.level == pytest.approx(90.0)


def test_a_curve_that_comes_back_is_said_to() -> None:
    found = crossing([0, 60, 120, 180], [0, 20, 5, 20])
    assert (found.meets_until, found.fails_from) == (0, 60)
    assert found.level == pytest.approx(30.0)
    assert not found.monotone


def test_a_curve_that_surely_falls_without_a_better_answer_is_said_to() -> None:
    found = crossing([0, 60, 120], [0, 40, 20])
    assert found.fails_from == 60
    assert not found.monotone


def test_noise_alone_is_not_called_coming_back() -> None:
    assert crossing([0, 60, 120], [0, 20.0, 19.5]).monotone


def test_the_first_row_to_cross_is_named() -> None:
    answers = [
        result(row(harm, 0.5, margin=10.0), row(-loss, 0.1, margin=1.0, measure="share_within_target"))
        for harm, loss in [(0.0, 0.0), (5.0, 2.0), (20.0, 3.0)]
    ]
    found = find_crossing([0, 60, 120], answers)
    assert found.measure == "share_within_target"
    assert found.level == pytest.approx(30.0)


def test_one_row_beyond_its_margin_from_the_start_leaves_no_crossing() -> None:
    answers = [
        result(row(30.0, 0.5, margin=10.0), row(-loss, 0.1, margin=1.0, measure="share_within_target"))
        for loss in (0.0, 2.0)
    ]
    assert find_crossing([0, 60], answers).level is None


def test_one_level_is_enough() -> None:
    found = crossing([0], [0])
    assert (found.meets_until, found.fails_from, found.level, found.monotone) == (0, None, None, True)


def test_unknown_bounds_never_cross() -> None:
    unknown = result(row(float("nan"), 1.0, margin=10.0))
    found = find_crossing([0, 60], [unknown, unknown])
    assert (found.meets_until, found.level, found.interval_mild) == (None, None, None)


def test_no_doubt_is_told_about_what_a_later_step_has_decided() -> None:
    # Wide intervals hold the margin from 60 on, yet 120 is decided to meet and 180 to fail.
    answers = [result(row(harm, 8.0, margin=10.0)) for harm in (0.0, 4.0, 6.0, 14.0)]
    verdicts: list[Verdict] = ["meets", "meets", "meets", "fails"]
    decided = [replace(answer, verdict=v) for answer, v in zip(answers, verdicts, strict=True)]
    found = find_crossing([0, 60, 120, 180], decided)
    assert (found.meets_until, found.interval_mild) == (120, 120)
    assert found.level == pytest.approx(150.0)
    assert (found.interval_harsh, found.fails_from) == (180, 180)
    always = [replace(answer, verdict="meets") for answer in answers[:3]]
    assert find_crossing([0, 60, 120], always).interval_mild is None


@given(st.lists(st.floats(-30.0, 50.0), min_size=2, max_size=7), st.floats(0.0, 15.0))
def test_whatever_the_curve_the_crossing_lies_inside_its_bounds(harms: list[float], half: float) -> None:
    levels = [60.0 * i for i in range(len(harms))]
    found = crossing(levels, harms, half)
    bounds = [found.meets_until, found.level, found.fails_from]
    assert (found.level is None) == (harms[0] > 10.0 or max(harms) <= 10.0)
    if found.level is not None:
        assert [bound for bound in bounds if bound is not None] == sorted(b for b in bounds if b is not None)
        interval = [found.interval_mild, found.level, found.interval_harsh]
        assert [bound for bound in interval if bound is not None] == sorted(b for b in interval if b is not None)


@given(st.lists(st.floats(-30.0, 50.0), min_size=2, max_size=7).map(sorted), st.floats(0.0, 15.0))
def test_a_rising_curve_is_monotone(harms: list[float], half: float) -> None:
    assert crossing([60.0 * i for i in range(len(harms))], harms, half).monotone
