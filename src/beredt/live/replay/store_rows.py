"""Unit responses of a store of missions as a replay reads them: plain rows, stamps on the study's clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from beredt.errors import OptionError
from beredt.live.known import LOCAL
from beredt.live.replay.past import Stretch, day_of, no_such_day
from beredt.missions.schema import STAMPS
from beredt.missions.store import Store

BEFORE_DAYS = 1
"""Days before the stretch whose missions are read too: so long may one last."""
OF_ROWS = ("incident", "unit", "urgency", "lat", "lon", "destination", "planned", *STAMPS)
LATER = 10**15
"""A moment that never comes, ms."""

Row = dict[str, Any]


def rows_of(store: Store, stretch: Stretch) -> list[Row]:
    """Unit responses that may matter to a stretch of days, stamps as ms since 1970, in order of alert.

    Args:
        store: the log.
        stretch: which days; those shortly before are read too, for missions that last into it.

    Raises:
        OptionError: the log has no mission in these days.
    """
    missions = store.missions().select(OF_ROWS).with_columns(pl.col(pl.Categorical).cast(pl.String))
    zone = store.info.zone
    if zone != LOCAL.key:  # the clock of the log is kept, on the wall of the study
        missions = missions.with_columns(
            pl.col(STAMPS).dt.convert_time_zone(zone).dt.replace_time_zone(LOCAL.key, ambiguous="earliest",
                                                                           non_existent="null")
        )  # fmt: skip
    missions = missions.with_columns(pl.col(STAMPS).dt.epoch("ms")).with_columns(
        begin=pl.coalesce("alerted_t", "rolling_t", "scene_t")
    )
    first = stretch.begin_ms - BEFORE_DAYS * 86_400_000
    rows = missions.filter(pl.col("unit") != "", pl.col("begin").is_not_null())
    chosen = rows.filter(pl.col("begin").is_between(first, stretch.end_ms, closed="left")).sort("begin", "unit")
    found = chosen.collect().to_dicts()
    if not any(row["begin"] >= stretch.begin_ms for row in found):
        ends = rows.select(first=pl.col("begin").min(), last=pl.col("begin").max()).collect().row(0)
        raise no_such_day(stretch, [day_of(one) for one in ends if one is not None])
    return found


def refuse_strangers(rows: Sequence[Row], known: Sequence[Row], store: Store) -> None:
    """Refuse a log of which a study can make nothing.

    Args:
        rows: its unit responses.
        known: those of them whose unit is in the study.
        store: the log, for its path.

    Raises:
        OptionError: none of the units is in the study, or no incident has a place.
    """
    if not known:
        names = ", ".join(sorted({row["unit"] for row in rows})[:5])
        raise OptionError(
            "--study",
            str(store.path),
            f"the study has none of the log's units ({names} …): nobody's station is known",
            "name a study whose table units has the ids that the log writes",
        )
    if all(row["lat"] is None or row["lon"] is None for row in rows):
        raise OptionError(
            "STORE",
            str(store.path),
            "no incident of these days has a place: nothing can be reckoned without one",
            "import the log with its coordinates",
        )


def by_incident(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows by the incident that they were sent to, as events name it, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(f"i-{row['incident']}", []).append(row)
    return found
