"""The same count in two tables: what one leaves out the other does not tell, nor do both together."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.indicators.suppress import ALL, Counts, Names, Protected, protect_counts, protect_together
from beredt.indicators.suppression.additive import joined
from beredt.indicators.suppression.attacker import known_range
from beredt.indicators.suppression.names import pairs_of

STATIONS = {"a": 3, "b": 6, "c": 7, "d": 40}


def table_of(column: str, rows: dict[str, int]) -> pl.DataFrame:
    whole = [*rows.items(), (ALL, sum(rows.values()))]
    return pl.DataFrame(whole, schema={column: pl.String, "n": pl.Int64}, orient="row")


def counts(column: str, rows: dict[str, int]) -> Counts:
    names = Names({column: "station"}, {"n": ("missions", {})})
    return Counts(table_of(column, rows), [column], ["n"], names=names)


def hidden(found: Protected, column: str) -> set[str]:
    return set(found.table.filter(pl.col("n").is_null())[column])


def test_one_by_one_two_tables_would_tell() -> None:
    first = protect_counts(table_of("station", STATIONS), ["station"], "n")
    second = protect_counts(table_of("base", {**STATIONS, "boat": 5}), ["base"], "n")
    assert hidden(first, "station") == {"a", "b"}
    assert hidden(second, "base") == {"a", "boat"}


@pytest.mark.parametrize("boats", [5, 8, 100])
def test_together_they_leave_out_the_same(boats: int) -> None:
    first, second = protect_together([counts("station", STATIONS), counts("base", {**STATIONS, "boat": boats})])
    assert hidden(first, "station") == hidden(second, "base") - {"boat"} >= {"a", "b"}


def test_counts_that_differ_have_nothing_to_do_with_each_other() -> None:
    other = {"a": 8, "b": 9, "c": 17, "d": 41}
    first, second = protect_together([counts("station", STATIONS), counts("station", other)])
    assert hidden(first, "station") == {"a", "b"}
    assert not hidden(second, "station")


def test_what_protects_a_count_in_one_table_cannot_be_worked_out_from_the_other() -> None:
    """Station b hides station a in the first table; in the second its sum with d would tell it, were d printed."""
    first, second = protect_together([counts("station", STATIONS), counts("station", {"b": 6, "d": 40})])
    assert "a" in hidden(first, "station")
    assert len(hidden(second, "station")) != 1


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 12), min_size=2), st.integers(1, 12))
def test_an_attacker_with_both_tables_cannot_tell_a_small_count(rows: dict[str, int], more: int) -> None:
    asked = [counts("station", rows), counts("base", {**rows, "more": more})]
    found = protect_together(asked)
    parts = [one.cells() for one in asked]
    names = pl.concat(one.called(cells.counts.size) for one, (cells, _) in zip(asked, parts, strict=True))
    cells = joined([part for part, _ in parts], pairs_of(names))
    out = np.zeros(cells.counts.size, dtype=np.bool_)
    first = 0
    for one, (part, own) in zip(found, parts, strict=True):
        out[first : first + own] = one.hidden.to_numpy().ravel()
        first += part.counts.size
    seen = known_range(cells, out)
    for cell in np.flatnonzero((cells.counts > 0) & (cells.counts < 5)):
        assert out[cell]
        assert seen.high[cell] - seen.low[cell] >= 2
