"""The page of a report: the tables that a person reads, each cut to what a page holds, and their figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from benchmarks.missions_pandas import figures
from benchmarks.missions_pandas.keys import ALL

LONGEST, LEAST_BUSY, MOST_UNITS, MOST_ZONES, MOST_FLOWS = 40, 15, 200, 80, 25
TIMES = ["n", "mean_s", "median_s", "median_low_s", "median_high_s", "p90_s", "p90_low_s", "p90_high_s"]
SHARES = ["share_12", "share_12_low", "share_12_high", "share_25", "share_25_low", "share_25_high"]

Tables = Mapping[str, pd.DataFrame]


def write_page(tables: Tables, out: Path) -> None:
    """Write report.html."""
    parts = [
        *_counts(tables),
        *_times(tables),
        *_national(tables),
        *_service(tables),
        *_maps(tables),
        *_charts(tables),
        _html("Findings by rule and column", tables["log_findings"]),
        _html("Values that rules changed", tables["log_corrections"]),
    ]
    head = "<!doctype html><html lang=en><meta charset=utf-8><title>The service as its log shows it</title>"
    (out / "report.html").write_text("\n".join([head, *parts, "</html>"]), encoding="utf-8")


def _html(title: str, table: pd.DataFrame) -> str:
    return f"<h3>{title}</h3>" + table.to_html(index=False, na_rep="", float_format="{:,.2f}".format, border=0)


def _largest(table: pd.DataFrame, by: str, rows: int = LONGEST) -> pd.DataFrame:
    return table.sort_values(by, ascending=False, kind="stable").head(rows)


def _counts(tables: Tables) -> list[str]:
    """When incidents come, and who was sent where in the last year."""
    counts = tables["incident_counts"]
    wide = counts[counts["by"] != ALL].pivot_table(index=["by", "key"], columns="urgency", values="n").reset_index()
    hours = counts[(counts["by"] == "hour") & (counts["urgency"] != ALL)]
    sent = tables["missions_by_station"]
    last = sent[sent["year"] == sent["year"].max()]
    place, station = last["municipality"] != ALL, last["station"] != ALL
    pairs = last[place & station & (last["urgency"] == ALL)]
    return [
        figures.hour_bars(hours),
        *(_html(f"Incidents by {by}", wide[wide["by"] == by].head(LONGEST)) for by in ("municipality", "weekday")),
        _html("Incidents by month", wide[wide["by"] == "month"].tail(LONGEST)),
        _html("Missions by municipality", _by_urgency(last[place & ~station], "municipality")),
        _html("Missions by station", _by_urgency(last[~place & station], "station")),
        _html("Pairs with most missions", _largest(pairs, "missions")),
    ]


def _by_urgency(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    wide = rows.pivot_table(index=key, columns="urgency", values="missions").reset_index()
    before = rows.loc[rows["urgency"] == ALL, [key, "before", "change", "change_share"]]
    return _largest(wide.merge(before, on=key), ALL)


def _times(tables: Tables) -> list[str]:
    """Every interval, and response times of acute ones by place and clock."""
    table = tables["intervals"]
    whole = table[table["by"] == ALL]
    response = table[(table["interval"] == "response") & (table["urgency"] == "A") & (table["by2"] == ALL)]
    incidents, missions = (response[response["counting"] == one] for one in ("incident", "mission"))
    parts = [_html("Every interval", whole[["counting", "urgency", "interval", *TIMES[:3], "p90_s", *SHARES[::3]]])]
    parts.append(figures.hour_curves(incidents[incidents["by"] == "hour"]))
    own = (
        ("municipality", incidents),
        ("station", missions),
        ("unit_kind", missions),
        ("weekday", incidents),
        ("month", incidents),
    )
    for by, rows in own:
        shown = rows[rows["by"] == by]
        shown = shown.tail(LONGEST) if by in {"weekday", "month"} else _largest(shown, "n")
        parts.append(_html(f"Response by {by}", shown[["key", *TIMES, *SHARES]]))
    return parts


def _national(tables: Tables) -> list[str]:
    table = tables["national_indicator"]
    whole = table[table["municipality"] == ALL]
    own = table[(table["municipality"] != ALL) & (table["year"] == ALL) & (table["where"] == ALL)]
    by_place = _largest(own[own["variant"] == "national"], "incidents")
    return [_html("The national indicator", whole), _html("The national indicator by municipality", by_place)]


def _service(tables: Tables) -> list[str]:
    """Who serves whom, free units, and what units do."""
    flows = tables["service_flows"]
    pairs = flows[(flows["urgency"] == ALL) & (flows["station"] != ALL) & (flows["zone"] != ALL)]
    places = pairs.groupby("zone")["missions"].sum().nlargest(MOST_FLOWS).index
    wide = _largest(pairs[pairs["zone"].isin(places)], "missions", MOST_FLOWS * 8)
    wide = wide.pivot_table(index="zone", columns="station", values="missions")
    wide = wide[wide.sum().nlargest(8).index].reset_index()
    hours, months, units = (tables[f"service_{name}"] for name in ("hours", "months", "units"))
    fleets = _largest(hours[hours["hour"] == -1], "hours_none_free")
    own = units[(units["unit"] != ALL) & units["utilisation"].notna()].sort_values(["utilisation", "unit"])
    stations = units[(units["unit"] == ALL) & (units["station"] != ALL)]
    return [
        _html("Who serves whom", wide),
        _html("Hours with no or one free unit", fleets),
        _html("All units, month by month", months[months["fleet"] == "all"]),
        figures.station_bars(stations),
        _html("The least busy units", own.head(LEAST_BUSY)),
        _html("All units by station", own.sort_values(["station", "unit"]).head(MOST_UNITS)),
    ]


def _maps(tables: Tables) -> list[str]:
    zones = tables["reach_zones"]
    wide = zones[zones["interval"] == "response"].pivot_table(
        index=["station", "zone", "arrivals", "median_s"], columns="minutes", values="share"
    )
    squares = tables["density"]
    return [
        figures.reach_maps(tables["reach_squares"]),
        _html("Acute arrivals by station and place", _largest(wide.reset_index(), "arrivals", MOST_ZONES)),
        *(figures.density_maps(squares[squares["counting"] == one]) for one in ("incident", "mission")),
    ]


def _charts(tables: Tables) -> list[str]:
    values, charts = tables["catalogue"], tables["catalogue_chart"]
    columns = ["indicator", "size", "left_out_rows", "value", "low", "high", "unit"]
    return [_html("Indicators", values.loc[values["period"] == ALL, columns]), *figures.control_charts(charts)]
