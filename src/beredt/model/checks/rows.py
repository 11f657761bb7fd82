"""What must hold inside single tables, beyond keys and references."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from beredt.model.checks.decision_rows import check_decision_rows
from beredt.model.checks.demand_rows import check_demand_rows
from beredt.model.checks.path_rows import check_path_rows
from beredt.model.checks.travel_rows import check_travel_rows
from beredt.model.issue import Issue, Severity
from beredt.model.reading.table import Table, Tables

SLOWEST_KMH, FASTEST_KMH = 5.0, 130.0


def check_rows(tables: Tables, year: int | None) -> Iterator[Issue]:
    """Rows that contradict themselves, each other, or common sense."""
    yield from _where(
        tables,
        "border_rules",
        pl.col("asking_centre") == pl.col("owning_centre"),
        "owning_centre",
        "a centre has no border with itself",
        "remove the row",
    )
    yield from _where(
        tables,
        "border_rules",
        (pl.col("view") == "stale") & (pl.col("view_age_s") <= 0),
        "view_age_s",
        "a stale view needs an age above 0",
        "give the seconds between refreshes, or write live",
    )
    yield from _where(
        tables,
        "links",
        pl.col("from_place") == pl.col("to_place"),
        "to_place",
        "the link ends where it begins",
        "name the place at the other end",
    )
    kmh = pl.col("km") / pl.col("minutes") * 60
    yield from _where(
        tables,
        "links",
        ~kmh.is_between(SLOWEST_KMH, FASTEST_KMH),
        "minutes",
        f"a speed that no road has: below {SLOWEST_KMH:g} or above {FASTEST_KMH:g} km/h",
        "check km and minutes",
        "warning",
    )
    yield from _where(
        tables,
        "rosters",
        pl.col("start") == pl.col("end"),
        "end",
        "the roster never starts: the shift ends when it begins",
        "correct the hours; a whole day is 00:00 to 24:00, or one row up to 24:00 and one from 00:00",
    )
    yield from _where(
        tables,
        "standby_points",
        pl.col("start") == pl.col("end"),
        "end",
        "the point is never open: its hours end when they begin",
        "correct the hours; a whole day is 00:00 to 24:00",
    )
    yield from _lonely_points(tables)
    yield from _districts(tables)
    yield from _ambiguous_regions(tables)
    yield from _nothing_happens(tables, year)
    yield from check_decision_rows(tables)
    yield from check_travel_rows(tables)
    yield from check_demand_rows(tables)
    yield from check_path_rows(tables)


def _where(
    tables: Tables, name: str, fault: pl.Expr, field: str, message: str, remedy: str, severity: Severity = "error"
) -> Iterator[Issue]:
    if name in tables:
        positions = tables[name].frame.select(fault.fill_null(False)).to_series().arg_true().to_list()
        if positions:
            yield tables[name].issue(positions, field, message, remedy, severity=severity)


def _lonely_points(tables: Tables) -> Iterator[Issue]:
    yield from _where(
        tables,
        "water",
        pl.len().over("line") < 2,
        "line",
        "one point makes no line",
        "give the line a second point, or remove it",
    )


def _districts(tables: Tables) -> Iterator[Issue]:
    if "areas" in tables and "districts" in tables:
        owners = tables["districts"].frame.select("id", pl.col("municipality").alias("owner")).unique("id")
        areas = tables["areas"].frame.join(owners, left_on="district", right_on="id", how="left", maintain_order="left")
        wrong = (areas["owner"] != areas["municipality"]).fill_null(False).arg_true().to_list()
        if wrong:
            owner = areas.item(wrong[0], "owner")
            message = f"the district lies in {owner}, the area in {areas.item(wrong[0], 'municipality')}"
            yield tables["areas"].issue(wrong, "district", message, "correct one of the two")


def _ambiguous_regions(tables: Tables) -> Iterator[Issue]:
    """Districts with the id of a municipality: nobody could say whose age shares a region's are."""
    if "districts" in tables and "municipalities" in tables:
        towns = set(tables["municipalities"].frame["id"].drop_nulls())
        same = [position for position, one in enumerate(tables["districts"].frame["id"]) if one in towns]
        if same:
            message = "a municipality has the same id"
            yield tables["districts"].issue(same, "id", message, "give the district an id of its own")


def _nothing_happens(tables: Tables, year: int | None) -> Iterator[Issue]:
    """Weights, rates and people that sum to zero."""
    if "profile" in tables:
        yield from _zero_sums(tables["profile"], "urgency", "weight", "no hour has a weight above 0 for urgency {}")
    if "rates" in tables and tables["rates"].frame["per_1000"].null_count() == 0:
        yield from _zero_sums(tables["rates"], None, "per_1000", "all rates are 0: nothing would happen")
    if "age_rates" in tables:
        yield from _zero_sums(tables["age_rates"], None, "relative", "all age rates are 0: nothing would happen")
    if "population" in tables and year is not None:
        people = tables["population"].frame.filter(pl.col("year") == year)["people"]
        if len(people) and people.null_count() == 0 and people.sum() <= 0:
            message = f"nobody lives in the study in {year}"
            yield tables["population"].whole_issue("people", message, "give the people of the study's year", value="0")


def _zero_sums(table: Table, group: str | None, column: str, message: str) -> Iterator[Issue]:
    frame = table.frame.with_row_index("position").with_columns(pl.lit("all").alias("whole"))
    whole = group or "whole"
    sums = frame.group_by(whole, maintain_order=True).agg(
        pl.col(column).sum(), pl.col(column).null_count().alias("faulty"), pl.col("position")
    )
    zero = sums.filter((pl.col(column) <= 0) & (pl.col("faulty") == 0) & pl.col(whole).is_not_null())
    for value, positions in zero.select(whole, "position").iter_rows():
        yield table.issue(positions, column, message.format(value), "give values above 0 where something happens")
