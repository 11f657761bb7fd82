"""Find the incident of a case in the log again: what its units did when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import polars as pl

from beredt.indicators.review.cases import name_of_incident
from beredt.indicators.review.queued import QueuedCase, QueuedFlag
from beredt.missions.store import Store

SECOND = timedelta(seconds=1)


class IncidentOf(NamedTuple):
    """`incident`, one row or none, and `missions` to it in order of the alert, with the columns of a store."""

    incident: pl.DataFrame
    missions: pl.DataFrame


def find_incident(store: Store, case: QueuedCase, flags: Sequence[QueuedFlag]) -> IncidentOf:
    """The incident of a case, empty tables where the log does not have it any more.

    Where several are called alike, the one holds that a flag's mission belongs to, else the one whose turn it is by
    the number in the case's name.

    Args:
        store: The log.
        case: Of its queue.
        flags: Of the case.
    """
    alike = store.incidents().filter(_at(case)).with_columns(name=name_of_incident()).collect()
    own, number = alike.filter(pl.col("name") == case.name), 0
    if own.is_empty() and "#" in case.name:
        base, _, turn = case.name.rpartition("#")
        own, number = alike.filter(pl.col("name") == base), max(int(turn) - 1, 0) if turn.isdigit() else 0
    incidents = own["incident"].to_list()
    missions = store.missions().filter(pl.col("incident").is_in(incidents)).collect()
    if len(incidents) > 1:
        rows = [one.row_id for one in flags if one.row_id is not None and one.gone_at is None]
        flagged = missions.filter(pl.col("row_id").is_in(rows))["incident"].unique().sort().to_list()
        incidents = flagged[:1] or incidents[number : number + 1]
    return IncidentOf(
        own.filter(pl.col("incident").is_in(incidents)).drop("name"),
        missions.filter(pl.col("incident").is_in(incidents)).sort("alerted_t", "row_id", nulls_last=True),
    )


def _at(case: QueuedCase) -> pl.Expr:
    """Incidents with a call in the second of the case: a scan that skips all others."""
    if not case.call_t:
        return pl.col("call_t").is_null()
    begin = datetime.fromisoformat(case.call_t)
    return (pl.col("call_t") >= begin) & (pl.col("call_t") < begin + SECOND)
