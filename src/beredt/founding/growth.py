"""How the people of a municipality grow, by the main alternative of the projection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from beredt.fetch.forms.json_stat import read_json_stat
from beredt.founding.borders import Municipality

MAIN = "Personer"
"""The main alternative (MMMM) among the contents of the projection."""


def read_growth(
    path: Path | None, counted: Mapping[str, float], municipalities: Sequence[Municipality], year: int
) -> dict[int, dict[str, float]]:
    """Factors on the people of `year`, by year and municipality; 1 for `year` itself.

    Args:
        path: the projection, None where it was not fetched.
        counted: people in `year` by the number of their municipality.
        municipalities: of the study. A year in which one of them is not projected is left out.
        year: of the study.
    """
    factors: dict[int, dict[str, float]] = {year: {one.id: 1.0 for one in municipalities}}
    if path is None:
        return factors
    table = (
        read_json_stat(path)
        .filter(pl.col("ContentsCode") == MAIN)
        .group_by(number=pl.col("Region").str.strip_prefix("K-"), year=pl.col("Tid").cast(pl.Int64))
        .agg(pl.col("value").sum())
    )
    projected = {(number, when): value for number, when, value in table.rows()}
    for when in sorted({when for _, when in projected if when > year}):
        if all((one.number, when) in projected and counted.get(one.number) for one in municipalities):
            factors[when] = {one.id: projected[one.number, when] / counted[one.number] for one in municipalities}
    return factors
