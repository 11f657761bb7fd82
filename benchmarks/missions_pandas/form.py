"""What is written in two forms: everything else of this folder is shared by both, and given one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from benchmarks.missions_pandas.keys import Key

LIMITS_S = {"12": 720, "25": 1_500}


class Form(Protocol):
    """Reading times, telling the parts of a moment, durations, counting, and figures of groups."""

    def read_times(self, texts: pd.Series) -> Any:
        """Moments in whole milliseconds of texts with the day first, missing where a text is none."""
        ...

    def clock_keys(self, local: Any) -> Mapping[str, Key]:
        """Hour, weekday and month of moments on the clock of the wall."""
        ...

    def durations_ms(self, rows: pd.DataFrame, interval: tuple[str, str]) -> Any:
        """From one stamp to another; below 0 where one is missing."""
        ...

    def counted_by(self, keys: Mapping[str, Key], names: list[str], chosen: Any = None) -> pd.DataFrame:
        """How many rows there are of each combination of keys that there is, as `n`."""
        ...

    def summed_up(
        self, ms: Any, keys: Mapping[str, Key], breakdowns: Sequence[list[str]], quantiles: Mapping[str, float]
    ) -> list[pd.DataFrame]:
        """Figures of durations by every breakdown, a row for each group that there is.

        Each has the names of its groups, `n`, `mean_s`, `squares` and `cubes` of what whole seconds are away from
        their mean, added up, `within_` every limit, and every quantile of whole seconds as `name`, `name_low` and
        `name_high`, the ends not a number where there are too few.

        Args:
            ms: durations, at least 0.
            keys: of the same rows.
            breakdowns: by which keys each; by none for all together.
            quantiles: by name.
        """
        ...
