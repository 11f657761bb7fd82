"""What the national indicator leaves out of the whole log the catalogue does not tell."""

from __future__ import annotations

import polars as pl

from beredt.report.missions.linked import without_national

CATALOGUE = {
    "catalogue": pl.DataFrame(
        {
            "indicator": ["response_urban", "response_urban", "other"],
            **{name: [9, 4, 7] for name in ("among", "left_out_rows", "size", "cases", "exposure")},
            **{name: [0.5, 0.4, 0.3] for name in ("value", "low", "high")},
            "meets": ["yes", "no", "no"],
            "left_out": [False, False, False],
        }
    ),
    "catalogue_left_out": pl.DataFrame(
        {"indicator": ["response_urban", "other"], "n": [5, 6], "share": [0.1, 0.2], "left_out": [False, False]}
    ),
    "catalogue_chart": pl.DataFrame({"indicator": ["response_urban", "other"], "value": [0.5, 0.3]}),
}


def national(counted: int | None, within: int | None) -> pl.DataFrame:
    return pl.DataFrame(
        {"variant": ["national"], "year": [""], "municipality": [""], "where": ["urban"], "counted": [counted],
         "within": [within]},
        schema_overrides={"counted": pl.Int64, "within": pl.Int64},
    )  # fmt: skip


def test_what_is_told_stays() -> None:
    told = without_national(CATALOGUE, national(90, 80))
    assert all(told[name].equals(table) for name, table in CATALOGUE.items())


def test_what_is_left_out_there_is_left_out_here_in_every_month_and_chart() -> None:
    told = without_national(CATALOGUE, national(90, None))
    assert told["catalogue"]["value"].to_list() == [None, None, 0.3]
    assert told["catalogue"]["left_out"].to_list() == [True, True, False]
    assert told["catalogue_left_out"]["n"].to_list() == [None, 6]
    assert told["catalogue_chart"]["indicator"].to_list() == ["other"]
