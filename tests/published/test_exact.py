"""The kernel agrees with exact formulas, and the comparison would notice a model that is a little wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from benchmarks.exact import table_rows
from beredt.coverage.erlang import wait_mean_s
from tests.published import exact_cases
from tests.published.exact_cases import SENT, TWO_STATIONS, Compared, ExactCase, compare

WRONG_BY = 0.05
"""A formula that is wrong by so much must not pass."""

CASES = exact_cases.all_cases()


@cache
def compared(number: int) -> tuple[Compared, ...]:
    """Each case is run once."""
    return compare(CASES[number])


each_case = pytest.mark.parametrize("number", range(len(CASES)), ids=[case.title for case in CASES])


@each_case
def test_the_exact_value_lies_in_the_interval(number: int) -> None:
    assert [row for row in compared(number) if not row.agrees] == []


@each_case
def test_a_value_that_is_wrong_by_a_few_percent_lies_outside(number: int) -> None:
    rows = [row for row in compared(number) if SENT not in row.quantity]  # some shares are tiny
    assert len(rows) >= 2
    assert [row for row in rows if row.would_pass(1 + WRONG_BY) or row.would_pass(1 - WRONG_BY)] == []


@each_case
def test_the_documentation_shows_what_comes_out(number: int, root: Path) -> None:
    page = (root / "docs" / "explanation" / "how-we-know.md").read_text(encoding="utf-8").splitlines()
    missing = [row for row in table_rows(compared(number)) if row not in page]
    assert missing == [], "python -m benchmarks exact prints the table anew"


LOADS = (1.2, 1.3, 0.7)


def by_urgency(reserve: int) -> ExactCase:
    return exact_cases.waiting_by_urgency(6, reserve, LOADS, calls=50_000, seed=21)


def in_order_of_call() -> ExactCase:
    wait_s = wait_mean_s(6, sum(LOADS), exact_cases.MISSION_S)
    return replace(by_urgency(0), exact={f"{name}: mean wait": wait_s for name in exact_cases.URGENCIES})


def two_stations(queue: bool, *, swapped: bool = False) -> ExactCase:
    place = TWO_STATIONS
    if swapped:
        place = replace(place, drive_s=tuple(row[::-1] for row in place.drive_s))
    return exact_cases.on_the_map(place, 50_000, seed=22, queue=queue)


@pytest.mark.parametrize(
    ("model", "other"),
    [
        pytest.param(by_urgency(2), by_urgency(1), id="another reserve"),
        pytest.param(by_urgency(0), in_order_of_call(), id="no call is more urgent"),
        pytest.param(two_stations(queue=True), two_stations(queue=False), id="nobody waits"),
        pytest.param(two_stations(queue=True), two_stations(queue=True, swapped=True), id="the farther unit is sent"),
    ],
)
def test_another_model_is_told_apart(model: ExactCase, other: ExactCase) -> None:
    assert all(row.agrees for row in compare(model))
    assert not all(row.agrees for row in compare(replace(model, exact=other.exact)))


@pytest.mark.parametrize("number", [0, 2, 6, 12], ids=lambda number: CASES[number].title)
@pytest.mark.parametrize("wrong", [1.03, 0.97])
def test_missions_of_another_length_are_told_apart(number: int, wrong: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """All drawn missions are 3 % too long or too short, and nothing else is different."""
    right = exact_cases.exponential_s
    monkeypatch.setattr(exact_cases, "exponential_s", lambda random, calls: right(random, calls) * wrong)
    rows = [row for row in compare(replace(CASES[number], replications=10)) if row.quantity.endswith(("busy", "waits"))]
    assert rows
    assert [row for row in rows if row.agrees] == []
