"""Counts, weather, groups of areas and special days from CSV files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from beredt.demand.forecast.count_store import count_rows
from beredt.demand.forecast.counts import F8, Counts
from beredt.errors import OptionError

MOST_GAP_H = 3
"""Weather may be this old, in hours; older values are taken as missing."""


def read_counts(path: Path, step_min: int, zone: str) -> Counts:
    """Read counts: columns time, area, urgency, count, and perhaps lat and lon; rows may be missing where nothing came.

    Times without an offset are by the local clock of `zone`, the earlier one where the change to winter time makes it
    ambiguous; times of the hour that the change to summer time leaves out are taken as an hour later.

    Raises:
        OptionError: A column is missing, a time cannot be read, a count is no whole number from 0 up, or a position is
            none.
    """
    table = _read(path, ("time", "area", "urgency", "count"))
    count = table["count"].cast(pl.Int64, strict=False)
    _refuse(path, table, count.is_null() | (count < 0), "count", "a whole number from 0 up")
    rows = table.select(
        time=_times(path, table, zone), area=pl.col("area").fill_null("unknown"),
        urgency=pl.col("urgency").fill_null("unknown"), count=count, **_positions(path, table),
    )  # fmt: skip
    if rows["count"].sum() == 0:
        raise OptionError("FILE", str(path), "it holds no incident", "give counts of at least some weeks")
    return count_rows(rows, step_min, zone)[0]


def _positions(path: Path, table: pl.DataFrame) -> dict[str, pl.Series]:
    """Degrees of the rows, where the file has both columns; a cell may be empty."""
    limits = {"lat": 90.0, "lon": 180.0}
    if not set(limits) <= set(table.columns):
        return {}
    found = {name: table[name].cast(pl.Float64, strict=False) for name in limits}
    for name, limit in limits.items():
        wrong = table[name].is_not_null() & ~found[name].is_between(-limit, limit).fill_null(value=False)
        _refuse(path, table, wrong, name, "degrees with a decimal point, or nothing")
    return found


def read_weather(path: Path, counts: Counts, ahead: int) -> F8:
    """Read weather: column time, and columns of numbers. Every step takes the latest value, of three hours at most.

    Returns:
        float64[T + H, k].

    Raises:
        OptionError: A step of past or future has no value.
    """
    table = _read(path, ("time",))
    names = [name for name in table.columns if name != "time"]
    if not names:
        raise OptionError("--weather", str(path), "it has no column beside time", "add columns such as temperature")
    values = table.select(
        _times(path, table, counts.zone), *(pl.col(name).cast(pl.Float64, strict=False) for name in names)
    )
    moments = [counts.start + n * counts.step for n in range(counts.steps + ahead)]
    steps = pl.DataFrame({"time": pl.Series(moments, dtype=pl.Datetime("ms", "UTC"))})
    joined = steps.join_asof(
        values.drop_nulls().sort("time"), on="time", strategy="backward", tolerance=f"{MOST_GAP_H}h"
    )
    missing = joined.filter(pl.any_horizontal(pl.col(names).is_null()))
    if missing.height:
        raise OptionError(
            "--weather", str(path), f"{missing.height} steps have no value, the first at {missing['time'][0]}",
            "give every hour of the past and of the forecast, or leave weather out",
        )  # fmt: skip
    return joined.select(names).to_numpy().astype(np.float64)


def read_groups(path: Path) -> dict[str, str]:
    """Read groups of areas: columns area and group."""
    table = _read(path, ("area", "group"))
    return dict(zip(table["area"], table["group"], strict=True))


def read_special_days(path: Path) -> dict[date, str]:
    """Read special days: columns date (YYYY-MM-DD) and kind, such as holiday."""
    table = _read(path, ("date", "kind"))
    day = table["date"].str.to_date("%Y-%m-%d", strict=False)
    _refuse(path, table, day.is_null(), "date", "a date such as 2026-05-17")
    return dict(zip(day, table["kind"], strict=True))


def _read(path: Path, needed: tuple[str, ...]) -> pl.DataFrame:
    try:
        table = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise OptionError("FILE", str(path), f"it cannot be read ({error})", "give a CSV file in UTF-8") from None
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise OptionError(
            "FILE", str(path), f"there is no column {', '.join(missing)}", f"it needs {', '.join(needed)}"
        )
    return table


def _times(path: Path, table: pl.DataFrame, zone: str) -> pl.Series:
    """The column time as UTC."""
    text = table["time"]
    aware = text.str.contains(r"(Z|[+-]\d\d:?\d\d)$").fill_null(value=False).all()
    if aware:
        times = text.str.to_datetime(time_unit="ms", time_zone="UTC", strict=False)
    else:
        naive = text.str.to_datetime(time_unit="ms", strict=False)
        local, later = (
            one.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
            for one in (naive, naive.dt.offset_by("1h"))
        )
        times = local.fill_null(later).dt.convert_time_zone("UTC")
    _refuse(path, table, times.is_null(), "time", "a time such as 2026-05-17T14:00")
    return times.alias("time")


def _refuse(path: Path, table: pl.DataFrame, wrong: pl.Series, name: str, wanted: str) -> None:
    """Name the first row that is wrong, and say how many are."""
    if not wrong.any():
        return
    row = int(wrong.arg_max() or 0)
    raise OptionError(
        str(path), f"row {row + 2}", f"{name} is {table[name][row]!r}, as are {int(wrong.sum()) - 1} other rows wrong",
        f"give {wanted}",
    )  # fmt: skip
