"""The same count in two tables: where one leaves it out the other does not print it, nor lets it be worked out."""

from __future__ import annotations

import polars as pl
import pytest

from beredt.indicators.suppress import ALL, Ledger, Names, Protected, protect_counts
from beredt.indicators.suppression.ledger import until_settled

STATIONS = {"a": 3, "b": 6, "c": 7, "d": 40}


def by_station() -> pl.DataFrame:
    rows = [*STATIONS.items(), (ALL, sum(STATIONS.values()))]
    return pl.DataFrame(rows, schema={"station": pl.String, "n": pl.Int64}, orient="row")


def by_base(second_least: int) -> pl.DataFrame:
    """The same stations in another table, with a fifth thing beside them that the first one does not hold."""
    rows = [*STATIONS.items(), ("boat", second_least), (ALL, sum(STATIONS.values()) + second_least)]
    return pl.DataFrame(rows, schema={"base": pl.String, "n": pl.Int64}, orient="row")


def both(second_least: int) -> list[Protected]:
    def make(ledger: Ledger) -> list[Protected]:
        first = protect_counts(by_station(), ["station"], "n", names=names(ledger, "station"))
        return [first, protect_counts(by_base(second_least), ["base"], "n", names=names(ledger, "base"))]

    return until_settled(make)


def names(ledger: Ledger, column: str) -> Names:
    return Names(ledger, {column: "station"}, {"n": ("missions", {})})


def hidden(found: Protected, column: str) -> set[str]:
    return set(found.table.filter(pl.col("n").is_null())[column])


def test_without_a_ledger_two_tables_would_tell() -> None:
    first = protect_counts(by_station(), ["station"], "n")
    second = protect_counts(by_base(5), ["base"], "n")
    assert hidden(first, "station") == {"a", "b"}
    assert hidden(second, "base") == {"a", "boat"}


@pytest.mark.parametrize("second_least", [5, 8, 100])
def test_what_one_leaves_out_the_other_leaves_out(second_least: int) -> None:
    first, second = both(second_least)
    assert hidden(first, "station") == hidden(second, "base") - {"boat"} >= {"a", "b"}


def test_a_count_that_is_not_the_same_has_another_name() -> None:
    ledger = Ledger()
    protect_counts(by_station(), ["station"], "n", names=names(ledger, "station"))
    other = by_station().with_columns(n=pl.Series([8, 9, 7, 41, 65]))
    assert not hidden(protect_counts(other, ["station"], "n", names=names(ledger, "station")), "station")


def test_what_is_left_out_for_another_table_cannot_be_worked_out_from_this_one() -> None:
    """Station b is left out of the first table; in the second its sum with d would tell it, were d printed."""
    ledger = Ledger()
    protect_counts(by_station(), ["station"], "n", names=names(ledger, "station"))
    rows = [("b", 6), ("d", 40), (ALL, 46)]
    table = pl.DataFrame(rows, schema={"station": pl.String, "n": pl.Int64}, orient="row")
    found = protect_counts(table, ["station"], "n", names=names(ledger, "station"))
    assert len(hidden(found, "station")) == 2


def test_a_contradiction_that_never_ends_is_an_error() -> None:
    def make(ledger: Ledger) -> None:
        ledger.hidden.add("x")
        ledger.printed.add("x")

    with pytest.raises(RuntimeError, match="contradict"):
        until_settled(make)
