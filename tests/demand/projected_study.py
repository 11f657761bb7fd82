"""The tiny study with a projection: the old are twice as many in 2040; in the high alternative all are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from beredt.demand.population import AGE_BANDS, people_by_age
from beredt.model.read import load_study
from beredt.model.study import Study
from tests.tiny_study import write_tiny_study

OLD = AGE_BANDS[7:]


def with_projection(folder: Path, rows: list[tuple[str, int, str, str, float]]) -> Study:
    """The study of a folder with these rows as its projection."""
    table = pl.DataFrame(rows, schema=["municipality", "year", "age_band", "alternative", "people"], orient="row")
    table.write_csv(folder / "projection.csv")
    return load_study(folder)


def doubling(folder: Path) -> Study:
    """The old are twice as many in 2040, the others as many; in the high alternative all are twice as many."""
    study = load_study(write_tiny_study(folder))
    today = people_by_age(study.service.areas, study.population, study.age_shares, 2026)
    home = np.array([area.municipality for area in study.service.areas])
    rows = []
    for name in sorted(set(home.tolist())):
        for band, people in zip(AGE_BANDS, today[home == name].sum(axis=0).tolist(), strict=True):
            rows.append((name, 2040, band, "main", people * (2 if band in OLD else 1)))
            rows.append((name, 2040, band, "high", people * 2))
    return with_projection(folder, rows)
