"""Sums over counts that were left out, held against whoever tries every table that agrees with what is told."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.indicators.log.missions_table import with_margins
from beredt.indicators.log.safe_sums import Cells, safe_sums
from beredt.indicators.suppress import ALL, protect_counts

THRESHOLD = 5
KEYS = ("place", "station")


def table_of(counts: list[list[int]]) -> pl.DataFrame:
    """Places by stations with all margins; nothing counted makes no row."""
    rows = [(f"p{i}", f"s{j}", count) for i, own in enumerate(counts) for j, count in enumerate(own) if count]
    return with_margins(pl.DataFrame(rows, schema=[*KEYS, "missions"], orient="row"), KEYS)


def shown_of(true: pl.DataFrame) -> pl.DataFrame:
    return protect_counts(true, KEYS, "missions", threshold=THRESHOLD).table


def cells(*names: str) -> Cells:
    return frozenset((name.split()[0], name.split()[1]) for name in names)


def test_a_sum_that_tells_a_small_count_is_left_out() -> None:
    """Three stations went there 2, 3 and 40 times: with two of them told together the third would be known."""
    true = table_of([[2, 3, 40], [50, 60, 70]])
    shown = shown_of(true)
    hidden = shown.filter(pl.col("missions").is_null())
    assert hidden.height
    alone = [cells(f"{place} {station}") for place, station, _ in hidden.iter_rows() if ALL not in (place, station)]
    small = [one for one in alone if true.filter(place=min(one)[0], station=min(one)[1])["missions"][0] < THRESHOLD]
    assert small
    assert safe_sums(true, shown, KEYS, "missions", small, THRESHOLD) == [None] * len(small)


def test_a_sum_of_many_is_told_although_one_of_them_was_left_out() -> None:
    """Every small count can still be anything from 1 to 4."""
    true = table_of([[2, 30, 40, 21], [3, 60, 70, 33], [4, 44, 55, 66]])
    shown = shown_of(true)
    wanted = cells("p0 s0", "p0 s1", "p0 s2", "p0 s3", "p1 s0", "p1 s1", "p1 s2", "p1 s3")
    assert shown.filter(pl.col("missions").is_null()).height
    assert safe_sums(true, shown, KEYS, "missions", [wanted], THRESHOLD) == [259.0]


def test_without_anything_left_out_all_is_told() -> None:
    true = table_of([[20, 30], [50, 60]])
    assert safe_sums(true, true, KEYS, "missions", [cells("p0 s0", "p1 s1"), cells("p0 s9")], THRESHOLD) == [80.0, 0.0]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([1, 2, 4, 6, 7]), min_size=2, max_size=3), min_size=2, max_size=2).filter(
        lambda counts: len({len(own) for own in counts}) == 1
    ),
    st.data(),
)
def test_who_tries_every_table_learns_no_more_of_a_small_count(counts: list[list[int]], data: st.DataObject) -> None:
    true = table_of(counts)
    shown = shown_of(true)
    names = [(f"p{i}", f"s{j}") for i, own in enumerate(counts) for j in range(len(own))]
    chosen = data.draw(st.lists(st.sets(st.sampled_from(names), min_size=1), min_size=1, max_size=3))
    sums = [frozenset(one) for one in chosen]
    told = safe_sums(true, shown, KEYS, "missions", sums, THRESHOLD)
    number = {row[:2]: row[2] for row in true.iter_rows()}
    for one, total in zip(sums, told, strict=True):
        assert total is None or total == sum(number.get(cell, 0) for cell in one)
    known = {row[:2]: row[2] for row in shown.iter_rows()}
    before = possible(known, names)
    agrees = np.ones(len(before), np.bool_)
    for one, total in zip(sums, told, strict=True):
        if total is not None:
            agrees &= before[:, [names.index(cell) for cell in one]].sum(axis=1) == total
    after = before[agrees]
    for at, cell in enumerate(names):
        if known.get(cell) is None and number[cell] < THRESHOLD:
            assert after[:, at].min() == before[:, at].min()
            assert min(after[:, at].max(), THRESHOLD - 1) == min(before[:, at].max(), THRESHOLD - 1)


def possible(known: dict[tuple[str, ...], int | None], names: list[tuple[str, str]]) -> np.ndarray:
    """Every table of whole numbers that agrees with what is shown: the slow twin."""
    free = sum(known[cell] is None for cell in names)
    most = 24 if free <= 4 else 16 if free == 5 else 12
    values = [np.arange(1, most) if known[cell] is None else np.array([known[cell]]) for cell in names]
    tables = np.stack([axis.ravel() for axis in np.meshgrid(*values)], axis=1).astype(np.int16)
    for (place, station), told in known.items():
        if told is not None and ALL in (place, station):
            own = [at for at, (p, s) in enumerate(names) if place in (ALL, p) and station in (ALL, s)]
            tables = tables[tables[:, own].sum(axis=1) == told]
    return tables
