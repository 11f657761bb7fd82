"""The form of whoever knows what lies under pandas: numpy sorts and counts, and pyarrow reads times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.missions_pandas.estimates import quantile_of
from benchmarks.missions_pandas.form import LIMITS_S
from benchmarks.missions_pandas.keys import FORMAT, HOURS, MS_PER_HOUR, NO_MS, WEEKDAYS, Key

WIDE = 1 << 22
"""More seconds than any interval has that is believed."""


class InColumns:
    """Counts are `bincount` of one number a row, quantiles stand in one sorted array."""

    def read_times(self, texts: pd.Series) -> Any:
        """By pyarrow's own parser."""
        told = pc.strptime(pa.array(texts, pa.string()), format=FORMAT, unit="ms", error_is_null=True)
        return told.to_pandas().astype("datetime64[ms]").to_numpy()

    def clock_keys(self, local: Any) -> Mapping[str, Key]:
        """By division."""
        moments = local.to_numpy("datetime64[ms]")
        hour = moments.astype(np.int64) // MS_PER_HOUR
        month = moments.astype("datetime64[M]").astype(np.int32)
        first = int(month.min())
        months = np.arange(first, int(month.max()) + 1).astype("datetime64[M]").astype(str)
        return {
            "hour": Key((hour % 24).astype(np.int32), HOURS),
            "weekday": Key(((hour // 24 + 3) % 7).astype(np.int32), WEEKDAYS),
            "month": Key(month - np.int32(first), months.astype(object)),
        }

    def durations_ms(self, rows: pd.DataFrame, interval: tuple[str, str]) -> Any:
        """As whole numbers from the beginning on."""
        begin, end = (rows[name].to_numpy("datetime64[ms]").astype(np.int64) for name in interval)
        return np.where((begin == NO_MS) | (end == NO_MS), -1, end - begin)

    def counted_by(self, keys: Mapping[str, Key], names: list[str], chosen: Any = None) -> pd.DataFrame:
        """All keys of a row as one number."""
        sizes = [len(keys[name].names) for name in names]
        numbers = [keys[name].number if chosen is None else keys[name].number[chosen] for name in names]
        counts = np.bincount(np.ravel_multi_index(numbers, sizes), minlength=int(np.prod(sizes)))
        there = np.flatnonzero(counts)
        places = np.unravel_index(there, sizes)
        told = {name: keys[name].names[place] for name, place in zip(names, places, strict=True)}
        return pd.DataFrame({**told, "n": counts[there]})

    def summed_up(
        self, ms: Any, keys: Mapping[str, Key], breakdowns: Sequence[list[str]], quantiles: Mapping[str, float]
    ) -> list[pd.DataFrame]:
        """Each breakdown by itself."""
        return [_summed(ms, keys, names, quantiles) for names in breakdowns]


def _summed(ms: Any, keys: Mapping[str, Key], names: list[str], quantiles: Mapping[str, float]) -> pd.DataFrame:
    sizes = [len(keys[name].names) for name in names] or [1]
    number = np.zeros(len(ms), np.int64)
    for name, size in zip(names, sizes, strict=False):
        number = number * size + keys[name].number
    counts = np.bincount(number, minlength=int(np.prod(sizes)))
    there = np.flatnonzero(counts)
    n = counts[there]
    mean_s = np.bincount(number, ms)[there] / 1_000 / n
    # Whole seconds behind the number of the group: one sort puts every group in order.
    packed = number * WIDE + (ms + 999) // 1_000
    packed.sort()
    second = packed % WIDE
    first, group = np.cumsum(n) - n, np.repeat(np.arange(len(n)), n)
    away = second - (np.add.reduceat(second, first) / n)[group]
    square = away * away
    places = np.unravel_index(there, sizes)
    told: dict[str, Any] = {name: keys[name].names[place] for name, place in zip(names, places, strict=False)}
    told |= {"n": n, "mean_s": mean_s}
    told |= {"squares": np.bincount(group, square), "cubes": np.bincount(group, square * away)}
    for name, quantile in quantiles.items():
        told[name], told[f"{name}_low"], told[f"{name}_high"] = quantile_of(second, first, n, quantile)
    return pd.DataFrame(
        {**told, **{f"within_{name}": np.bincount(group, second <= at) for name, at in LIMITS_S.items()}}
    )
