"""Tables of observed reach: squares for a map per station, and zones to be read.

Arrivals are from wherever the units then were, not from their stations: a car that was moved up reaches further.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import polars as pl

from beredt.indicators.log.report_table import report_table
from beredt.indicators.reach_seen.arrivals import INTERVALS, Arrivals
from beredt.indicators.square_grid import NOWHERE
from beredt.indicators.suppress import THRESHOLD

MINUTES = (10, 15, 20)
"""Limits of reach: green, yellow and orange on the map."""

S_PER_MIN = 60

BITS = 21
"""Of the number of a station, a zone, or a square east or north, at most: three of them go into one number."""


def reach_squares_table(
    arrivals: Arrivals, minutes: Sequence[int] = MINUTES, threshold: int = THRESHOLD
) -> pl.DataFrame:
    """The table `reach_squares`: for every station the squares that its units came to often enough, and how soon.

    Squares with fewer arrivals than the threshold are left out, and one more of a station whose squares left out add
    up to fewer. `within` is the least limit that half the arrivals keep: what the map shows.

    Args:
        arrivals: of a log.
        minutes: limits, ascending.
        threshold: least number of arrivals; 0 shows every square.
    """
    found = [
        _guarded(_summed(arrivals.rows, interval, ("east", "north"), minutes), threshold).with_columns(
            interval=pl.lit(interval)
        )
        for interval in INTERVALS
    ]
    table = pl.concat(found)
    east, north = (table[name].to_numpy().astype(np.int32) for name in ("east", "north"))
    (east_m, north_m), (lat, lon) = arrivals.grid.corner_m(east, north), arrivals.grid.middle(east, north)
    placed = table.with_columns(
        east_m=pl.Series(east_m), north_m=pl.Series(north_m), lat=pl.Series(lat), lon=pl.Series(lon)
    ).with_columns(_named("station", arrivals.stations))
    shown = placed.select("interval", "station", "east_m", "north_m", "lat", "lon", "arrivals", "median_s", "within")
    return report_table("reach_squares", shown.sort("interval", "station", "north_m", "east_m"))


def reach_zones_table(arrivals: Arrivals, minutes: Sequence[int] = MINUTES, threshold: int = THRESHOLD) -> pl.DataFrame:
    """The table `reach_zones`: for every station and zone how many of its units' arrivals keep each limit.

    Shares are shown only where none of the counts between two limits is small.

    Args:
        arrivals: of a log.
        minutes: limits, ascending.
        threshold: counts below it are small; 0 shows all.
    """
    rows = arrivals.rows.filter(pl.col("zone") >= 0)
    found = []
    for interval in INTERVALS:
        summed = _guarded(_summed(rows, interval, ("zone",), minutes), threshold).with_columns(
            interval=pl.lit(interval)
        )
        bands = [pl.col(f"within_{one}") for one in minutes]
        parts = [bands[0], *(b - a for a, b in pairwise(bands)), pl.col("arrivals") - bands[-1]]
        small = pl.any_horizontal(part.is_between(1, threshold - 1) for part in parts)
        found.append(summed.with_columns(suppressed=small))
    table = pl.concat(found).with_columns(_named("station", arrivals.stations), _named("zone", arrivals.zones))
    long = table.unpivot(
        [f"within_{one}" for one in minutes],
        index=["interval", "station", "zone", "arrivals", "median_s", "suppressed"],
        variable_name="minutes",
        value_name="kept",
    ).with_columns(pl.col("minutes").str.strip_prefix("within_").cast(pl.Int64))
    share = pl.when(~pl.col("suppressed")).then(pl.col("kept") / pl.col("arrivals"))
    shown = long.with_columns(share=share).drop("kept")
    return report_table("reach_zones", shown.sort("interval", "station", "zone", "minutes"))


def _summed(rows: pl.DataFrame, interval: str, keys: Sequence[str], minutes: Sequence[int]) -> pl.DataFrame:
    """Arrivals, median and how many keep each limit, by station and keys."""
    known = rows.filter(pl.col(interval).is_not_null())
    time_s, names = pl.col(interval), ("station", *keys)
    summed = known.group_by(key=_packed(names)).agg(
        arrivals=pl.len().cast(pl.Int64),
        median_s=time_s.median().cast(pl.Float64),
        **{f"within_{one}": (time_s <= one * S_PER_MIN).sum().cast(pl.Int64) for one in minutes},
    )
    within = pl.coalesce(pl.when(pl.col("median_s") <= one * S_PER_MIN).then(pl.lit(one, pl.Int64)) for one in minutes)
    told = {name: _unpacked(place) for place, name in enumerate(reversed(names))}
    return summed.with_columns(**told, within=within).sort("key").select(*names, pl.exclude("key", *names))


def _packed(names: Sequence[str]) -> pl.Expr:
    """Some columns of numbers, NOWHERE among them, as one: by one column rows are told apart in half the time."""
    key = pl.lit(0, pl.Int64)
    for name in names:
        key = key * (1 << BITS) + pl.col(name) - NOWHERE
    return key


def _unpacked(place: int) -> pl.Expr:
    """The column that is number `place` from the last of those that were packed."""
    return (pl.col("key") // (1 << BITS * place) % (1 << BITS) + NOWHERE).cast(pl.Int32)


def _guarded(rows: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """Rows with enough arrivals; of a station whose other rows have too few together, without the smallest, too."""
    small = pl.col("arrivals") < threshold
    left_out = pl.col("arrivals").filter(small).sum().over("station")
    place = pl.when(~small).then("arrivals").rank("ordinal").over("station")
    also = left_out.is_between(1, threshold - 1) & (place == 1).fill_null(False)
    return rows.filter(~(small | also))


def _named(column: str, ids: Sequence[str]) -> pl.Expr:
    return pl.col(column).replace_strict(dict(enumerate(ids)), default=None, return_dtype=pl.String).alias(column)
