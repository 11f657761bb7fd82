"""The rule as a file, and bands of the day."""

from __future__ import annotations

import pytest

from beredt.errors import DefinitionError
from beredt.siting.dimensioning.rule import parse_dimension_rule, read_dimension_rule

TEXT = """
[[bands]]
id = "day"
start = "08:00"
end = "20:00"

[[bands]]
id = "night"
start = "20:00"
end = "08:00"
"""


def test_the_shipped_rule_is_the_one_that_is_told_of() -> None:
    rule = read_dimension_rule(None)
    assert (rule.nearest_share, rule.target_share) == (0.8, 0.9)
    assert [band.id for band in rule.bands] == ["day", "evening", "night"]
    assert rule.band_hours == (8, 8, 8)


def test_a_band_may_run_over_midnight() -> None:
    rule = parse_dimension_rule("r.toml", TEXT.encode())
    assert rule.bands[1].hours == (20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 6, 7)
    assert rule.nearest_means == "held"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('end = "20:00"', 'end = "19:00"', "every hour must lie in one band"),
        ('id = "night"', 'id = "day"', "same id twice"),
        ('end = "20:00"', 'end = "20:30"', "end"),
        ('start = "08:00"', "start = 8", "start"),
        ("[[bands]]", "nearest_share = 1.5\n[[bands]]", "nearest_share"),
        ("[[bands]]", "nearest_shares = 0.5\n[[bands]]", "nearest_share"),
    ],
)
def test_a_fault_is_told_with_its_key(old: str, new: str, told: str) -> None:
    with pytest.raises(DefinitionError, match=told):
        parse_dimension_rule("r.toml", TEXT.replace(old, new, 1).encode())
