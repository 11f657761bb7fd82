"""How people are spread over age bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.errors import FoundingError
from beredt.fetch.forms.differs import DiffersError
from beredt.fetch.forms.json_stat import read_json_stat
from beredt.founding.borders import Municipality
from beredt.model.issue import Issue

BANDS = ("0-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80-89", "90+")


def read_age_shares(path: Path, municipalities: Sequence[Municipality], year: int) -> pl.DataFrame:
    """The table `age_shares`, for the study's `year` whatever year was counted: region, year, age_band, share.

    Raises FoundingError for a municipality of which no ages are told.
    """
    ages = (
        _read(path)
        .with_columns(
            number=pl.col("Region").str.strip_prefix("K-"),
            age=pl.col("Alder").str.extract(r"^(\d+)", 1).cast(pl.Int64, strict=False),
        )
        .filter(pl.col("age").is_not_null())
    )
    counted = (
        ages.filter(pl.col("Tid") == pl.col("Tid").max())
        .group_by("number", "age")
        .agg(pl.col("value").sum())
        .sort("age")
    )
    by_number = {str(number): group for (number,), group in counted.group_by("number")}
    missing = [one for one in municipalities if one.number not in by_number or not by_number[one.number]["value"].sum()]
    if missing:
        numbers = ",".join(one.number for one in missing)
        remedy = f"beredt fetch population-age --municipalities {numbers} --again"
        raise FoundingError(
            [
                Issue(
                    path.name, None, "Region", numbers, len(missing), "no ages are told of these municipalities", remedy
                )
            ]
        )
    rows = [
        (one.id, year, band, share)
        for one in sorted(municipalities, key=lambda one: one.id)
        for band, share in zip(BANDS, _shares(by_number[one.number]), strict=True)
    ]
    return pl.DataFrame(rows, schema=["region", "year", "age_band", "share"], orient="row")


def counted_year(path: Path) -> int:
    """The newest year in which people were counted."""
    return int(str(_read(path)["Tid"].max()))


def counted_people(path: Path) -> Mapping[str, float]:
    """People by the number of their municipality, in the newest year that is told."""
    table = _read(path).filter(pl.col("Tid") == pl.col("Tid").max())
    sums = table.group_by(number=pl.col("Region").str.strip_prefix("K-")).agg(pl.col("value").sum()).sort("number")
    return dict(zip(sums["number"].to_list(), sums["value"].to_list(), strict=True))


def _read(path: Path) -> pl.DataFrame:
    """The table as it was fetched. Raises FoundingError where it is empty, or has other variables."""
    try:
        table = read_json_stat(path)
    except DiffersError as differs:
        raise _unusable(path, str(differs)) from differs
    missing = sorted({"Region", "Alder", "Tid"} - set(table.columns))
    if missing or table.is_empty():
        raise _unusable(path, f"has no {', no '.join(missing) or 'rows'}: no ages are told")
    return table


def _unusable(path: Path, message: str) -> FoundingError:
    return FoundingError([Issue(path.name, None, None, None, 1, message, "beredt fetch population-age --again")])


def _shares(ages: pl.DataFrame) -> list[float]:
    counts = np.zeros(len(BANDS))
    np.add.at(counts, np.minimum(ages["age"].to_numpy() // 10, 9), ages["value"].fill_null(0.0).to_numpy())
    return rounded_shares(counts)


def rounded_shares(counts: NDArray[np.float64]) -> list[float]:
    """Shares to 6 decimals that sum to exactly 1: the largest remainders are rounded up. `counts`: float64 (n,)."""
    millionths = counts / counts.sum() * 1e6
    whole = np.floor(millionths)
    short = round(1e6 - float(whole.sum()))
    whole[np.argsort(whole - millionths, kind="stable")[:short]] += 1
    return [round(float(n) / 1e6, 6) for n in whole]
