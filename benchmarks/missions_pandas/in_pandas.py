"""The form of pandas' own documentation: `to_datetime`, `.dt`, categories, and group-bys that aggregate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.estimates import ranks
from benchmarks.missions_pandas.form import LIMITS_S
from benchmarks.missions_pandas.keys import FORMAT, HOURS, WEEKDAYS, Key

MS = pd.Timedelta(milliseconds=1)


class InPandas:
    """Keys are categories of a frame, and everything is asked of its groups."""

    def read_times(self, texts: pd.Series) -> Any:
        """With the form that is known, so that nothing is guessed."""
        return pd.to_datetime(texts, format=FORMAT, errors="coerce").astype("datetime64[ms]")

    def clock_keys(self, local: Any) -> Mapping[str, Key]:
        """From what a column of moments tells of itself."""
        month = local.dt.to_period("M").astype("category")
        return {
            "hour": Key(local.dt.hour.to_numpy(), HOURS),
            "weekday": Key(local.dt.day_of_week.to_numpy(), WEEKDAYS),
            "month": Key(month.cat.codes.to_numpy(), np.array(month.cat.categories.astype(str), object)),
        }

    def durations_ms(self, rows: pd.DataFrame, interval: tuple[str, str]) -> Any:
        """As a column of durations."""
        begin, end = interval
        lasted: Any = rows[end] - rows[begin]
        return (lasted / MS).fillna(-1).astype("int64").to_numpy()

    def counted_by(self, keys: Mapping[str, Key], names: list[str], chosen: Any = None) -> pd.DataFrame:
        """The sizes of groups."""
        rows = _frame(keys, names)
        rows = rows if chosen is None else rows.loc[chosen]
        return _plain(rows.groupby(names, observed=True, sort=False).size().rename("n").reset_index(), keys)

    def summed_up(
        self, ms: Any, keys: Mapping[str, Key], breakdowns: Sequence[list[str]], quantiles: Mapping[str, float]
    ) -> list[pd.DataFrame]:
        """All in order of their length once, so that the place of a row in its group is its rank."""
        rows = _frame(keys, sorted({name for names in breakdowns for name in names}))
        rows = rows.assign(all=pd.Categorical.from_codes(np.zeros(len(ms), np.int8), pd.Index(["all"])), ms=ms)
        rows["second"] = -(-rows["ms"] // 1_000)
        for name, limit_s in LIMITS_S.items():
            rows[f"within_{name}"] = rows["second"] <= limit_s
        rows = rows.sort_values("second", ignore_index=True)
        return [_plain(_summed(rows, names or ["all"], quantiles), keys) for names in breakdowns]


def _frame(keys: Mapping[str, Key], names: list[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Categorical.from_codes(keys[name].number, keys[name].names) for name in names})


def _plain(table: pd.DataFrame, keys: Mapping[str, Key]) -> pd.DataFrame:
    """With words or numbers in the place of categories, as tables are told."""
    return table.astype({name: keys[name].names.dtype for name in table.columns if name in keys})


def _summed(rows: pd.DataFrame, names: list[str], quantiles: Mapping[str, float]) -> pd.DataFrame:
    groups = rows.groupby(names, observed=True, sort=False)
    limits = {f"within_{name}": (f"within_{name}", "sum") for name in LIMITS_S}
    asked: Any = {"n": "size", "std": "std", "skew": "skew"}
    table: Any = groups.agg(mean_s=("ms", "mean"), **{name: ("second", how) for name, how in asked.items()}, **limits)
    n = table["n"]
    table["mean_s"] /= 1_000
    # Sums of squares and cubes, from what the standard deviation and the skewness of a sample are.
    table["squares"] = (table.pop("std") ** 2 * (n - 1)).fillna(0)
    g1 = table.pop("skew") * (n - 2) / np.sqrt(n * (n - 1))
    table["cubes"] = (g1 * n * (table["squares"] / n) ** 1.5).fillna(0)
    if quantiles:
        found: Any = groups["second"].quantile(np.array([*quantiles.values()])).unstack()
        group, rank = groups.ngroup().to_numpy(), groups.cumcount().to_numpy() + 1
        for name, quantile in quantiles.items():
            table[name] = found[quantile]
            for end, wanted in zip(("low", "high"), ranks(n.to_numpy(), quantile), strict=True):
                at = rank == wanted[group]
                table[f"{name}_{end}"] = rows.loc[at].set_index(names)["second"]
    told: pd.DataFrame = table.reset_index().drop(columns="all", errors="ignore")
    return told
