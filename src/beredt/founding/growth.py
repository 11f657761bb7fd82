"""How the people of a municipality grow by age: the projection as a table of the study."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from beredt.fetch.forms.json_stat import read_json_stat
from beredt.founding.ages import BANDS
from beredt.founding.borders import Municipality

ALTERNATIVES = {"Personer": "main", "Personer1": "low", "Personer2": "high"}
"""Contents of the projection: MMMM, LLML and HHMH in the words of Statistics Norway."""
SCHEMA = {
    "municipality": pl.String,
    "year": pl.Int64,
    "age_band": pl.String,
    "alternative": pl.String,
    "people": pl.Float64,
}


def read_projection(path: Path | None, municipalities: Sequence[Municipality]) -> pl.DataFrame:
    """The table `projection`; without rows where none was fetched, and without years that lack a municipality."""
    if path is None:
        return pl.DataFrame(schema=SCHEMA)
    home = {one.number: one.id for one in municipalities}
    rows = (
        read_json_stat(path)
        .with_columns(number=pl.col("Region").str.strip_prefix("K-"))
        .filter(pl.col("number").is_in(list(home)) & pl.col("ContentsCode").is_in(list(ALTERNATIVES)))
        .select(
            municipality=pl.col("number").replace_strict(home, return_dtype=pl.String),
            year=pl.col("Tid").cast(pl.Int64),
            age_band=pl.col("Alder")
            .str.extract(r"^(\d+)", 1)
            .cast(pl.Int64)
            .floordiv(10)
            .clip(0, len(BANDS) - 1)
            .replace_strict(dict(enumerate(BANDS)), return_dtype=pl.String),
            alternative=pl.col("ContentsCode").replace_strict(ALTERNATIVES, return_dtype=pl.String),
            people="value",
        )
        .group_by("municipality", "year", "age_band", "alternative")
        .agg(pl.col("people").sum())
    )
    whole = (
        rows.group_by("year", "alternative")
        .agg(pl.col("municipality").n_unique())
        .filter(pl.col("municipality") == len(home))
    )
    return rows.join(whole, on=["year", "alternative"], how="semi").sort(
        "municipality", "year", "alternative", "age_band"
    )
