"""Days cut into parts: every day in one part, months whole where they fit, and incidents never cut in two."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from beredt.missions.importing.parts import Part, cut_parts
from beredt.missions.importing.read_pass import NO_DAY

JANUARY = (date(2023, 1, 1) - date(1970, 1, 1)).days


def piece(*days: tuple[int, int]) -> Mapping[str, Any]:
    return {"days": [list(day) for day in days]}


def test_small_months_are_put_together_and_large_ones_cut() -> None:
    days = [(JANUARY + day, 10) for day in range(31 + 28)]
    assert cut_parts([piece(*days)], 2_000) == [Part(JANUARY, JANUARY + 59, 590)]
    assert cut_parts([piece(*days)], 400) == [Part(JANUARY, JANUARY + 31, 310), Part(JANUARY + 31, JANUARY + 59, 280)]
    assert cut_parts([piece(*days[:31])], 200) == [
        Part(JANUARY, JANUARY + 16, 160),
        Part(JANUARY + 16, JANUARY + 31, 150),
    ]


def test_rows_without_a_time_are_a_part_of_their_own() -> None:
    assert cut_parts([piece((JANUARY, 3), (NO_DAY, 2))], 100) == [
        Part(JANUARY, JANUARY + 1, 3),
        Part(NO_DAY, NO_DAY + 1, 2),
    ]


DAYS = st.dictionaries(
    st.integers(-800_000, 3_000_000) | st.integers(18_000, 18_400) | st.just(NO_DAY), st.integers(1, 50)
)


@given(st.lists(DAYS, max_size=5), st.integers(1, 300))
def test_every_row_is_in_one_part(pieces: list[dict[int, int]], most: int) -> None:
    parts = cut_parts([piece(*sorted(days.items())) for days in pieces], most)
    total: dict[int, int] = {}
    for days in pieces:
        for day, count in days.items():
            total[day] = total.get(day, 0) + count
    assert sum(part.rows for part in parts) == sum(total.values())
    assert all(one.end <= other.first for one, other in itertools.pairwise(parts))
    for part in parts:
        inside = {day: count for day, count in total.items() if part.first <= day < part.end}
        assert sum(inside.values()) == part.rows
        assert part.rows <= most or len(inside) == 1
