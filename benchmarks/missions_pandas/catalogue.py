"""Indicators of the built-in catalogue that a log can tell without a study: values, rows left out, and charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.charts import chart_of
from benchmarks.missions_pandas.estimates import Z, poisson, wilson
from benchmarks.missions_pandas.form import Form
from benchmarks.missions_pandas.keys import ALL, Key
from benchmarks.missions_pandas.times import INCIDENT_INTERVALS, MISSION_INTERVALS, QUANTILES

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


def log_of(rows: pd.DataFrame, month: Key, intervals: Mapping[str, tuple[str, str]], form: Form) -> Log:
    """Work the intervals out."""
    return Log(rows, month, {name: form.durations_ms(rows, stamps) for name, stamps in intervals.items()})


def indicators(
    missions: pd.DataFrame, months: Key, incidents: pd.DataFrame, months_of: Key, form: Form
) -> dict[str, Asked]:
    """All of them, as the catalogue defines them."""
    sent = log_of(missions, months, MISSION_INTERVALS, form)
    call = log_of(incidents, months_of, INCIDENT_INTERVALS, form)
    urgent = {one: (call.rows["urgency"] == one).to_numpy() for one in "AH"}
    acute = (sent.rows["urgency"] == "A").to_numpy()
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
        "complete_stamps": Asked("share", sent.month, acute & done, known),
        "acute_per_day": Asked("rate", call.month, every, urgent["A"]),
        "several_units": Asked("share", call.month, urgent["A"], several),
    }


def catalogue_tables(asked: Mapping[str, Asked], local: Any, form: Form) -> dict[str, pd.DataFrame]:
    """The tables `catalogue`, `catalogue_left_out` and `catalogue_chart`.

    Args:
        asked: indicators by name.
        local: calls of all incidents on the clock of the wall.
        form: in which rows are counted.
    """
    values = pd.concat([_values(name, one, local, form) for name, one in asked.items()], ignore_index=True)
    charts = [chart_of(name, one.kind, values[values["indicator"] == name]) for name, one in asked.items()]
    reasons = values[["indicator", "by", "key", "period", "left_out_rows"]].rename(columns={"left_out_rows": "n"})
    share = (reasons["n"] / values["among"]).where(values["among"] > 0)
    return {
        "catalogue": values,
        "catalogue_left_out": reasons.assign(reason="not_known", share=share, left_out=False),
        "catalogue_chart": pd.concat(charts, ignore_index=True),
    }


def _values(name: str, one: Asked, local: Any, form: Form) -> pd.DataFrame:
    """The whole first, then every month."""
    known = one.among if one.ms is None else one.among & (one.ms >= 0)
    asked = {"among": one.among, "size": known, **({} if one.counts is None else {"cases": known & one.counts})}
    counts = {name: _counts(one.month, chosen, form) for name, chosen in asked.items()}
    sheet = pd.DataFrame({"period": [ALL, *one.month.names], "cases": np.nan, **counts})
    sheet["exposure"] = np.nan
    found: tuple[Any, ...]
    if one.kind == "share":
        found = wilson(sheet["cases"].to_numpy(float), sheet["size"].to_numpy(float))
    elif one.kind == "rate":
        sheet["exposure"] = _days(one.month, local)
        found = poisson(sheet["cases"].to_numpy(float), sheet["exposure"].to_numpy())
    else:
        found = _of_all_and_months(one, known, form)
    sheet["value"], sheet["low"], sheet["high"] = found
    told = sheet[sheet["among"] > 0]
    return told.assign(
        indicator=name, by=ALL, key=ALL, unit=UNITS.get(one.kind, "s"), left_out=False, target=np.nan, meets=None,
        left_out_rows=told["among"] - told["size"],
    )  # fmt: skip


def _of_all_and_months(one: Asked, known: Any, form: Form) -> tuple[Any, ...]:
    """A mean or quantile of all rows that tell, and of those of every month, with the intervals."""
    wanted = {name: quantile for name, quantile in QUANTILES.items() if name == one.kind}
    month = {"month": Key(one.month.number[known], one.month.names)}
    whole, months = form.summed_up(one.ms[known], month, [[], ["month"]], wanted)
    sums = pd.concat([whole.reindex([0]), months.set_index("month").reindex(one.month.names)])
    if one.kind != "mean":
        return tuple(sums[f"{one.kind}{end}"].to_numpy() for end in ("", "_low", "_high"))
    n = sums["n"].where(sums["n"] > 1)
    half = Z * np.sqrt(sums["squares"] / (n - 1) / n)
    return tuple(value.to_numpy() for value in (sums["mean_s"], sums["mean_s"] - half, sums["mean_s"] + half))


def _counts(month: Key, chosen: Any, form: Form) -> Any:
    counts = form.counted_by({"month": month}, ["month"], chosen).set_index("month")["n"]
    by_month = counts.reindex(month.names, fill_value=0).to_numpy()
    return np.concatenate([[by_month.sum()], by_month])


def _days(month: Key, local: Any) -> Any:
    """Days of the log in all and in every month."""
    day = local.to_numpy("datetime64[ms]").astype("datetime64[D]")
    begins = np.array([*month.names], "datetime64[M]").astype("datetime64[D]")
    ends = (begins.astype("datetime64[M]") + 1).astype("datetime64[D]")
    first, last = day.min(), day.max() + 1
    days = (np.minimum(ends, last) - np.maximum(begins, first)).astype(float)
    return np.concatenate([[(last - first).astype(float)], days])
