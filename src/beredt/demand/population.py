"""People per area and age band in a year: the population table spread by the age shares of the region."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.errors import StudyError
from beredt.model.area import Area
from beredt.model.issue import Issue

F8 = NDArray[np.float64]

AGE_BANDS = ("0-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80-89", "90+")
"""Columns of every array by age, as in the field dictionary."""


def people_by_area(areas: Sequence[Area], population: pl.DataFrame, year: int) -> F8:
    """Count the people of every area in a year.

    Args:
        areas: Areas of the service.
        population: Columns area, year, people.
        year: A year of the table.

    Returns:
        float64[areas], people, at least 0.

    Raises:
        StudyError: Areas without a row for the year; one issue, with their number.
    """
    rows = population.filter(pl.col("year") == year)
    people = dict(zip(rows["area"].to_list(), rows["people"].to_list(), strict=True))
    _refuse_missing("population", "area", [area.id for area in areas if area.id not in people], year)
    return np.array([people[area.id] for area in areas], np.float64)


def people_by_age(areas: Sequence[Area], population: pl.DataFrame, age_shares: pl.DataFrame, year: int) -> F8:
    """Count the people of every area and age band in a year.

    An area has the age shares of its district, or of its municipality where it has no district. Printed shares
    are rounded, so those of a region are first scaled to sum to 1: the people of an area stay what the population
    table says.

    Args:
        areas: Areas of the service.
        population: Columns area, year, people.
        age_shares: Columns region, year, age_band, share.
        year: A year of both tables.

    Returns:
        float64[areas, 10], people in the order of `AGE_BANDS`.

    Raises:
        StudyError: Areas without people for the year, or regions without shares; one issue each.
    """
    people = people_by_area(areas, population, year)
    shares = _shares_by_region(age_shares, year)
    regions = [area.district or area.municipality for area in areas]
    _refuse_missing("age_shares", "region", sorted({region for region in regions if region not in shares}), year)
    by_area: F8 = np.array([shares[region] for region in regions], np.float64).reshape(-1, len(AGE_BANDS))
    return people[:, np.newaxis] * by_area


def _shares_by_region(age_shares: pl.DataFrame, year: int) -> dict[str, F8]:
    """Shares that sum to 1; a region whose shares are all 0 counts as missing."""
    found: dict[str, F8] = {}
    rows = age_shares.filter(pl.col("year") == year)
    columns = (rows[name].to_list() for name in ("region", "age_band", "share"))
    for region, band, share in zip(*columns, strict=True):
        found.setdefault(region, np.zeros(len(AGE_BANDS)))[AGE_BANDS.index(band)] = share
    return {region: shares / shares.sum() for region, shares in found.items() if shares.sum() > 0.0}


def _refuse_missing(table: str, field: str, missing: list[str], year: int) -> None:
    if missing:
        message = f"nothing for {missing[0]} in {year}"
        remedy = f"add rows for {year}, or choose another year under [study] in study.toml"
        raise StudyError([Issue(table, None, field, missing[0], len(missing), message, remedy)])
