"""Table `task_capacity`: what so many planned tasks a day cost."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from beredt.decision.estimated import Estimated
from beredt.decision.frames import Cell, result_frame
from beredt.decision.standby.task_capacity import Capacity

TABLE = "task_capacity"
FIGURES = ("done_share", "late_share", "share_change_pp", "mean_change_s")


def capacity_table(found: Iterable[tuple[str, Capacity]]) -> pl.DataFrame:
    """The table.

    Args:
        found: alternatives (ids) with what their service can carry.
    """
    return result_frame(TABLE, (row for alternative, one in found for row in _rows(alternative, one)))


def _rows(alternative: str, capacity: Capacity) -> Iterable[dict[str, Cell]]:
    for one in capacity.carried:
        row: dict[str, Cell] = {
            "alternative": alternative,
            "task": capacity.task,
            "group": capacity.group,
            "per_day": one.per_day,
            "margin_pp": capacity.margin_pp,
        }
        for name in FIGURES:
            figure: Estimated = getattr(one, name)
            row |= figure.columns(name)
        yield row | {"holds": one.holds}
