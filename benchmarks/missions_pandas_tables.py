"""The tables of a report in pandas: times with their intervals, who was sent where, the national indicator."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import bdtr, bdtrik, ndtri

MISSION_INTERVALS = {
    "handling": ("tidspunkt", "varslet"),
    "mobilisation": ("varslet", "rykker_ut"),
    "travel": ("rykker_ut", "ank_hentested"),
    "response": ("tidspunkt", "ank_hentested"),
    "on_scene": ("ank_hentested", "avg_hentested"),
    "transport": ("avg_hentested", "ank_levsted"),
    "handover": ("ank_levsted", "ledig"),
    "mission": ("varslet", "ledig"),
}
INCIDENT_INTERVALS = {
    "handling": ("call", "first_alerted"),
    "to_rolling": ("call", "first_rolling"),
    "response": ("call", "first_scene"),
}
BREAKDOWNS: tuple[list[str], ...] = (
    [],
    ["kommune"],
    ["stasjon"],
    ["kind"],
    ["hour"],
    ["weekday"],
    ["month"],
    ["kommune", "month"],
)
CONFIDENCE, FEWEST, FEWEST_FOR_P90 = 0.95, 5, 10
LIMITS_S = {"12": 720.0, "25": 1_500.0}
Z = float(ndtri((1 + CONFIDENCE) / 2))


def with_clock(rows: pd.DataFrame, call: str) -> pd.DataFrame:
    """Hour, weekday and month of the call on local clocks."""
    local = rows[call].dt.tz_convert("Europe/Oslo")
    year = local.dt.year
    return rows.assign(hour=local.dt.hour, weekday=local.dt.day_of_week, year=year, month=year * 100 + local.dt.month)


def interval_tables(rows: pd.DataFrame, intervals: dict[str, tuple[str, str]]) -> pd.DataFrame:
    """Every interval by every breakdown, by urgency and for all together."""
    parts = []
    for name, (begin, end) in intervals.items():
        seconds = -(-(rows[end] - rows[begin]).dt.total_seconds() // 1)
        known = rows.assign(s=seconds.where(seconds >= 0)).dropna(subset=["s"]).sort_values("s", kind="stable")
        for by in BREAKDOWNS:
            if not set(by) <= set(known.columns):
                continue
            for keys in ([*by, "urgency"], by):
                own = figures(known, keys)
                parts.append(own.assign(interval=name, by="×".join(by), urgency=own.get("urgency", "all")))
    return pd.concat(parts, ignore_index=True)


def figures(known: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Number, mean, median, 90th percentile and shares in time of each group, each with its interval."""
    grouped = known.assign(whole=0).groupby(keys or ["whole"], sort=True, observed=True)["s"]
    found = pd.DataFrame({"n": grouped.size(), "mean_s": grouped.mean()})
    half = Z * grouped.std() / np.sqrt(found["n"])
    enough = found["n"] >= FEWEST
    found["mean_low_s"], found["mean_high_s"] = (
        (found["mean_s"] - half).where(enough),
        (found["mean_s"] + half).where(enough),
    )
    # The rows come in order of seconds: put by group, any rank of any group is one look away.
    number = grouped.ngroup().to_numpy().astype(np.int32)
    ordered = known["s"].to_numpy()[np.argsort(number, kind="stable")]
    n = found["n"].to_numpy()
    first = np.concatenate([[0], np.cumsum(n)[:-1]])
    for name, quantile in (("median", 0.5), ("p90", 0.9)):
        low, high = ranks(n, quantile)
        shown = n >= (1 if name == "median" else FEWEST_FOR_P90)
        place = np.round((n - 1) * quantile, 9)
        below, weight = np.floor(place).astype(np.int64), place % 1
        value = _at(ordered, first, below + 1, shown)
        found[f"{name}_s"] = value + weight * (_at(ordered, first, np.minimum(below + 2, n), shown) - value)
        found[f"{name}_low_s"] = _at(ordered, first, low, shown & (low >= 1))
        found[f"{name}_high_s"] = _at(ordered, first, high, shown & (high <= n))
    for name, limit_s in LIMITS_S.items():
        within = np.bincount(number, known["s"] <= limit_s, len(n))
        share, low_share, high_share = wilson(within, n)
        found[f"share_{name}"], found[f"share_{name}_low"], found[f"share_{name}_high"] = share, low_share, high_share
    return found.reset_index().drop(columns="whole", errors="ignore")


def ranks(n: Any, quantile: float) -> tuple[Any, Any]:
    """The ranks from 1 between which the true quantile lies, by the binomial distribution."""
    different, place = np.unique(n, return_inverse=True)
    tail = (1 - CONFIDENCE) / 2
    return (_least(tail, different, quantile)[place], (_least(1 - tail, different, quantile) + 1)[place])


def _least(probability: float, n: Any, quantile: float) -> Any:
    """The least k with P(Bin(n, q) ≤ k) ≥ probability."""
    k = np.clip(np.ceil(np.nan_to_num(bdtrik(np.full(len(n), probability), n.astype(float), quantile))), 0, n)
    k = np.where((k > 0) & (bdtr(np.maximum(k - 1, 0), n, quantile) >= probability), k - 1, k)
    return np.where(bdtr(k, n, quantile) < probability, k + 1, k).astype(np.int64)


def _at(ordered: Any, first: Any, rank: Any, known: Any) -> Any:
    return np.where(known, ordered[np.where(known, first + rank - 1, 0)], np.nan)


def wilson(within: Any, n: Any) -> tuple[Any, Any, Any]:
    """A share with its interval (E. B. Wilson, 1927)."""
    share, z2 = within / n, Z * Z
    middle, below = share + z2 / (2 * n), 1 + z2 / n
    half = Z * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return share, (middle - half) / below, (middle + half) / below


def with_margins(counts: pd.DataFrame, keys: list[str], values: list[str]) -> pd.DataFrame:
    """Counts with those of all values of each key together, under the key "all"."""
    counts = counts.astype(dict.fromkeys(keys, object))
    for key in keys:
        others = [column for column in counts.columns if column != key and column not in values]
        counts = pd.concat([counts, counts.groupby(others, as_index=False)[values].sum().assign(**{key: "all"})])
    return counts


def missions_by_station(rows: pd.DataFrame) -> pd.DataFrame:
    """Missions by year, municipality, urgency and station, with shares and the change from the year before."""
    keys = ["kommune", "urgency", "stasjon"]
    counts = rows.groupby(["year", *keys], observed=True).size().rename("missions").reset_index()
    table = with_margins(counts, keys, ["missions"])
    for key, share in (("stasjon", "share_of_place"), ("kommune", "share_of_station")):
        others = ["year", *(other for other in keys if other != key)]
        whole = table.loc[table[key] == "all", [*others, "missions"]].rename(columns={"missions": "whole"})
        table = table.merge(whole, on=others, how="left")
        table[share] = table["missions"] / table.pop("whole")
    before = table[["year", *keys, "missions"]].rename(columns={"missions": "before"}).assign(year=table["year"] + 1)
    table = table.merge(before, how="left")
    table["change"] = table["missions"] - table["before"]
    return table


def incident_counts(incidents: pd.DataFrame) -> pd.DataFrame:
    """Incidents by urgency and each of municipality, hour, weekday and month."""
    parts = []
    for by in ("kommune", "hour", "weekday", "month"):
        counts = incidents.groupby([by, "urgency"], observed=True).size().rename("n").reset_index()
        told = counts.rename(columns={by: "key"}).assign(key=counts[by].astype(str))
        parts.append(with_margins(told, ["key", "urgency"], ["n"]).assign(by=by))
    return pd.concat(parts, ignore_index=True)


def squares(incidents: pd.DataFrame, size_m: float = 1_000.0) -> pd.DataFrame:
    """Incidents by squares of the UTM grid and urgency."""
    placed = incidents.dropna(subset=["xcoor", "ycoor"])
    east, north = np.floor(placed["xcoor"] / size_m), np.floor(placed["ycoor"] / size_m)
    counts = placed.groupby([east, north, "urgency"], observed=True).size().rename("n").reset_index()
    return with_margins(counts, ["urgency"], ["n"])


def national_indicator(incidents: pd.DataFrame) -> pd.DataFrame:
    """Of red incidents with every stamp in order, the share reached within 12 minutes, by year and municipality."""
    red = incidents[incidents["urgency"] == "A"]
    in_order = (red["call"] <= red["first_alerted"]) & (red["first_alerted"] <= red["first_rolling"])
    seconds = (red["first_scene"] - red["call"]).dt.total_seconds()
    counted = in_order & (seconds >= 0)
    told = red.assign(
        not_reached=red["first_scene"].isna(),
        stamp_missing=red["first_scene"].notna() & ~counted,
        counted=counted,
        within=counted & (seconds <= LIMITS_S["12"]),
    )
    values = ["incidents", "not_reached", "stamp_missing", "counted", "within"]
    counts = told.assign(incidents=1).groupby(["year", "kommune"], observed=True)[values].sum().reset_index()
    table = with_margins(counts, ["kommune", "year"], values)
    share, low, high = wilson(table["within"].astype(float), table["counted"].astype(float))
    return table.assign(year=table["year"].astype(str), share=share, share_low=low, share_high=high)
