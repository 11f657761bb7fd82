"""Two tables of calls brought to the same weeks of the year, so that their likeness can be asked about."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.demand.likeness import WEEK_S, CallLog
from beredt.model.urgency import URGENCIES


def paired_weeks(one: pl.DataFrame, other: pl.DataFrame) -> tuple[CallLog, CallLog, int]:
    """Whole ISO weeks that both have, each pair at the same place, and how many.

    Of a table of several years that with the most whole weeks is taken. The first and the last week of a table count
    as whole when they have calls on Monday and on Sunday.

    Args:
        one: Columns time (by the clock, without zone), area, urgency.
        other: The same.
    """
    marked = [_of_one_year(table) for table in (one, other)]
    weeks = sorted(set(marked[0]["week"].to_list()) & set(marked[1]["week"].to_list()))
    names = sorted(set(one["area"].to_list()) | set(other["area"].to_list()))
    first, second = (_log(table, weeks, names) for table in marked)
    return first, second, len(weeks)


def _of_one_year(table: pl.DataFrame) -> pl.DataFrame:
    time = pl.col("time")
    marked = table.select(
        time, "area", "urgency", year=time.dt.iso_year(), week=time.dt.week().cast(pl.Int64), day=time.dt.weekday()
    )
    whole = (
        marked.group_by("year", "week")
        .agg(first=pl.col("day").min(), last=pl.col("day").max())
        .filter((pl.col("first") == 1) & (pl.col("last") == 7))
    )
    most = whole.group_by("year").len().sort("len", "year", descending=[True, False])
    year = most["year"][0] if most.height else None
    kept = whole.filter(pl.col("year") == year).select("year", "week")
    return marked.join(kept, on=["year", "week"], how="semi").sort("time")


def _log(table: pl.DataFrame, weeks: list[int], names: list[str]) -> CallLog:
    kept = table.filter(pl.col("week").is_in(weeks))
    within = (kept["time"] - kept["time"].dt.truncate("1w")).dt.total_milliseconds().to_numpy() / 1000.0
    place = np.searchsorted(np.array(weeks), kept["week"].to_numpy())
    area = kept["area"].replace_strict(names, list(range(len(names))), return_dtype=pl.Int64).to_numpy()
    urgency = kept["urgency"].replace_strict(list(URGENCIES), [0, 1, 2], return_dtype=pl.Int64).to_numpy()
    return CallLog(place * WEEK_S + within, area, urgency)
