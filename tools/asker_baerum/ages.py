"""Age bands: how people are spread over them, and a labelled default of how need varies with age."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.founding.ages import BANDS, rounded_shares
from tools.asker_baerum.regions import ASKER_PARTS, MUNICIPALITIES, OSLO_DISTRICTS

YEARS = (2022, 2026)
STUDY_YEAR = 2026

MELBOURNE_85_TO_MIDDLE = 7.9
"""People of 85 and more use ambulances this many times as often as those of 45–69 (Melbourne)."""
MIDDLE = (45, 69)
OLD = 85
# Age → need relative to middle age: the shape between the two published groups is an assumption. Children below
# school age and young adults somewhat above their elders, then a rise that doubles about every nine years.
SHAPE_AGE = (0, 4, 10, 20, 35, 50, 60, 70, 80, 90, 105)
SHAPE_NEED = (0.70, 0.45, 0.35, 0.70, 0.60, 0.75, 1.05, 1.75, 3.9, 8.2, 12.0)


def read_ages(path: Path, region_column: str) -> pl.DataFrame:
    """Residents by region, age (single years, int) and year (columns)."""
    return pl.read_csv(path, schema_overrides={region_column: pl.String}).rename({region_column: "region"})


def age_shares(municipality_ages: pl.DataFrame, district_ages: pl.DataFrame) -> pl.DataFrame:
    """The table `age_shares`: region, year, age_band, share (6 decimals), sorted.

    Oslo by district; the three parts of Asker all have the shares of Asker as a whole.
    """
    district_id = {
        code: OSLO_DISTRICTS[code[-2:]][0] for code in district_ages["region"].unique() if "oslo_nor0301" in code
    }
    parts = [_shares(municipality_ages, number, name) for number, (name, _) in MUNICIPALITIES.items()]
    parts = [part for part in parts if part["region"][0] not in {"oslo", "asker"}]
    parts += [_shares(municipality_ages, "3203", part) for part in ASKER_PARTS]
    parts += [_shares(district_ages, code, name) for code, name in district_id.items()]
    return pl.concat(parts).sort("region", "year", "band_order").drop("band_order")


def _shares(ages: pl.DataFrame, code: str, region: str) -> pl.DataFrame:
    rows = []
    of_region = ages.filter(pl.col("region") == code)
    for year in YEARS:
        counts = np.zeros(len(BANDS))
        np.add.at(counts, np.minimum(of_region["age"].to_numpy() // 10, 9), of_region[str(year)].to_numpy())
        rows += [
            (region, year, i, band, share)
            for i, (band, share) in enumerate(zip(BANDS, rounded_shares(counts), strict=True))
        ]
    return pl.DataFrame(rows, schema=["region", "year", "band_order", "age_band", "share"], orient="row")


def age_rates(municipality_ages: pl.DataFrame) -> pl.DataFrame:
    """The table `age_rates`: need per person by band, 1 for the study's population of 2026 as a whole.

    85 and more have 7.9 times the need of 45–69: above middle age the assumed curve is bent until it fits.
    """
    study = municipality_ages.filter(pl.col("region").is_in(list(MUNICIPALITIES)))
    people = study.group_by("age").agg(pl.col(str(STUDY_YEAR)).sum()).sort("age")
    age, count = people["age"].to_numpy(), people[str(STUDY_YEAR)].to_numpy().astype(np.float64)
    low, high = 0.2, 5.0
    for _ in range(60):
        bend = (low + high) / 2
        need = _need(age, bend)
        ratio = _mean(need, count, age >= OLD) / _mean(need, count, (age >= MIDDLE[0]) & (age <= MIDDLE[1]))
        low, high = (bend, high) if ratio < MELBOURNE_85_TO_MIDDLE else (low, bend)
    need = need / _mean(need, count, age >= 0)
    band = np.minimum(age // 10, 9)
    relative = [round(_mean(need, count, band == i), 3) for i in range(len(BANDS))]
    return pl.DataFrame({"age_band": BANDS, "relative": relative})


def _need(age: NDArray[np.int64], bend: float) -> NDArray[np.float64]:
    """Need by age, log-linear between the points; above 70 the points' logarithms are stretched by `bend`."""
    logs = np.log(np.array(SHAPE_NEED))
    points = np.array(SHAPE_AGE)
    at_70 = logs[points == 70][0]
    logs = np.where(points > 70, at_70 + (logs - at_70) * bend, logs)
    need: NDArray[np.float64] = np.exp(np.interp(age, points, logs))
    return need


def _mean(need: NDArray[np.float64], count: NDArray[np.float64], where: NDArray[np.bool_]) -> float:
    return float((need[where] * count[where]).sum() / count[where].sum())
