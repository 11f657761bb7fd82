"""What rows are counted by, as small whole numbers, and how tables call them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

ALL, NONE = "", "none"
FORMAT = "%d.%m.%Y %H:%M:%S"
HOURS = np.array([f"{one:02}" for one in range(24)], object)
WEEKDAYS = np.array(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], object)
MS_PER_HOUR, MS_PER_DAY = 3_600_000, 86_400_000
NO_MS = np.iinfo(np.int64).min
"""What numpy has in the place of a moment that is missing."""


class Key(NamedTuple):
    """The number of every row, and the name of every number."""

    number: Any
    names: Any


def word_key(words: Any) -> Key:
    """Of a column of categories."""
    number = words.cat.codes.to_numpy().astype(np.int32)
    names = np.array([*words.cat.categories, NONE], object)
    return Key(np.where(number < 0, len(names) - 1, number), names)


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
