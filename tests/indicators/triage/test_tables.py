"""Tables of triage: right by hand, whole, and telling no small count."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.indicators.observed import I8
from beredt.indicators.triage.count import NOT_ASSESSED, TriageCounts
from beredt.indicators.triage.scale import load_scales
from beredt.indicators.triage.tables import TriageTables, triage_tables
from beredt.model.dictionary import load_fields

RETTS = load_scales()["retts"]
CODES = pl.DataFrame({"triage": ["rød"], "level": [0], "n": [9]}, schema_overrides={"level": pl.Int8})


def counts_of(by_month: Mapping[str, I8]) -> TriageCounts:
    """Counts by month, each [3, 6] by telephone urgency and level, those not assessed last."""
    rows = [("month", month, table) for month, table in by_month.items()]
    rows.append(("all", "", np.sum(list(by_month.values()), axis=0)))
    flat = [
        (by, key, urgency, NOT_ASSESSED if level == 5 else level, int(table[urgency, level]))
        for by, key, table in rows
        for urgency in range(3)
        for level in range(6)
        if table[urgency, level]
    ]
    schema = {"by": pl.String, "key": pl.String, "urgency": pl.Int8, "level": pl.Int8, "n": pl.Int64}
    return TriageCounts(pl.DataFrame(flat, schema=schema, orient="row"), CODES, 0)


def value(tables: TriageTables, measure: str, key: str = "") -> tuple[int | None, int | None, float | None]:
    row = tables.measures.filter(measure=measure, key=key)
    cases, size, share = row.select("cases", "size", "value").row(0)
    return cases, size, share


LARGE = np.array([[60, 20, 50, 30, 10, 10], [10, 10, 80, 40, 10, 20], [6, 6, 20, 90, 70, 5]])


def test_a_table_by_hand() -> None:
    """Red and orange answer to acute: 80 + 80 + 160 of 512 assessed agree."""
    tables = triage_tables(counts_of({"2026-01": LARGE}), RETTS)
    assert value(tables, "concordance")[:2] == (80 + 80 + 160, 512)
    assert value(tables, "over_triage")[:2] == (50 + 40 + 50, 512)
    assert value(tables, "acute_not_acute")[:2] == (90, 170)
    assert value(tables, "acute_missed")[:2] == (32, 112)
    assert value(tables, "assessed")[:2] == (512, 547)
    assert not tables.measures["left_out"].any()
    cell = tables.matrix.filter(urgency="H", level="yellow")
    assert cell.select("n", "level_urgency", "share").row(0) == (80, "H", pytest.approx(80 / 170))
    assert tables.matrix.filter(urgency="", level="").select("n").item() == 547


def test_columns_are_those_of_the_dictionary() -> None:
    tables = triage_tables(counts_of({"2026-01": LARGE}), RETTS)
    for name, table in {
        "triage_matrix": tables.matrix,
        "triage": tables.measures,
        "triage_trend": tables.trend,
        "triage_chart": tables.chart,
        "triage_codes": tables.codes,
    }.items():
        assert [field.name for field in load_fields(f"missions_report/{name}")] == table.columns


def test_a_rise_over_the_months_is_found() -> None:
    """Of 200 acute calls 100, 110, … are not acute at the scene: 0.05 more each month, 0.6 a year."""
    by_month: dict[str, I8] = {}
    for month in range(8):
        table = LARGE * 0
        table[0, 0], table[0, 2], table[1, 2], table[2, 3] = 120 - 10 * month, 80 + 10 * month, 500, 500
        by_month[f"2026-{month + 1:02}"] = table
    tables = triage_tables(counts_of(by_month), RETTS)
    trend = tables.trend.filter(measure="acute_not_acute")
    assert trend["per_year"].item() == pytest.approx(0.6, abs=1e-6)
    assert trend["low"].item() > 0.3
    chart = tables.chart.filter(measure="acute_not_acute")
    assert chart["point"].to_list() == sorted(by_month)
    short = triage_tables(counts_of(dict(list(by_month.items())[:5])), RETTS)
    assert short.trend["per_year"].null_count() == short.trend.height


def test_a_small_count_and_what_would_tell_it_are_left_out() -> None:
    """Three incidents missed in January: neither their number, nor their share, nor a total less the other month."""
    small = LARGE * 10
    small[1:, :2] = 0
    small[1, 0] = 3
    tables = triage_tables(counts_of({"2026-01": small, "2026-02": LARGE * 10}), RETTS)
    january = value(tables, "acute_missed", "2026-01")
    assert january[0] is None
    assert january[2] is None
    february, whole = value(tables, "acute_missed", "2026-02")[0], value(tables, "acute_missed")[0]
    assert february is None or whole is None
    point = tables.chart.filter(measure="acute_missed", point="2026-01")
    assert point.select("value", "upper_limit", "left_out").row(0) == (None, None, True)


def test_kappa_is_told_only_where_none_of_its_cells_is_small() -> None:
    table = LARGE.copy()
    table[1, 0:2] = (4, 0)
    open_, hidden = (triage_tables(counts_of({"2026-01": table}), RETTS, threshold=t) for t in (0, 5))
    assert value(open_, "kappa")[2] is not None
    assert value(hidden, "kappa")[2] is None


def test_rare_codes_are_put_together() -> None:
    codes = pl.DataFrame(
        {"triage": ["rød", "?", "x"], "level": [0, None, None], "n": [90, 3, 4]}, schema_overrides={"level": pl.Int8}
    )
    counts = counts_of({"2026-01": LARGE})._replace(codes=codes)
    assert triage_tables(counts, RETTS).codes.rows() == [("", "", 7, 2), ("rød", "red", 90, 1)]


def test_a_store_without_any_triage_has_tables_too() -> None:
    tables = triage_tables(counts_of({"2026-01": LARGE * 0}), RETTS)
    assert value(tables, "concordance") == (0, 0, None)
    assert tables.matrix["n"].sum() == 0


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(0, 30), min_size=18, max_size=18), min_size=1, max_size=3))
def test_no_small_count_is_printed(cells: list[list[int]]) -> None:
    by_month = {f"2026-{n + 1:02}": np.array(one).reshape(3, 6) for n, one in enumerate(cells)}
    tables = triage_tables(counts_of(by_month), RETTS)
    for table, columns in ((tables.matrix, ["n"]), (tables.measures, ["cases", "size"])):
        for column in columns:
            assert table.filter(pl.col(column).is_between(1, 4)).height == 0
    told = tables.measures.filter(pl.col("cases").is_not_null() & pl.col("value").is_not_null() & (pl.col("size") > 0))
    shares = told.filter(~pl.col("measure").str.starts_with("kappa"))
    assert shares.select((pl.col("cases") / pl.col("size") - pl.col("value")).abs().max()).item() in (None, 0.0)
