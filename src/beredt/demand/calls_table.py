"""A generated year of calls as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.demand.generate import demand_of, draw_happenings
from beredt.demand.intensity import DAY_HOURS, HOUR_S, period_of
from beredt.demand.population import AGE_BANDS, people_by_age
from beredt.demand.traits import draw_traits
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES

DAY_S = DAY_HOURS * HOUR_S


def calls_table(study: Study, service: Service, replication: int) -> pl.DataFrame:
    """Generate one replication of the days that count, one row per incident in order of its time.

    Columns are those of `fields/generate/calls.csv`. These are the incidents that a simulation of the same study and
    replication meets. They are generated: nobody's real calls.

    Args:
        study: Whose period, people and settings hold.
        service: Today's, or an alternative's.
        replication: Its number, at least 0.

    Raises:
        StudyError: Tables without what the study's year, areas or urgencies ask for.
    """
    seed, period, areas = study.settings.simulation.seed, period_of(study.settings), service.areas
    demand = demand_of(study, service)
    happened = draw_happenings(demand, seed, replication)
    begin = period.warmup_days * DAY_S
    counts = (happened.call_t >= begin) & (happened.call_t < begin + period.days * DAY_S)
    happened = happened.taken(counts)
    happened = happened.taken(np.argsort(happened.call_t, kind="stable"))
    people = people_by_age(areas, study.population, study.age_shares, study.settings.study.year)
    traits = draw_traits(
        service,
        demand,
        people,
        study.demand["incident_kinds"],
        study.settings.demand.variation,
        happened,
        seed,
        replication,
    )
    midnight = datetime.combine(period.first_day, time())
    since = pl.Series(np.rint(happened.call_t * 1000.0).astype(np.int64)).cast(pl.Duration("ms"))
    return pl.DataFrame(
        {
            "incident": np.arange(len(happened.k)),
            "time": pl.select(pl.lit(midnight, pl.Datetime("ms")) + since).to_series(),
            "area": _named([area.id for area in areas], happened.area),
            "municipality": _named([area.municipality for area in areas], happened.area),
            "urgency": _named(list(URGENCIES), happened.urgency),
            "kind": _named(list(traits.kinds), traits.kind),
            "age_band": _named([*AGE_BANDS, None], np.where(traits.age < 0, len(AGE_BANDS), traits.age)),
            "address": pl.Series(traits.address).replace(0, None),
            "at_home": traits.at_home,
            "follows": traits.follows,
            "generated": np.ones(len(happened.k), np.bool_),
        }
    )


def _named(names: Sequence[str | None], number: NDArray[np.integer[Any]]) -> pl.Series:
    return pl.Series(names, dtype=pl.String).gather(number.astype(np.int64))
