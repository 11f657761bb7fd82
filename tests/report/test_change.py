"""Differences in words: never a claim that the interval does not carry."""

from __future__ import annotations

import pytest

from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.findings.change import change_text, is_better
from beredt.report.measures import LEVEL_MEAN, TARGET_SHARE, measure

NAN = float("nan")


@pytest.mark.parametrize(
    ("key", "difference", "text"),
    [
        (TARGET_SHARE, Estimate(0.078, 0.076, 0.08), "7.8\u00a0pp higher (7.6–8.0)"),
        (TARGET_SHARE, Estimate(-0.027, -0.031, -0.023), "2.7\u00a0pp lower (2.3–3.1)"),
        (TARGET_SHARE, Estimate(0.001, -0.003, 0.005), "no clear difference (−0.3 to +0.5)"),
        (LEVEL_MEAN, Estimate(38.0, 21.0, 55.0), "38\u00a0s longer (21–55)"),
        (LEVEL_MEAN, Estimate(-38.0, -55.0, -21.0), "38\u00a0s shorter (21–55)"),
        ("asked", Estimate(226.0, 184.0, 267.0), "226 more (184–267)"),
        ("asked", Estimate(-2.0, -3.0, -1.0), "2 fewer (1–3)"),
        (TARGET_SHARE, Estimate(0.0, 0.0, 0.0), "no difference at all"),
        (TARGET_SHARE, Estimate(0.05, NAN, NAN), "no clear difference (no interval)"),
        (TARGET_SHARE, Estimate(-0.0004, -0.0006, -0.0002), "no clear difference (−0.1 to 0.0)"),
        (TARGET_SHARE, None, "not known"),
    ],
)
def test_change_in_words(english: ReportContext, key: str, difference: Estimate | None, text: str) -> None:
    assert change_text(english, measure(key), difference) == text


def test_better_is_claimed_only_when_it_is_clear_and_can_be_said() -> None:
    up = Estimate(2.0, 1.0, 3.0)
    assert is_better(measure(TARGET_SHARE), up) is True
    assert is_better(measure(LEVEL_MEAN), up) is False
    assert is_better(measure("outside_missions"), up) is None  # help from outside is neither good nor bad
    assert is_better(measure(LEVEL_MEAN), Estimate(2.0, -1.0, 3.0)) is None
    assert is_better(measure(LEVEL_MEAN), Estimate(2.0, NAN, NAN)) is None
    assert is_better(measure(LEVEL_MEAN), None) is None
