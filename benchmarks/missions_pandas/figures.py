"""The figures of the page, as SVG: bars, curves, maps of squares and control charts."""

from __future__ import annotations

import io
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from benchmarks.missions_pandas.keys import ALL
from benchmarks.missions_pandas.squares import MINUTES, SIZE_M

WIDTH_IN = 6.7
EDGES = (10, 20, 50, 100, 200, 500)
DENSITY = ListedColormap(mpl.colormaps["viridis_r"](np.linspace(0, 1, len(EDGES) + 1)))
REACH = ListedColormap(["#2a8a4a", "#e0c020", "#e08020", "#b03030"])
MOST_MAPS, MOST_BARS, MOST_PARTS, PER_FIGURE, FEWEST_POINTS, MOST_POINTS = 12, 30, 4, 6, 6, 60


def hour_bars(hours: pd.DataFrame) -> str:
    """Incidents by hour of the call, urgency on urgency."""
    wide = hours.pivot_table(index="key", columns="urgency", values="n", fill_value=0)
    figure = Figure((WIDTH_IN, 2.4))
    axes = figure.subplots()
    below = np.zeros(len(wide))
    for urgency in wide.columns:
        axes.bar(wide.index, wide[urgency], bottom=below, label=urgency)
        below += wide[urgency].to_numpy()
    axes.set_xlabel("hour")
    axes.legend(frameon=False)
    return _svg(figure)


def hour_curves(rows: pd.DataFrame) -> str:
    """Median and 90th percentile of response times by hour of the call, with their intervals."""
    figure = Figure((WIDTH_IN, 2.4))
    axes = figure.subplots()
    for name in ("median", "p90"):
        minutes = [rows[f"{name}{end}_s"].to_numpy() / 60 for end in ("", "_low", "_high")]
        axes.plot(rows["key"], minutes[0], marker="o", markersize=3, label=name)
        axes.fill_between(rows["key"], minutes[1], minutes[2], alpha=0.2)
    axes.set_ylim(0)
    axes.set_xlabel("hour")
    axes.set_ylabel("minutes")
    axes.legend(frameon=False)
    return _svg(figure)


def station_bars(stations: pd.DataFrame) -> str:
    """Shares of the hours on duty of the busiest stations."""
    own = stations.sort_values("utilisation").tail(MOST_BARS)
    figure = Figure((WIDTH_IN, 0.2 * len(own) + 0.6), layout="tight")
    axes = figure.subplots()
    use = own["utilisation"].clip(upper=1)
    axes.barh(own["station"], use)
    axes.barh(own["station"], 1 - use, left=use, color="#cccccc")
    for place, share in enumerate(own["utilisation"]):
        axes.text(1.01, place, f"{share:.0%}", va="center")
    return _svg(figure)


def reach_maps(squares: pd.DataFrame) -> str:
    """Where units of the stations with most arrivals came, and how soon."""
    own = squares[squares["interval"] == "response"]
    stations = own.groupby("station")["arrivals"].sum().nlargest(MOST_MAPS).index
    levels = {one: number for number, one in enumerate(MINUTES)}
    panels = [
        (name, rows["east_m"], rows["north_m"], rows["within"].map(levels).fillna(len(MINUTES)))
        for name, rows in own[own["station"].isin(stations)].groupby("station")
    ]
    return _square_maps(panels, REACH, 3, [*(f"≤ {one} min" for one in MINUTES), f"> {MINUTES[-1]} min"])


def density_maps(squares: pd.DataFrame) -> str:
    """All together and the commonest parts, in classes of their rate."""
    parts = squares.groupby("part")["now"].sum().nlargest(MOST_PARTS).index
    panels = []
    for part in parts:
        rows = squares[squares["part"] == part]
        classes = np.searchsorted(EDGES, rows["now_per_year"].to_numpy(), side="left")
        panels.append((part or "all", rows["east_m"], rows["north_m"], classes))
    return _square_maps(panels, DENSITY, 2, [*(f"≤ {one}" for one in EDGES), f"> {EDGES[-1]} a year"])


def _square_maps(panels: list[Any], colours: ListedColormap, columns: int, classes_told: list[str]) -> str:
    """Maps side by side, all of the same ground; squares as pixels of a picture."""
    ends = [(function(one[axis])) for axis in (1, 2) for function in (np.min, np.max) for one in panels]
    west, east, south, north = (
        pick(ends[at : at + len(panels)])
        for at, pick in zip(range(0, len(ends), len(panels)), (min, max, min, max), strict=True)
    )
    shape = (int((north - south) / SIZE_M) + 1, int((east - west) / SIZE_M) + 1)
    rows = -(-len(panels) // columns)
    figure = Figure((WIDTH_IN, rows * WIDTH_IN / columns * 1.3))
    for axes, (title, x, y, classes) in zip(figure.subplots(rows, columns, squeeze=False).flat, panels, strict=False):
        picture = np.full(shape, np.nan)
        picture[((y - south) / SIZE_M).astype(int), ((x - west) / SIZE_M).astype(int)] = classes
        axes.imshow(picture, cmap=colours, vmin=-0.5, vmax=colours.N - 0.5, origin="lower", interpolation="nearest")
        axes.set_title(title, fontsize=8)
    for axes in figure.axes:
        axes.set_axis_off()
    marks = [Patch(color=colours(number), label=told) for number, told in enumerate(classes_told)]
    figure.legend(handles=marks, loc="lower center", ncols=len(marks), fontsize=7, frameon=False)
    return _svg(figure)


def control_charts(charts: pd.DataFrame) -> list[str]:
    """Charts with enough points, six to a figure."""
    own = []
    for _, rows in charts.groupby("indicator", sort=False):
        last = rows.sort_values("point").tail(MOST_POINTS)
        if last["value"].count() >= FEWEST_POINTS and last["value"].nunique() > 1:
            own.append(last)
    return [_control_figure(own[at : at + PER_FIGURE]) for at in range(0, len(own), PER_FIGURE)]


def _control_figure(own: list[pd.DataFrame]) -> str:
    rows = -(-len(own) // 2)
    figure = Figure((WIDTH_IN, 1.8 * rows), layout="tight")
    for axes, chart in zip(figure.subplots(rows, 2, squeeze=False).flat, own, strict=False):
        at = np.arange(len(chart))
        axes.fill_between(at, chart["lower_limit"], chart["upper_limit"], alpha=0.2, step="mid")
        axes.plot(at, chart["centre"], linewidth=0.8)
        axes.plot(at, chart["value"], marker="o", markersize=3, linewidth=0.8)
        signal = (chart["signals"] != ALL).to_numpy()
        axes.plot(at[signal], chart["value"][signal], "D", color="#b03030", markersize=5)
        axes.set_xticks(at[:: max(1, len(at) // 6)], chart["point"].str[2:].iloc[:: max(1, len(at) // 6)], fontsize=6)
        axes.set_title(chart["indicator"].iloc[0], fontsize=8)
    return _svg(figure)


def _svg(figure: Figure) -> str:
    text = io.StringIO()
    figure.savefig(text, format="svg", dpi=200)
    return f"<figure>{text.getvalue()[text.getvalue().index('<svg') :]}</figure>"
