"""From when to when each unit was at work on a mission, as its time stamps tell.

Work begins with the alert, or with the first stamp there is, and ends when the unit is free. Where that stamp is
missing, or comes more than a day after the one before it, work is held to end with the last stamp that is believed:
the least that can be. Time in which a log has a unit on two missions at once counts once, for the one begun first.
"""

from __future__ import annotations

import polars as pl

WORK_STAMPS = ("alerted_t", "rolling_t", "scene_t", "patient_t", "leave_t", "dest_t", "free_t")
"""Stamps that tell of work, in the order in which they should come; when a mission was made tells of none."""

LONGEST_S = 86_400.0
"""A unit that is free longer than this after the stamp before is not believed to have worked all the time."""

BEGIN, END = "begin_s", "end_s"


def with_work(missions: pl.DataFrame) -> pl.DataFrame:
    """Add when each unit began and ended its work.

    Args:
        missions: with `unit`, `row_id` and the stamps of `WORK_STAMPS` as float64 seconds, null where there is none.

    Returns:
        The rows in another order, with `begin_s` and `end_s` (null without any stamp), in which no unit is at work
        twice at once, and the booleans `free_missing`, `free_too_late` and `overlapped`, which tell what was assumed.
    """
    *before, free = (pl.col(name) for name in WORK_STAMPS)
    last = pl.max_horizontal(*before)
    free_missing = free.is_null()
    too_late = (free - last > LONGEST_S).fill_null(False)
    told = missions.with_columns(
        pl.coalesce(*before, free).alias(BEGIN),
        pl.when(free_missing | too_late).then(last).otherwise(free).alias(END),
        free_missing=free_missing & last.is_not_null(),
        free_too_late=too_late,
    ).with_columns(pl.max_horizontal(BEGIN, END).alias(END))
    return _apart(told)


def _apart(told: pl.DataFrame) -> pl.DataFrame:
    """Move the beginning of a mission to the end of all that its unit began before."""
    ordered = told.sort("unit", BEGIN, END, "row_id", nulls_last=True)
    busy_until = pl.col(END).cum_max().shift(1).over("unit")
    return (
        ordered.with_columns(busy_until=busy_until)
        .with_columns(overlapped=(pl.col("busy_until") > pl.col(BEGIN)).fill_null(False))
        .with_columns(
            pl.when("overlapped").then("busy_until").otherwise(BEGIN).alias(BEGIN),
        )
        .with_columns(pl.max_horizontal(BEGIN, END).alias(END))
        .drop("busy_until")
    )
