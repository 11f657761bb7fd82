"""One row for every key and period of an indicator, with all that is counted, and what of it may be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from scipy.special import gammaincinv

from beredt.indicators.catalogue.count import Counted
from beredt.indicators.catalogue.indicator import NOT_KNOWN, PER_DAY, Indicator
from beredt.indicators.catalogue.periods import Days, days_of, period_name
from beredt.indicators.catalogue.spread import Spread, mean_of, quantile_of
from beredt.indicators.suppress import ALL, Split, protect
from beredt.indicators.wilson import wilson_share


def reason_ids(indicator: Indicator) -> list[str]:
    """Why rows may be left out, in the order in which reasons are looked for."""
    return [*(reason.id for reason in indicator.left_out), NOT_KNOWN]


def make_sheet(indicator: Indicator, counted: Counted, days: Days | None) -> pl.DataFrame:
    """Keys, each `ALL` or its own, `period` (`ALL` or its name), counts, and the value with its interval."""
    names = {start: period_name(start, indicator.period) for start in counted.cells["start"].unique().drop_nulls()}
    cells = counted.cells.with_columns(
        period=pl.col("start").replace_strict(names, default="unknown", return_dtype=pl.String)
    )
    starts = {name: start for start, name in names.items()}
    rows = []
    for keys in ([], *([name] for name in counted.by)):
        for with_period in ([], ["period"]):
            rows += [
                _row(indicator, counted.by, dict(zip([*keys, *with_period], of, strict=True)), own, starts, days)
                for of, own in _groups(cells, [*keys, *with_period])
            ]
    return pl.DataFrame(rows, infer_schema_length=None).sort(*counted.by, "period")


def _groups(cells: pl.DataFrame, keys: list[str]) -> Iterator[tuple[tuple[Any, ...], pl.DataFrame]]:
    if not keys:
        yield (), cells
    else:
        yield from cells.group_by(keys, maintain_order=True)


def _row(
    indicator: Indicator,
    by: Sequence[str],
    keys: Mapping[str, str],
    cells: pl.DataFrame,
    starts: Mapping[str, date],
    days: Days | None,
) -> dict[str, Any]:
    reasons = reason_ids(indicator)
    counting = cells.filter(pl.col("reason").is_null())
    out = {
        f"out_{reason}": int(cells.filter(pl.col("reason") == place)["n"].sum()) for place, reason in enumerate(reasons)
    }
    size, cases = int(counting["n"].sum()), int(counting["cases"].sum())
    start = starts.get(keys.get("period", ALL))
    exposure = _exposure(indicator, counting, start, days, whole="period" not in keys)
    found = _value(indicator, counting, size, cases, exposure)
    numbers = {name: None if np.isnan(number) else float(number) for name, number in found._asdict().items()}
    with_cases = indicator.value is None
    return {
        **{name: keys.get(name, ALL) for name in (*by, "period")},
        "start": start,
        "among": int(cells["n"].sum()),
        **out,
        "size": size,
        "cases": cases if with_cases else None,
        "others": size - cases if with_cases else None,
        "exposure": None if np.isnan(exposure) else exposure,
        **numbers,
    }


def _exposure(
    indicator: Indicator, cells: pl.DataFrame, start: date | None, days: Days | None, *, whole: bool
) -> float:
    """Days or hours that a rate is per; nan of other kinds."""
    if indicator.per is None or days is None:
        return np.nan
    if indicator.per != PER_DAY:
        return float(cells["total"].sum())
    if whole:
        return float((days[1] - days[0]).days + 1)
    return float(days_of(start, indicator.period, days)) if start is not None else np.nan


def _value(indicator: Indicator, cells: pl.DataFrame, size: int, cases: int, exposure: float) -> Spread:
    if indicator.kind == "share":
        return Spread(*(float(one) for one in wilson_share(np.array(cases), np.array(size), indicator.confidence)))
    if indicator.kind == "rate":
        return rate_of(cases, exposure, indicator.confidence)
    seconds = cells.group_by("second").agg(pl.col("n").sum(), pl.col("total").sum()).sort("second")
    second, number = seconds["second"].to_numpy().astype(np.float64), seconds["n"].to_numpy()
    if indicator.kind == "mean":
        return mean_of(number, seconds["total"].to_numpy(), second, indicator.confidence)
    return quantile_of(number, second, 0.5 if indicator.kind == "median" else 0.9, indicator.confidence)


def rate_of(cases: int, exposure: float, confidence: float) -> Spread:
    """Cases per exposure, with the exact interval of a Poisson count (F. Garwood, Biometrika 28 (1936) 437–442)."""
    if not exposure > 0:
        return Spread(np.nan, np.nan, np.nan)
    tail = (1 - confidence) / 2
    low = float(gammaincinv(cases, tail)) if cases else 0.0
    high = float(gammaincinv(cases + 1, 1 - tail))
    return Spread(cases / exposure, low / exposure, high / exposure)


def protected(sheet: pl.DataFrame, indicator: Indicator, by: Sequence[str], threshold: int) -> pl.DataFrame:
    """The sheet with small counts left out, the true value kept as `true_value` for charts, and `hidden`."""
    out = [f"out_{reason}" for reason in reason_ids(indicator)]
    counts = ["among", *out, "size", *(["cases", "others"] if indicator.value is None else [])]
    splits = [Split("among", (*out, "size"))]
    if indicator.value is None:
        splits.append(Split("size", ("cases", "others")))
    true = sheet.with_columns(
        true_value=pl.col("value"),
        true_cases=pl.col("cases"),
        true_size=pl.col("size"),
        true_exposure=pl.col("exposure"),
    )
    shown, hidden, _ = protect(true, [*by, "period"], counts, {}, threshold=threshold, splits=splits)
    telling = hidden.select(
        pl.any_horizontal(name for name in ("size", "cases", "others") if name in counts)
    ).to_series()
    return shown.with_columns(
        *(pl.when(~telling).then(name).alias(name) for name in ("value", "low", "high", "exposure")),
        hidden=telling,
        # What is left out in all is told only where every reason is.
        left_out_rows=pl.when(~hidden.select(pl.any_horizontal(out)).to_series()).then(pl.sum_horizontal(out)),
    )


def by_and_key(sheet: pl.DataFrame) -> tuple[pl.Expr, pl.Expr]:
    """What a row is of: the column it is parted by and its value there, both empty for the whole."""
    by = sheet.columns[: sheet.columns.index("period")]
    kind, key = pl.lit(""), pl.lit("")
    for name in by:
        kind = pl.when(pl.col(name) != ALL).then(pl.lit(name)).otherwise(kind)
        key = pl.when(pl.col(name) != ALL).then(pl.col(name)).otherwise(key)
    return kind.alias("by"), key.alias("key")
