"""Units that are in two places at once."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.missions.checks.sheet import Sheet
from beredt.missions.checks.stamps import NO_TIME


def find_overlaps(sheet: Sheet) -> None:
    """Mark missions on which a unit rolls before it is free from its mission before.

    Looked for among the rows at hand, so not over the border of two parts of a log.
    """
    if not sheet.context.has("overlapping_missions"):
        return
    rolling, free = sheet.usable["rolling_t"], sheet.usable["free_t"]
    at = np.flatnonzero((rolling != NO_TIME) & (free != NO_TIME) & ~sheet.marked("duplicate", "near_duplicate"))
    if at.size < 2:
        return
    unit = sheet.rows["unit"]
    frame = (
        pl.DataFrame({"unit": unit.to_physical().gather(at), "rolling": rolling[at], "free": free[at], "at": at})
        .filter(pl.Series((unit != "").to_numpy()[at]))
        .sort("unit", "rolling", "at")
    )
    name, begin, end, rows = (frame[column].to_numpy() for column in ("unit", "rolling", "free", "at"))
    overlap = (name[1:] == name[:-1]) & (begin[1:] < end[:-1])
    sheet.mark("overlapping_missions", "rolling_t", np.sort(rows[1:][overlap]))
