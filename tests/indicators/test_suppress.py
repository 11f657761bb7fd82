"""Tables with margins: what is left out cannot be worked out from what is shown."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from beredt.indicators.suppress import ALL, Nesting, Split, protect, protect_counts
from beredt.indicators.suppression.attacker import known_range
from beredt.indicators.suppression.sums import table_of

PLACES = ("asker", "baerum", "oslo")
URGENCIES = ("A", "H", "V")


def with_margins(body: pl.DataFrame, keys: list[str], counts: list[str]) -> pl.DataFrame:
    """All margins of a table, rows that count nothing left out."""
    for key in keys:
        others = [other for other in keys if other != key]
        margin = body.group_by(others).agg(pl.col(counts).sum()).with_columns(pl.lit(ALL).alias(key))
        body = pl.concat([body, margin.select(body.columns)])
    return body.filter(pl.col(counts[0]) > 0).sort(keys)


def counted(values: list[list[int]]) -> pl.DataFrame:
    rows = [(place, urgency, n) for place, line in zip(PLACES, values, strict=True)
            for urgency, n in zip(URGENCIES, line, strict=True)]  # fmt: skip
    body = pl.DataFrame(rows, schema={"municipality": pl.String, "urgency": pl.String, "n": pl.Int64}, orient="row")
    return with_margins(body, ["municipality", "urgency"], ["n"])


def reach_of(table: pl.DataFrame, row: int) -> tuple[float, float]:
    """What somebody with the printed table can say of one row: a linear program written without the program's own."""
    body = [(p, u) for p in PLACES for u in URGENCIES]
    shown = {(r["municipality"], r["urgency"]): r["n"] for r in table.iter_rows(named=True)}
    left, right, bounds = [], [], []
    for place, urgency in body:
        value = shown.get((place, urgency), 0)
        bounds.append((1, None) if value is None else (value, value))
    for place in (*PLACES, ALL):
        for urgency in (*URGENCIES, ALL):
            value = shown.get((place, urgency), 0)
            if ALL in (place, urgency) and value is not None:
                left.append([float(place in (p, ALL) and urgency in (u, ALL)) for p, u in body])
                right.append(value)
    chosen = table.row(row, named=True)
    towards = np.array([chosen["municipality"] in (p, ALL) and chosen["urgency"] in (u, ALL) for p, u in body], float)
    least = linprog(towards, A_eq=left or None, b_eq=right or None, bounds=bounds)
    most = linprog(-towards, A_eq=left or None, b_eq=right or None, bounds=bounds)
    return float(least.fun or 0.0), np.inf if most.status == 3 else -float(most.fun or 0.0)


def test_a_story() -> None:
    """Three urgent incidents in Asker: neither they nor enough others may be shown to tell them."""
    table = counted([[40, 3, 12], [50, 60, 70], [80, 90, 100]])
    shown = protect_counts(table, ["municipality", "urgency"], "n").table
    hidden = {(r["municipality"], r["urgency"]) for r in shown.iter_rows(named=True) if r["n"] is None}
    assert ("asker", "H") in hidden
    assert len(hidden) == 4
    assert all(ALL not in key for key in hidden)


def test_all_that_tells_a_count_goes_with_it_and_is_listed() -> None:
    table = pl.DataFrame({"place": ["a", "b", "c", ALL], "n": [3, 7, 90, 100], "mean": [1.0, 2.0, 3.0, 4.0]})
    found = protect_counts(table, ["place"], "n", ["mean"])
    assert found.table["mean"].to_list() == [None, None, 3.0, 4.0]
    assert found.listed.rows() == [("a", "n"), ("b", "n")]
    assert found.hidden["n"].to_list() == [True, True, False, False]


def test_a_share_that_tells_a_small_count_is_left_out_but_the_number_stays() -> None:
    """Two of 100 were late: the share would tell it; the number of incidents may be known."""
    table = pl.DataFrame({"place": ["a"], "n": [100], "within": [98], "late": [2], "share": [0.98]})
    splits = [Split("n", ("within", "late"))]
    found = protect(table, ["place"], ["n", "within", "late"], {"within": ["share"]}, splits=splits)
    assert found.table.row(0) == ("a", 100, None, None, None)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 25), st.integers(0, 6)), min_size=2, max_size=6))
def test_nobody_can_work_out_how_few_were_late(places: list[tuple[int, int]]) -> None:
    """Of places whose number of incidents is shown, neither the late nor the timely can be told when they are few."""
    rows = [(f"p{i}", within + late, within, late) for i, (within, late) in enumerate(places) if within + late]
    body = pl.DataFrame(rows, schema=["place", "n", "within", "late"], orient="row")
    body = body.with_columns(pl.col("place").cast(pl.String), pl.exclude("place").cast(pl.Int64))
    table = with_margins(body, ["place"], ["n", "within", "late"])
    counts, splits = ["n", "within", "late"], [Split("n", ("within", "late"))]
    found = protect(table, ["place"], counts, {}, splits=splits)
    cells, own = table_of(table, ["place"], counts, splits)
    hidden = found.hidden.to_numpy().ravel()
    assert own == hidden.size
    seen = known_range(cells, hidden)
    for row in range(table.height):
        for column in (1, 2):
            cell = 3 * row + column
            if 0 < cells.counts[cell] < 5:
                assert hidden[cell]
                if not hidden[3 * row]:
                    assert seen.high[cell] - seen.low[cell] >= 2


def test_districts_are_guarded_by_their_municipality() -> None:
    table = pl.DataFrame(
        {"municipality": ["oslo", "asker", ALL, ALL, ALL], "district": [ALL, ALL, "frogner", "ullern", "marka"],
         "n": [120, 80, 70, 48, 2]}
    )  # fmt: skip
    nesting = Nesting("district", "municipality", {"frogner": "oslo", "ullern": "oslo", "marka": "oslo"})
    shown = protect_counts(table, ["municipality", "district"], "n", nestings=[nesting]).table
    assert shown["n"].to_list() == [120, 80, 70, None, None]


def test_what_a_total_holds_beside_its_parts_is_not_given_away_either() -> None:
    """97 of 100 lie in two places; three lie nowhere, and no row says so."""
    shown = protect_counts(pl.DataFrame({"place": ["a", "b", ALL], "n": [47, 50, 100]}), ["place"], "n").table
    assert shown["n"].to_list() == [None, 50, 100]


def test_no_threshold_leaves_everything_in() -> None:
    table = counted([[1, 2, 3], [4, 5, 6], [0, 1, 0]])
    assert protect_counts(table, ["municipality", "urgency"], "n", threshold=0).table.equals(table)


def test_an_empty_table() -> None:
    table = pl.DataFrame(schema={"place": pl.String, "n": pl.Int64})
    assert protect_counts(table, ["place"], "n").listed.is_empty()


def test_a_year_is_kept_rather_than_its_months() -> None:
    """Two months with few: a third month goes with them where it must, and no place and no total does."""
    months = {"jan": (2, 40), "feb": (30, 50), "mar": (60, 70), "apr": (80, 90)}
    rows = [(place, month, n) for month, pair in months.items() for place, n in zip(("a", "b"), pair, strict=True)]
    body = pl.DataFrame(rows, schema={"place": pl.String, "month": pl.String, "n": pl.Int64}, orient="row")
    table = with_margins(body, ["place", "month"], ["n"])
    shown = protect_counts(table, ["place", "month"], "n").table
    hidden = shown.filter(pl.col("n").is_null())
    assert hidden.height == 4
    assert not ((hidden["place"] == ALL) | (hidden["month"] == ALL)).any()


def test_what_is_ranked_first_is_kept() -> None:
    """Of two rows that would do equally well, the one of the lower rank stays; the smaller one does without ranks."""
    table = pl.DataFrame({"place": ["a", "b", "c", ALL], "n": [3, 7, 9, 19]})
    assert protect_counts(table, ["place"], "n").table["n"].to_list() == [None, None, 9, 19]
    ranked = protect_counts(table, ["place"], "n", rank=np.array([1, 0, 1, 0])).table
    assert ranked["n"].to_list() == [None, 7, None, 19]


@settings(max_examples=60)
@given(st.lists(st.lists(st.integers(0, 20) | st.integers(0, 3), min_size=3, max_size=3), min_size=3, max_size=3))
def test_nobody_can_work_it_out(values: list[list[int]]) -> None:
    table = counted(values)
    shown = protect_counts(table, ["municipality", "urgency"], "n").table
    for row, count in enumerate(table["n"]):
        if count < 5:
            assert shown["n"][row] is None
            low, high = reach_of(shown, row)
            assert high - low >= 2
        elif shown["n"][row] is not None:
            assert shown["n"][row] == count


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3), st.randoms())
def test_the_order_of_rows_does_not_matter_for_what_is_safe(values: list[list[int]], random: object) -> None:
    table = counted(values)
    turned = protect_counts(table.reverse(), ["municipality", "urgency"], "n").table
    small = table.reverse()["n"] < 5
    assert turned["n"].is_null().filter(small).all()
