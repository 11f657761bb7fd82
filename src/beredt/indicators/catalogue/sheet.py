"""One row for every key and period of an indicator, with all that is counted, and what of it may be told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from beredt.indicators.catalogue.count import UNKNOWN, Counted
from beredt.indicators.catalogue.indicator import NOT_KNOWN, PER_DAY, Indicator
from beredt.indicators.catalogue.periods import Days, days_of, period_name
from beredt.indicators.catalogue.spread import Durations, Spread, means, quantiles, rates
from beredt.indicators.suppress import ALL, Split, protect
from beredt.indicators.wilson import wilson_share

MS_PER_S = 1_000.0
MS_PER_HOUR = 3_600_000.0


def reason_ids(indicator: Indicator) -> list[str]:
    """Why rows may be left out, in the order in which reasons are looked for."""
    return [*(reason.id for reason in indicator.left_out), NOT_KNOWN]


def make_sheet(indicator: Indicator, counted: Counted, days: Days | None) -> pl.DataFrame:
    """Keys, each `ALL` or its own, `period` (`ALL` or its name), counts, and the value with its interval.

    The whole always has a row, other keys and periods where there is anything to count.
    """
    starts = counted.cells["start"].unique().drop_nulls().to_list()
    names = {start: period_name(start, indicator.period) for start in starts}
    cells = counted.cells.with_columns(
        period=pl.col("start").replace_strict(names, default=UNKNOWN, return_dtype=pl.String)
    )
    keys = [*counted.by, "period"]
    sheets = [_summed(indicator, cells, keys, own) for own in _groupings(keys)]
    sheet = pl.concat(sheets).sort(keys)
    sheet = sheet.with_columns(
        start=pl.col("period").replace_strict({name: start for start, name in names.items()}, default=None,
                                              return_dtype=pl.Date)
    ).with_columns(exposure=_exposure(indicator, days))  # fmt: skip
    found = _values(indicator, sheet, cells, keys)
    return sheet.with_columns(
        *(pl.Series(name, numbers).fill_nan(None) for name, numbers in found._asdict().items()),
        others=pl.col("size") - pl.col("cases") if indicator.value is None else pl.lit(None, pl.Int64),
        cases=pl.col("cases") if indicator.value is None else pl.lit(None, pl.Int64),
    )


def _summed(indicator: Indicator, cells: pl.DataFrame, keys: Sequence[str], own: Sequence[str]) -> pl.DataFrame:
    """Counts by some of the keys, the others being `ALL`."""
    counts = pl.col("reason").is_null()
    sums = [
        pl.col("n").sum().alias("among"),
        *(
            pl.col("n").filter(pl.col("reason") == place).sum().alias(f"out_{reason}")
            for place, reason in enumerate(reason_ids(indicator))
        ),
        pl.col("n").filter(counts).sum().alias("size"),
        *(pl.col(name).filter(counts).sum().alias(name) for name in ("cases", "total_ms")),
    ]
    table = cells.group_by(own).agg(sums) if own else cells.select(sums)
    every = [pl.col(key) if key in own else pl.lit(ALL).alias(key) for key in keys]
    return table.select(*every, pl.exclude(keys))


def _exposure(indicator: Indicator, days: Days | None) -> pl.Expr:
    """Days or hours that a rate is per; null of other kinds, and without a call."""
    if indicator.per is None or days is None:
        return pl.lit(None, pl.Float64)
    if indicator.per != PER_DAY:
        return pl.col("total_ms") / MS_PER_HOUR
    whole = float((days[1] - days[0]).days + 1)
    of_period = pl.col("start").map_elements(
        lambda start: float(days_of(start, indicator.period, days)), return_dtype=pl.Float64
    )
    return pl.when(pl.col("period") == ALL).then(whole).otherwise(of_period)


def _values(indicator: Indicator, sheet: pl.DataFrame, cells: pl.DataFrame, keys: Sequence[str]) -> Spread:
    cases, size = sheet["cases"].to_numpy(), sheet["size"].to_numpy()
    if indicator.kind == "share":
        return Spread(*wilson_share(cases, size, indicator.confidence))
    if indicator.kind == "rate":
        return rates(cases, sheet["exposure"].fill_null(np.nan).to_numpy(), indicator.confidence)
    durations = _durations(sheet, cells, keys)
    if indicator.kind == "mean":
        return means(durations, indicator.confidence)
    return quantiles(durations, 0.5 if indicator.kind == "median" else 0.9, indicator.confidence)


def _durations(sheet: pl.DataFrame, cells: pl.DataFrame, keys: Sequence[str]) -> Durations:
    """The durations of every row of the sheet."""
    counting = cells.filter(pl.col("reason").is_null())
    rows = sheet.select(keys).with_row_index("at")
    parts = []
    for own in _groupings(keys):
        counted = counting.group_by([*own, "second"]).agg(pl.col("n").sum())
        every = [pl.col(key) if key in own else pl.lit(ALL).alias(key) for key in keys]
        parts.append(counted.select(*every, "second", "n"))
    found = pl.concat(parts).join(rows, on=keys).sort("at", "second")
    first = np.searchsorted(found["at"].to_numpy(), np.arange(sheet.height + 1))
    return Durations(
        first,
        found["second"].to_numpy().astype(np.float64),
        found["n"].to_numpy(),
        sheet["total_ms"].to_numpy() / MS_PER_S,
    )


def _groupings(keys: Sequence[str]) -> list[list[str]]:
    """By nothing or one thing, each in all and by period."""
    *by, period = keys
    return [[*part, *more] for part in ([], *([name] for name in by)) for more in ([], [period])]


def protected(sheet: pl.DataFrame, indicator: Indicator, by: Sequence[str], threshold: int) -> pl.DataFrame:
    """The sheet with small counts left out, the true values kept as `true_…` for charts, and `hidden`.

    What counts and what is left out are protected apart from each other, and their sum is told only where both are: so
    a few rows that are left out for a rare reason take nothing from the value.
    """
    out = [f"out_{reason}" for reason in reason_ids(indicator)]
    keys = [*by, "period"]
    counts, splits = ["size"], []
    if indicator.value is None:
        counts, splits = ["size", "cases", "others"], [Split("size", ("cases", "others"))]
    true = sheet.with_columns(
        left_out_rows=pl.sum_horizontal(out),
        true_value=pl.col("value"),
        true_cases=pl.col("cases"),
        true_size=pl.col("size"),
        true_exposure=pl.col("exposure"),
    )
    shown, hidden, _ = protect(true, keys, counts, {}, threshold=threshold, splits=splits)
    reasons = protect(
        shown, keys, ["left_out_rows", *out], {}, threshold=threshold, splits=[Split("left_out_rows", tuple(out))]
    )
    telling = hidden.select(pl.any_horizontal(counts)).to_series()
    whole = hidden["size"] | reasons.hidden["left_out_rows"]
    return reasons.table.with_columns(
        *(pl.when(~telling).then(name).alias(name) for name in ("value", "low", "high", "exposure")),
        among=pl.when(~whole).then("among"),
        hidden=telling,
    )


def by_and_key(sheet: pl.DataFrame) -> tuple[pl.Expr, pl.Expr]:
    """What a row is of: the column it is parted by and its value there, both empty for the whole."""
    by = sheet.columns[: sheet.columns.index("period")]
    kind, key = pl.lit(""), pl.lit("")
    for name in by:
        kind = pl.when(pl.col(name) != ALL).then(pl.lit(name)).otherwise(kind)
        key = pl.when(pl.col(name) != ALL).then(pl.col(name)).otherwise(key)
    return kind.alias("by"), key.alias("key")
