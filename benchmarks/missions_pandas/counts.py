"""Who was sent where, when incidents come, and the national indicator: tables of counts with all their margins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.estimates import wilson
from benchmarks.missions_pandas.form import Form
from benchmarks.missions_pandas.keys import ALL, NONE, Key, with_margins
from benchmarks.missions_pandas.times import INCIDENT_INTERVALS

TARGET_SHARE = 0.9
REASONS = ["urgency_changed", "not_reached", "stamp_missing", "place_unknown"]


def year_key(keys: Mapping[str, Key]) -> Key:
    """Of the months of rows."""
    month = keys["month"]
    years, of_month = np.unique([name[:4] for name in month.names], return_inverse=True)
    return Key(of_month[month.number], years.astype(object))


def missions_by_station(keys: Mapping[str, Key], counted: Any, form: Form) -> pd.DataFrame:
    """Missions by year, municipality, urgency and station, with shares and the change from the year before.

    Args:
        keys: of missions.
        counted: which of them.
        form: in which they are counted.
    """
    names = ["municipality", "urgency", "station"]
    counts = form.counted_by({**keys, "year": year_key(keys)}, ["year", *names], counted)
    table = with_margins(counts.rename(columns={"n": "missions"}), names, ["missions"])
    for key, share in (("station", "share_of_place"), ("municipality", "share_of_station")):
        others = ["year", *(other for other in names if other != key)]
        whole = table.loc[table[key] == ALL, [*others, "missions"]].rename(columns={"missions": "whole"})
        table = table.merge(whole, on=others, how="left")
        table[share] = table["missions"] / table.pop("whole")
    year = table["year"].astype(int)
    before = table[[*names, "missions"]].rename(columns={"missions": "before"}).assign(number=year + 1)
    table = table.assign(number=year).merge(before, on=["number", *names], how="left")
    had_one = (table.pop("number") - 1).isin(year.unique())
    table["before"] = table["before"].where(~had_one, table["before"].fillna(0))
    table["change"] = table["missions"] - table["before"]
    table["change_share"] = (table["change"] / table["before"]).where(table["before"] > 0)
    return table.assign(suppressed=False)


def incident_counts(keys: Mapping[str, Key], form: Form) -> pd.DataFrame:
    """Incidents by urgency and each of municipality, hour, weekday and month, and of all together."""
    parts = [with_margins(form.counted_by(keys, ["urgency"]), ["urgency"], ["n"]).assign(by=ALL, key=ALL)]
    for by in ("municipality", "hour", "weekday", "month"):
        counts = form.counted_by(keys, [by, "urgency"]).rename(columns={by: "key"})
        parts.append(with_margins(counts, ["urgency"], ["n"]).assign(by=by))
    return pd.concat(parts, ignore_index=True).assign(suppressed=False)


def national_indicator(incidents: pd.DataFrame, keys: Mapping[str, Key], form: Form) -> pd.DataFrame:
    """Red incidents by why they do not count; without a study nobody knows which places are urban, so none does."""
    red = (incidents["urgency"] == "A").to_numpy()
    own = incidents[red]
    told = {name: keys[name].names[keys[name].number[red]] for name in ("municipality",)}
    told["year"] = (year := year_key(keys)).names[year.number[red]]
    in_order = (own["call_t"] <= own["first_alerted_t"]) & (own["first_alerted_t"] <= own["first_rolling_t"])
    reached = own["first_scene_t"].notna()
    believed = in_order & (form.durations_ms(own, INCIDENT_INTERVALS["response"]) >= 0)
    counts = pd.DataFrame(
        {
            **told,
            "incidents": 1,
            "urgency_changed": 0,
            "not_reached": ~reached.to_numpy(),
            "stamp_missing": (reached & ~believed).to_numpy(),
            "place_unknown": (reached & believed).to_numpy(),
        }
    )
    values = ["incidents", *REASONS]
    summed = counts.groupby(["year", "municipality"], as_index=False)[values].sum().assign(where=NONE)
    table = with_margins(summed, ["municipality", "where", "year"], values).assign(counted=0, within=0)
    share, low, high = wilson(table["within"].astype(float), table["counted"].astype(float))
    table = table.assign(
        share=share,
        share_low=low,
        share_high=high,
        left_out_share=table[REASONS].sum(axis=1) / table["incidents"],
        target_share=TARGET_SHARE,
        # The log tells one urgency of each incident: whether it changed is not known.
        urgency_changed=pd.array([pd.NA] * len(table), "Int64"),
        changes_told=False,
    )
    return pd.concat([table.assign(variant=variant) for variant in ("national", "true_position")], ignore_index=True)
