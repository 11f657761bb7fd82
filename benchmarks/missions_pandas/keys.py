"""What rows are counted by, as small whole numbers, and how tables call them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

ALL, NONE = "", "none"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MS_PER_HOUR, MS_PER_DAY = 3_600_000, 86_400_000


class Key(NamedTuple):
    """The number of every row, and the name of every number."""

    number: Any
    names: Any


def keys_of(rows: pd.DataFrame) -> Mapping[str, Key]:
    """Urgency, places, kinds, and the clock of the call, as far as rows have them."""
    words = [name for name in ("urgency", "municipality", "station", "unit_kind") if name in rows.columns]
    return {**{name: word_key(rows[name]) for name in words}, **clock_keys(rows["local"])}


def word_key(words: Any) -> Key:
    """Of a column of categories."""
    number = words.cat.codes.to_numpy().astype(np.int32)
    names = np.array([*words.cat.categories, NONE], object)
    return Key(np.where(number < 0, len(names) - 1, number), names)


def clock_keys(local: Any) -> Mapping[str, Key]:
    """Of moments on the clock of the wall."""
    moments = local.to_numpy("datetime64[ms]")
    hour = moments.astype(np.int64) // MS_PER_HOUR
    month = moments.astype("datetime64[M]").astype(np.int32)
    first = int(month.min())
    months = np.arange(first, int(month.max()) + 1).astype("datetime64[M]").astype(str)
    return {
        "hour": Key((hour % 24).astype(np.int32), np.array([f"{one:02}" for one in range(24)], object)),
        "weekday": Key(((hour // 24 + 3) % 7).astype(np.int32), np.array(WEEKDAYS, object)),
        "month": Key(month - np.int32(first), months.astype(object)),
    }


def with_margins(counts: pd.DataFrame, keys: list[str], values: list[str]) -> pd.DataFrame:
    """Counts with those of all values of each key together, under the empty key."""
    counts = counts.astype(dict.fromkeys(keys, object))
    for key in keys:
        others = [column for column in counts.columns if column != key and column not in values]
        if others:
            margin = counts.groupby(others, as_index=False, observed=True)[values].sum()
        else:
            margin = counts[values].sum().to_frame().T
        counts = pd.concat([counts, margin.assign(**{key: ALL})], ignore_index=True)
    return counts


def counted_by(keys: Mapping[str, Key], names: list[str], chosen: Any = None) -> pd.DataFrame:
    """How many rows there are of each combination of keys that there is, as `n`."""
    sizes = [len(keys[name].names) for name in names]
    numbers = [keys[name].number if chosen is None else keys[name].number[chosen] for name in names]
    counts = np.bincount(np.ravel_multi_index(numbers, sizes), minlength=int(np.prod(sizes)))
    there = np.flatnonzero(counts)
    places = np.unravel_index(there, sizes)
    told = {name: keys[name].names[place] for name, place in zip(names, places, strict=True)}
    return pd.DataFrame({**told, "n": counts[there]})
