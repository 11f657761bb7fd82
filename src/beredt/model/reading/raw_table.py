"""A table before types: what CSV and Parquet have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class RawTable:
    """All cells as stripped text, empty where nothing was given; in Parquet, numbers and booleans as they are.

    `lines[i]` is the row number that issues name for row i of `cells`: the line in a CSV file, the number of the
    record in a Parquet file.
    """

    file: str
    cells: pl.DataFrame
    lines: Sequence[int]
