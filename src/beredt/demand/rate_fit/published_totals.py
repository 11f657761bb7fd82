"""Rates from published totals: incidents of municipalities, drawn towards one another like areas of a log."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl

from beredt.demand.population import people_by_age
from beredt.demand.rate_fit.fit_rates import gamma_interval
from beredt.demand.rate_fit.gamma_poisson import F8, fit_area_factors
from beredt.demand.rates import yearly_incidents
from beredt.errors import OptionError
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES, urgency_code

COLUMNS = ("municipality", "urgency", "incidents")


def read_totals(path: Path, service: Service) -> Mapping[tuple[str, str], float]:
    """Incidents by municipality and urgency, of a CSV file with these columns.

    Raises:
        OptionError: A column is missing, a row names what the study has not, or a count is none.
    """
    table = pl.read_csv(path, infer_schema=False)
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise OptionError("--totals", str(path), f"it has no column {missing[0]}", f"give {', '.join(COLUMNS)}")
    known = {one.id for one in service.municipalities}
    found: dict[tuple[str, str], float] = {}
    for number, (town, urgency, text) in enumerate(table.select(COLUMNS).rows(), start=2):
        if town not in known or urgency not in URGENCIES or (town, urgency) in found:
            what = "names no municipality and urgency of the study, or one twice"
            raise OptionError("--totals", str(path), f"row {number} {what}", "correct the row")
        try:
            found[town, urgency] = float(text)
        except (TypeError, ValueError):
            raise OptionError("--totals", str(path), f"row {number} has no count", "give a number") from None
        if not 0.0 <= found[town, urgency] < np.inf:
            raise OptionError("--totals", str(path), f"row {number} has a count below 0", "give a number from 0 on")
    return found


def fit_totals(
    study: Study, totals: Mapping[tuple[str, str], float], years: float
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Hold totals against what the study expects.

    A total is as sure as its count; municipalities that the totals leave out keep what the study says.

    Args:
        study: Its rates and people.
        totals: Incidents by municipality and urgency.
        years: How many years they cover, above 0.

    Returns:
        `by_municipality` (municipality, urgency, incidents, expected, factor, low, high): all against the study, 95 %;
        and `area_factors` that a study can take as they are.
    """
    service, year = study.service, study.settings.study.year
    people = people_by_age(service.areas, study.population, study.age_shares, year)
    expected = yearly_incidents(service, people) * years
    home = np.array([area.municipality for area in service.areas])
    before = {(row.area, row.urgency): row.factor for row in service.area_factors}
    rows: list[tuple[object, ...]] = []
    factors: list[tuple[object, ...]] = []
    for urgency in URGENCIES:
        towns = sorted(town for town, own in totals if own == urgency)
        if not towns:
            continue
        seen = np.array([totals[town, urgency] for town in towns])
        told: F8 = np.array([expected[home == town, urgency_code(urgency)].sum() for town in towns])
        level = seen.sum() / told.sum() if told.sum() > 0.0 else 1.0
        known = fit_area_factors(seen, told * level)
        factor = known.factor * level
        # Where towns do not differ beyond chance, what is left open is how many there are in all.
        variance = np.maximum(known.relative_sd**2, 1.0 / max(float(seen.sum()), 1.0))
        low, high = gamma_interval(factor, variance)
        for place, town in enumerate(towns):
            rows.append((town, urgency, seen[place], told[place], factor[place], low[place], high[place]))
            factors += [
                (
                    area.id,
                    urgency,
                    float(factor[place]) * before.get((area.id, urgency), 1.0),
                    float(np.sqrt(variance[place])),
                )
                for area in service.areas
                if area.municipality == town
            ]
    names = ["municipality", "urgency", "incidents", "expected", "factor", "low", "high"]
    numbers = [pl.Float64()] * 5
    by_town = pl.DataFrame(rows, dict(zip(names, [pl.String(), pl.String(), *numbers], strict=True)), orient="row")
    area_schema = {"area": pl.String(), "urgency": pl.String(), "factor": pl.Float64(), "relative_sd": pl.Float64()}
    return by_town, pl.DataFrame(factors, area_schema, orient="row")
