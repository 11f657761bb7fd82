"""The kernel agrees with exact formulas, and the comparison would notice a model that is a little wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.exact import table_rows
from beredt.coverage.erlang import wait_mean_s
from tests.published import draws
from tests.published.comparing import SENT, ExactCase, compare
from tests.published.exact_cases import all_cases
from tests.published.map_cases import TWO_STATIONS, on_the_map
from tests.published.queue_cases import URGENCIES, waiting_by_urgency

WRONG_BY = 0.05
"""A formula that is wrong by so much must not pass."""

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_kernel_agrees_and_a_value_a_little_wrong_would_not(case: ExactCase, root: Path) -> None:
    rows = compare(case)
    assert [row for row in rows if not row.agrees] == []
    larger = [row for row in rows if SENT not in row.quantity]  # some units are hardly ever sent to some places
    assert len(larger) >= 2
    assert [row for row in larger if row.would_pass(1 + WRONG_BY) or row.would_pass(1 - WRONG_BY)] == []
    page = (root / "docs" / "explanation" / "how-we-know.md").read_text(encoding="utf-8").splitlines()
    missing = [line for line in table_rows(rows) if line not in page]
    assert missing == [], "the page shows other figures: python -m benchmarks exact prints its table anew"


LOADS = (1.2, 1.3, 0.7)


def by_urgency(reserve: int) -> ExactCase:
    return waiting_by_urgency(6, reserve, LOADS, calls=50_000, seed=21)


def in_order_of_call() -> ExactCase:
    wait_s = wait_mean_s(6, sum(LOADS), draws.MISSION_S)
    return replace(by_urgency(0), exact={f"{name}: mean wait": wait_s for name in URGENCIES})


def two_stations(queue: bool, *, swapped: bool = False) -> ExactCase:
    place = TWO_STATIONS
    if swapped:
        place = replace(place, drive_s=tuple(row[::-1] for row in place.drive_s))
    return on_the_map(place, 50_000, seed=22, queue=queue)


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
    right = draws.exponential_s
    monkeypatch.setattr(draws, "exponential_s", lambda random, calls: right(random, calls) * wrong)
    rows = [row for row in compare(replace(CASES[number], replications=10)) if row.quantity.endswith(("busy", "waits"))]
    assert rows
    assert [row for row in rows if row.agrees] == []
