"""Indicators of the built-in catalogue that a log can tell without a study: values, rows left out, and charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.charts import chart_of
from benchmarks.missions_pandas.estimates import Z, poisson, quantile_of, wilson
from benchmarks.missions_pandas.keys import ALL, Key
from benchmarks.missions_pandas.times import INCIDENT_INTERVALS, MISSION_INTERVALS, WIDE, durations_ms

QUANTILES = {"median": 0.5, "p90": 0.9}
UNITS = {"share": "share", "rate": "per_day"}


class Asked(NamedTuple):
    """One indicator: which rows are meant, and which of them count, or how long each took in ms, below 0 unknown."""

    kind: str
    month: Key
    among: Any
    counts: Any = None
    ms: Any = None


class Log(NamedTuple):
    """Rows of one table with their months and intervals."""

    rows: pd.DataFrame
    month: Key
    ms: Mapping[str, Any]


def log_of(rows: pd.DataFrame, month: Key, intervals: Mapping[str, tuple[str, str]]) -> Log:
    """Work the intervals out."""
    return Log(rows, month, {name: durations_ms(rows, stamps) for name, stamps in intervals.items()})


def indicators(missions: pd.DataFrame, months: Key, incidents: pd.DataFrame, months_of: Key) -> dict[str, Asked]:
    """All of them, as the catalogue defines them."""
    sent, call = log_of(missions, months, MISSION_INTERVALS), log_of(incidents, months_of, INCIDENT_INTERVALS)
    urgent = {one: (call.rows["urgency"] == one).to_numpy() for one in "AH"}
    acute, hastened = ((sent.rows["urgency"] == one).to_numpy() for one in "AH")
    done = ~sent.rows["cancelled"].to_numpy()
    carried = sent.rows["carried"].to_numpy()
    rolled = sent.ms["mobilisation"]
    known = np.logical_and.reduce([sent.ms[name] >= 0 for name in ("handling", "mobilisation", "travel")])
    several = call.rows["units"].to_numpy() > 1
    every = np.ones(len(call.rows), bool)
    return {
        "handling_acute": Asked("median", call.month, urgent["A"], ms=call.ms["handling"]),
        "handling_urgent": Asked("median", call.month, urgent["H"], ms=call.ms["handling"]),
        "mobilisation_acute": Asked("share", sent.month, acute & done, rolled <= 120_000, rolled),
        "response_acute_p90": Asked("p90", call.month, urgent["A"], ms=call.ms["response"]),
        "on_scene_acute": Asked("median", sent.month, acute & carried, ms=sent.ms["on_scene"]),
        "handover": Asked("median", sent.month, carried, ms=sent.ms["handover"]),
        "mission_time": Asked("mean", sent.month, done, ms=sent.ms["mission"]),
        "cancelled": Asked("share", sent.month, acute | hastened, ~done),
        "urgency_changed": Asked("share", call.month, urgent["A"], ~urgent["A"]),
        "complete_stamps": Asked("share", sent.month, acute & done, known),
        "acute_per_day": Asked("rate", call.month, every, urgent["A"]),
        "several_units": Asked("share", call.month, urgent["A"], several),
    }


def catalogue_tables(asked: Mapping[str, Asked], local: Any) -> dict[str, pd.DataFrame]:
    """The tables `catalogue`, `catalogue_left_out` and `catalogue_chart`.

    Args:
        asked: indicators by name.
        local: calls of all incidents on the clock of the wall.
    """
    values = pd.concat([_values(name, one, local) for name, one in asked.items()], ignore_index=True)
    charts = [chart_of(name, one.kind, values[values["indicator"] == name]) for name, one in asked.items()]
    reasons = values[["indicator", "by", "key", "period", "left_out_rows"]].rename(columns={"left_out_rows": "n"})
    share = (reasons["n"] / values["among"]).where(values["among"] > 0)
    return {
        "catalogue": values,
        "catalogue_left_out": reasons.assign(reason="not_known", share=share, left_out=False),
        "catalogue_chart": pd.concat(charts, ignore_index=True),
    }


def _values(name: str, one: Asked, local: Any) -> pd.DataFrame:
    """The whole first, then every month."""
    known = one.among if one.ms is None else one.among & (one.ms >= 0)
    sheet = pd.DataFrame(
        {"period": [ALL, *one.month.names], "among": _counts(one.month, one.among), "size": _counts(one.month, known)}
    )
    sheet["cases"] = np.nan if one.counts is None else _counts(one.month, known & one.counts)
    sheet["exposure"] = np.nan
    found: tuple[Any, ...]
    if one.kind == "share":
        found = wilson(sheet["cases"].to_numpy(float), sheet["size"].to_numpy(float))
    elif one.kind == "rate":
        sheet["exposure"] = _days(one.month, local)
        found = poisson(sheet["cases"].to_numpy(float), sheet["exposure"].to_numpy())
    else:
        found = _of_all_and_months(one, known)
    sheet["value"], sheet["low"], sheet["high"] = found
    told = sheet[sheet["among"] > 0]
    return told.assign(
        indicator=name, by=ALL, key=ALL, unit=UNITS.get(one.kind, "s"), left_out=False, target=np.nan, meets=None,
        left_out_rows=told["among"] - told["size"],
    )  # fmt: skip


def _of_all_and_months(one: Asked, known: Any) -> tuple[Any, ...]:
    """A mean or quantile of all rows that tell, and of those of every month, with the intervals."""
    ms, month = one.ms[known], one.month.number[known]
    parts = []
    for number, months in ((np.zeros_like(month), 1), (month, len(one.month.names))):
        if one.kind == "mean":
            parts.append(_mean(ms, number, months))
        else:
            parts.append(_quantile(ms, number, months, QUANTILES[one.kind]))
    return tuple(np.concatenate(both) for both in zip(*parts, strict=True))


def _counts(month: Key, chosen: Any) -> Any:
    by_month = np.bincount(month.number[chosen], minlength=len(month.names))
    return np.concatenate([[by_month.sum()], by_month])


def _days(month: Key, local: Any) -> Any:
    """Days of the log in all and in every month."""
    day = local.to_numpy("datetime64[ms]").astype("datetime64[D]")
    begins = np.array([*month.names], "datetime64[M]").astype("datetime64[D]")
    ends = (begins.astype("datetime64[M]") + 1).astype("datetime64[D]")
    first, last = day.min(), day.max() + 1
    days = (np.minimum(ends, last) - np.maximum(begins, first)).astype(float)
    return np.concatenate([[(last - first).astype(float)], days])


def _mean(ms: Any, month: Any, months: int) -> tuple[Any, Any, Any]:
    n = np.bincount(month, minlength=months)
    with np.errstate(divide="ignore", invalid="ignore"):
        second = -(-ms // 1_000)
        mean = np.bincount(month, ms, months) / 1_000 / n
        away = second - (np.bincount(month, second, months) / n)[month]
        half = Z * np.sqrt(np.bincount(month, away * away, months) / (n - 1) / n)
    half = np.where(n > 1, half, np.nan)
    return mean, mean - half, mean + half


def _quantile(ms: Any, month: Any, months: int, quantile: float) -> tuple[Any, Any, Any]:
    n = np.bincount(month, minlength=months)
    packed = month.astype(np.int64) * WIDE + (ms + 999) // 1_000
    packed.sort()
    there = n > 0
    found = np.full((3, months), np.nan)
    found[:, there] = quantile_of(packed % WIDE, (np.cumsum(n) - n)[there], n[there], quantile)
    return found[0], found[1], found[2]
