"""Shares in the terminal are never rounded to none or to all."""

from __future__ import annotations

import pytest

from beredt.cli.told_figures import count, not_counted, percent, tenths


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.0, "0.0 %"), (0.0004, "0.04 %"), (0.0005, "0.1 %"), (0.5, "50.0 %"), (0.9996, "99.96 %"), (1.0, "100.0 %")],
)
def test_a_share_is_told_as_none_or_all_only_where_it_is(share: float, told: str) -> None:
    assert percent(share) == told


def test_numbers_and_counts() -> None:
    assert [tenths(0.0), tenths(0.04), tenths(2.25)] == ["0.0", "0.04", "2.2"]
    assert [count(0), count(None)] == ["0", "left out"]
    assert [not_counted(0), not_counted(7)] == ["", ", 7 not counted"]
    assert not_counted(None) == ", how many not counted: left out", "a small number is not none"
