"""The table `density`: where incidents happen and units are sent, then and now, with the difference.

**What is left out.** A square shows how its count is made up (urgencies, kinds of unit) only where no part of it is
small, and its whole count only where that is not small; the difference and the ratio only where both periods show
theirs. Where what is left out of a map adds up to a small count, the smallest square shown is left out, too: nobody
who knows the sum can take the others from it.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.errors import OutOfRangeError
from beredt.indicators.density.count import SquareCounts
from beredt.indicators.density.rate_ratio import F8, rate_ratio
from beredt.indicators.log.report_table import report_table
from beredt.indicators.runs import YEAR_DAYS
from beredt.indicators.suppress import ALL, THRESHOLD

B = NDArray[np.bool_]

SQUARE = ("east", "north")
KEYS = (*SQUARE, "counting", "part")

MORE, FEWER, UNCLEAR = "more", "fewer", "unclear"


def density_table(now: SquareCounts, then: SquareCounts | None = None, threshold: int = THRESHOLD) -> pl.DataFrame:
    """Every square with an incident or a mission in either period, by what is counted and its parts.

    Args:
        now: the period that is shown.
        then: the one that it is compared with, on the same grid; None for a map of one period.
        threshold: counts from 1 to one less are small; 0 shows all.

    Raises:
        OutOfRangeError: the two periods have not the same squares.
    """
    if then is not None and then.grid != now.grid:
        raise OutOfRangeError("the grid of the earlier period", then.grid, f"count both on {now.grid}")
    shown = _shown(now, threshold, "now", "now_hidden")
    if then is not None:
        before = _shown(then, threshold, "then", "then_hidden")
        shown = shown.join(before, on=KEYS, how="full", coalesce=True)
    else:
        shown = shown.with_columns(pl.lit(None, pl.Int64).alias("then"), then_hidden=pl.lit(False))
    full = shown.with_columns(pl.col("now_hidden", "then_hidden").fill_null(False))
    full = full.with_columns(_zero("now"), *([_zero("then")] if then is not None else []))
    table = _compared(full, now, then).with_columns(suppressed=pl.col("now_hidden") | pl.col("then_hidden"))
    return report_table(
        "density", _placed(table, now).drop("now_hidden", "then_hidden").sort("north_m", "east_m", *KEYS[2:])
    )


def _zero(name: str) -> pl.Expr:
    """Nothing was counted where no row stands."""
    return pl.when(pl.col(f"{name}_hidden")).then(None).otherwise(pl.col(name).fill_null(0)).alias(name)


def _shown(counts: SquareCounts, threshold: int, name: str, hidden: str) -> pl.DataFrame:
    """The squares of one period, all parts together as the part `ALL`, null where a count is left out."""
    parts = counts.squares.filter(pl.col("part") != ALL)  # what nobody knows the part of is in the whole alone
    whole = counts.squares.group_by(*SQUARE, "counting").agg(pl.col("n").sum()).with_columns(part=pl.lit(ALL))
    n, is_whole = pl.col("n"), pl.col("part") == ALL
    small = n.is_between(1, threshold - 1)
    unknown = n.filter(is_whole).sum() - n.filter(~is_whole).sum()
    split_hidden = (small.any() | unknown.is_between(1, threshold - 1)).over(*SQUARE, "counting")
    rows = pl.concat([parts.select(*KEYS, "n"), whole.select(*KEYS, "n")]).with_columns(
        pl.when(is_whole).then(small).otherwise(split_hidden).alias(hidden)
    )
    rows = _guarded(rows, hidden, threshold, is_whole, pl.lit(True))
    rows = _guarded(rows, hidden, threshold, ~is_whole, ~is_whole)
    return rows.select(*KEYS, pl.when(~pl.col(hidden)).then("n").alias(name), hidden)


def _guarded(rows: pl.DataFrame, hidden: str, threshold: int, layer: pl.Expr, with_it: pl.Expr) -> pl.DataFrame:
    """The rows, with one square more left out of each map whose squares left out add up to a small count.

    Args:
        rows: squares with their parts.
        hidden: name of the column that says what is left out.
        threshold: of small counts.
        layer: which rows are maps that are looked at, by counting and part.
        with_it: which rows of a square are left out with it, so that its other parts do not tell.
    """
    maps = rows.filter(layer)
    left_out = maps.group_by("counting", "part").agg(pl.col("n").filter(pl.col(hidden)).sum().alias("left_out"))
    open_maps = left_out.filter(pl.col("left_out").is_between(1, threshold - 1)).select("counting", "part")
    chosen = (
        maps.filter(~pl.col(hidden))
        .join(open_maps, on=["counting", "part"], how="semi")
        .sort("n", "north", "east")
        .unique(["counting", "part"], keep="first", maintain_order=True)
        .select(*SQUARE, "counting", also=pl.lit(True))
        .unique()
    )
    found = rows.join(chosen, on=[*SQUARE, "counting"], how="left").with_columns(
        (pl.col(hidden) | (pl.col("also").fill_null(False) & with_it)).alias(hidden)
    )
    return found.drop("also")


def _compared(table: pl.DataFrame, now: SquareCounts, then: SquareCounts | None) -> pl.DataFrame:
    """Rates per year, their difference and ratio, and whether chance alone would hardly make it."""
    now_days = float(now.days.days)
    rates = table.with_columns(now_per_year=pl.col("now") * (YEAR_DAYS / now_days))
    if then is None:
        nothing = [
            pl.lit(None, pl.Float64).alias(name) for name in ("then_per_year", "difference", "ratio", "low", "high")
        ]
        return rates.with_columns(*nothing, change=pl.lit(None, pl.String))
    then_days = float(then.days.days)
    both = (table["now"].is_not_null() & table["then"].is_not_null()).to_numpy()
    before, after = (table[name].fill_null(0).to_numpy().astype(np.int64) for name in ("then", "now"))
    found = rate_ratio(before, after, then_days, now_days)
    change = pl.Series(np.where(found.low > 1.0, MORE, np.where(found.high < 1.0, FEWER, UNCLEAR)))
    return rates.with_columns(
        then_per_year=pl.col("then") * (YEAR_DAYS / then_days),
        **{name: _finite(values, both) for name, values in found._asdict().items()},
        change=change.set(pl.Series(~both), None),
    ).with_columns(difference=pl.col("now_per_year") - pl.col("then_per_year"))


def _finite(values: F8, shown: B) -> pl.Series:
    return pl.Series(np.where(shown & np.isfinite(values), values, np.nan)).fill_nan(None)


def _placed(table: pl.DataFrame, counts: SquareCounts) -> pl.DataFrame:
    """South-west corners in metres and middles in degrees instead of numbers of squares."""
    east, north = (table[name].to_numpy().astype(np.int32) for name in SQUARE)
    (east_m, north_m), (lat, lon) = counts.grid.corner_m(east, north), counts.grid.middle(east, north)
    return table.with_columns(
        east_m=pl.Series(east_m), north_m=pl.Series(north_m), lat=pl.Series(lat), lon=pl.Series(lon)
    ).drop(SQUARE)
