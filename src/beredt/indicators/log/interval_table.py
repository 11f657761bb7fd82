"""Every interval of a log, broken down and with small counts left out: mean, median, 90th percentile, shares in time.

Small numbers: fewer than 5 durations have no interval of their mean, fewer than 10 no 90th percentile, fewer than 36 no
upper end of it, and fewer than 30 are called `few`. A share whose count of late or of timely incidents is small is left
out on its own, since it would tell that count; the rest of its row stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.log.dimensions import Dimensions
from beredt.indicators.log.interval_counts import RESPONSE, IntervalCounts, TargetCounts
from beredt.indicators.log.options import DISTRICT, HOUR, MONTH, MUNICIPALITY, WEEKDAY
from beredt.indicators.log.report_table import report_table
from beredt.indicators.log.spread.histograms import MS_PER_S, Counted
from beredt.indicators.log.spread.means import mean_of
from beredt.indicators.log.spread.quantiles import numbers_of, quantile_of, within
from beredt.indicators.observed import F8, I8
from beredt.indicators.suppress import ALL, Counts, Names, Nesting, Protected, Split
from beredt.indicators.suppression.names import INCIDENTS, PLACE
from beredt.indicators.wilson import wilson_share

TWELVE_MIN_S, TWENTY_FIVE_MIN_S = 12 * 60, 25 * 60
FEWEST_FOR_P90 = 10
FEW = 30

KEYS = ("by", "key", "by2", "key2", "urgency")
_TIMES = tuple(f"{name}{end}" for name in ("mean", "median", "p90") for end in ("_s", "_low_s", "_high_s"))
_SHARES = tuple(f"share_{name}{end}" for name in ("12", "25", "target") for end in ("", "_low", "_high"))

SPLITS = (
    Split("n", ("within_12", "later_12")),
    Split("n", ("within_25", "later_25")),
    Split("within_25", ("within_12", "between")),
    Split("later_12", ("between", "later_25")),
    Split("n", ("with_target", "without_target")),
    Split("with_target", ("within_target", "later_target")),
    Split("within_target", ("within_12",), "all_12"),
    Split("within_target", ("within_25",), "all_25"),
)
"""What adds up in a row. Where all targets are 12 minutes, those within their target are those within 12 minutes."""

_COUNTS = ("n", *dict.fromkeys(name for split in SPLITS for name in (split.whole, *split.parts) if name != "n"))

NOTHING_LEFT_OUT, SHARES_LEFT_OUT, ALL_LEFT_OUT = "no", "shares", "all"
"""Values of the column `suppressed`."""


_KEY_OF = "key of "


def _key_of(name: str) -> str:
    """The column of the keys of one dimension."""
    return _KEY_OF + name


def _rows(counts: IntervalCounts, name: str, dimensions: Dimensions) -> pl.DataFrame:
    """One row per cell in which there is anything, with times, shares and counts."""
    counted = counts.counted.take(name)
    number = numbers_of(counted)
    columns: dict[str, Any] = {"n": number, **_times(counted, number)}
    if name == RESPONSE:
        columns |= _in_time(counted, counts.targets, number)
    keys = counts.cells.keys(dimensions)
    rows = keys.with_columns(**{column: pl.Series(values) for column, values in columns.items()})
    # Within the urgency "all", an urgency that nobody noted counts, too; it has no row of its own.
    return rows.filter(pl.col("n") > 0).with_columns(pl.col(pl.Float64).fill_nan(None), few=pl.col("n") < FEW)


def _times(counted: Counted, number: I8) -> Mapping[str, F8]:
    mean, median, p90 = mean_of(counted), quantile_of(counted, 0.5), quantile_of(counted, 0.9)
    enough = number >= FEWEST_FOR_P90
    found = (*mean, *median, *(np.where(enough, values, np.nan) for values in p90))
    return dict(zip(_TIMES, found, strict=True))


def _in_time(counted: Counted, targets: TargetCounts, number: I8) -> Mapping[str, NDArray[Any]]:
    """Counts and shares in time. Every count adds up with the others as SPLITS says."""
    within_12, within_25 = within(counted, TWELVE_MIN_S), within(counted, TWENTY_FIVE_MIN_S)
    one_target = (targets.number == number) & (targets.least_ms == targets.greatest_ms)
    counts = {
        "within_12": within_12,
        "later_12": number - within_12,
        "within_25": within_25,
        "later_25": number - within_25,
        "between": within_25 - within_12,
        "with_target": targets.number,
        "without_target": number - targets.number,
        "within_target": targets.within,
        "later_target": targets.number - targets.within,
        "all_12": one_target & (targets.least_ms == TWELVE_MIN_S * MS_PER_S),
        "all_25": one_target & (targets.least_ms == TWENTY_FIVE_MIN_S * MS_PER_S),
    }
    shares = [
        *wilson_share(within_12, number),
        *wilson_share(within_25, number),
        *wilson_share(targets.within, targets.number),
    ]
    return {**counts, **dict(zip(_SHARES, shares, strict=True))}


def counts_of_interval(interval: str, counts: IntervalCounts, dimensions: Dimensions) -> Counts:
    """One interval, every key of every breakdown, with all its counts in it, to be protected.

    Args:
        interval: Its name; its durations are gone afterwards.
        counts: Of incidents or of missions.
        dimensions: What was counted by.
    """
    rows = _rows(counts, interval, dimensions)
    names = sorted(set(rows["by"].unique()) | set(rows["by2"].unique()) - {ALL})
    wide = rows.with_columns(
        pl.when(pl.col("by") == name)
        .then("key")
        .when(pl.col("by2") == name)
        .then("key2")
        .otherwise(pl.lit(ALL))
        .alias(_key_of(name))
        for name in names
        if name != ALL
    )
    keys = [column for column in wide.columns if column.startswith(_KEY_OF)]
    numbers = [count for count in _COUNTS if count in rows.columns]
    return Counts(
        wide,
        ["urgency", *keys],
        numbers,
        {"n": [*_TIMES, "few"], **_tells(numbers)},
        splits=SPLITS if len(numbers) > 1 else (),
        nestings=_nestings(dimensions, keys),
        harmless_rests=["urgency"],
        rank=wide.select(_RANK).to_series().to_numpy(),
        names=_names(["urgency", *keys]),
    )


def shown_interval(counting: str, interval: str, found: Protected) -> pl.DataFrame:
    """Rows of the table `intervals` of one interval that has been protected."""
    counts = found.hidden.columns
    shares = pl.any_horizontal(pl.lit(False), *(found.hidden[count] for count in counts if count in _tells(counts)))
    shown = found.table.select(
        *KEYS, "n", *_TIMES, "few",
        *(pl.col(name) if name in found.table.columns else pl.lit(None, pl.Float64).alias(name) for name in _SHARES),
        suppressed=pl.when(found.hidden["n"]).then(pl.lit(ALL_LEFT_OUT))
        .when(pl.select(shares).to_series()).then(pl.lit(SHARES_LEFT_OUT))
        .otherwise(pl.lit(NOTHING_LEFT_OUT)),
    )  # fmt: skip
    return report_table("intervals", shown.with_columns(counting=pl.lit(counting), interval=pl.lit(interval)))


def _names(keys: Sequence[str]) -> Names:
    """The national indicator counts some of the same incidents."""
    places = {_key_of(name): PLACE for name in (MUNICIPALITY, DISTRICT)}
    dimensions = {key: places.get(key, key.removeprefix(_KEY_OF)) for key in keys}
    counts = {"n": INCIDENTS, "within_target": f"{INCIDENTS} in time", "later_target": f"{INCIDENTS} late"}
    return Names(dimensions, {count: (name, {}) for count, name in counts.items()})


_WHEN = [HOUR, WEEKDAY, MONTH]

_RANK = (
    2
    * (
        pl.when(pl.col("by") == ALL)
        .then(0)
        .when(pl.col("by2") != ALL)
        .then(3)
        .when(pl.col("by").is_in(_WHEN))
        .then(2)
        .otherwise(1)
    )
    + (~pl.col("urgency").is_in(["A", ALL])).cast(pl.Int64)
).cast(pl.Int64)
"""What is kept before what: the whole, then places and stations, then times, then two things at once; and of each the
acute ones and all urgencies together before the others."""


def _tells(counts: Sequence[str]) -> dict[str, list[str]]:
    """Which shares would tell a count: those it is the share of, and those of its other part."""
    of = {"12": ("within_12", "later_12"), "25": ("within_25", "later_25"), "target": ("within_target", "later_target")}
    return {
        count: [share for share in _SHARES if share.removeprefix("share_").split("_")[0] == name]
        for name, own in of.items()
        for count in own
        if count in counts
    }


def _nestings(dimensions: Dimensions, keys: Sequence[str]) -> list[Nesting]:
    """Districts lie in municipalities."""
    inner, outer = _key_of(DISTRICT), _key_of(MUNICIPALITY)
    if inner not in keys or outer not in keys:
        return []
    municipality = dimensions.keys[MUNICIPALITY]
    lies_in = dimensions.finder.district_municipality.tolist()
    districts = dimensions.keys[DISTRICT]
    outer_of = {districts[code]: municipality[own] for code, own in enumerate(lies_in) if own >= 0}
    return [Nesting(inner, outer, outer_of)] if outer_of else []
