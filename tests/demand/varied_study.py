"""The tiny study with tables and settings of how its demand varies, without files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from beredt.demand.generate import Demand, demand_of, draw_happenings
from beredt.demand.happenings import Happenings
from beredt.model.dictionary import load_tables
from beredt.model.reading.cells import DTYPES
from beredt.model.settings_sections import VariationSection
from beredt.model.study import Study

Rows = Sequence[Mapping[str, Any]]
DAY_S = 86_400.0


def table_of(name: str, rows: Rows) -> pl.DataFrame:
    """A table of the dictionary; columns that rows leave out are null, or their default where it is a number."""
    fields = load_tables()[name].fields
    whole = [
        {f.name: row.get(f.name, float(f.default) if f.default and f.base_type == "float" else None) for f in fields}
        for row in rows
    ]
    return pl.DataFrame(whole, schema={field.name: DTYPES[field.base_type] for field in fields})


def varied(
    study: Study,
    tables: Mapping[str, Rows] | None = None,
    *,
    days: int = 365,
    start: date = date(2026, 1, 1),
    **variation: Any,
) -> Study:
    """The study with these rows and settings over a period without warm-up."""
    settings = study.settings
    demand = dict(study.demand) | {name: table_of(name, rows) for name, rows in (tables or {}).items()}
    return replace(
        study,
        demand=demand,
        settings=settings.model_copy(
            update={
                "study": settings.study.model_copy(update={"start": start}),
                "simulation": settings.simulation.model_copy(
                    update={"days": days, "warmup_days": 0, "cooldown_days": 0}
                ),
                "demand": settings.demand.model_copy(update={"variation": VariationSection(**variation)}),
            }
        ),
    )


def demand_of_study(study: Study) -> Demand:
    return demand_of(study, study.service)


def years_of(study: Study, replications: int, seed: int = 7) -> list[Happenings]:
    """Replications without what each incident asks for."""
    demand = demand_of_study(study)
    return [draw_happenings(demand, seed, replication) for replication in range(replications)]


def daily(happened: Happenings, days: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Incidents of each day."""
    return np.bincount((happened.call_t // DAY_S).astype(np.int64), minlength=days)
