"""What the layer of areas says of each: what it is, and how help comes there under every alternative."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.demand.population import people_by_area
from beredt.report.chapters.parts import FEWEST
from beredt.report.context import ReportContext

MEASURES = ("mean_s", "share_within_target", "nearest_station_share")
Columns = dict[str, NDArray[Any]]


def area_columns(ctx: ReportContext) -> Columns:
    """Columns of the layer by name, each with a value for every area in the order of the study.

    `people` is of the study's year. `ALTERNATIVE_centre` and `ALTERNATIVE_organisation` are who coordinates and who
    owns. `ALTERNATIVE_URGENCY_incidents` is per year; where there are fewer than `FEWEST` it is left out with the
    means and shares beside it, and `…_change_s` is the change of the mean from the baseline, in seconds.
    """
    study = ctx.study
    areas = study.service.areas
    columns: Columns = {
        "area": _texts(one.id for one in areas),
        "municipality": _texts(ctx.names.get("municipalities", one.municipality) for one in areas),
        "district": _texts(ctx.names.get("districts", one.district) if one.district else None for one in areas),
        "size_m": np.array([one.size_m for one in areas], dtype=np.int32),
        "urban": np.array([one.urban for one in areas], dtype=np.bool_),
        "people": people_by_area(areas, study.population, study.settings.study.year).round(1),
    }
    for one in ctx.alternatives:
        service = {area.id: area for area in ctx.names.services[one].areas}
        mine = [service[area.id] for area in areas]
        columns[f"{plain(one)}_centre"] = _texts(ctx.names.get("centres", area.centre) for area in mine)
        columns[f"{plain(one)}_organisation"] = _texts(
            ctx.names.get("organisations", area.organisation) for area in mine
        )
    return columns | _indicators(ctx, [area.id for area in areas])


def _indicators(ctx: ReportContext, ids: list[str]) -> Columns:
    table = ctx.results.find_table("areas")
    if table is None:
        return {}
    columns: Columns = {}
    for urgency in sorted(set(table["urgency"].to_list())):
        for one in ctx.alternatives:
            own = table.filter((pl.col("alternative") == one) & (pl.col("urgency") == urgency))
            name = f"{plain(one)}_{urgency}"
            incidents = _of(own, "incidents", ids)
            enough = incidents >= FEWEST
            columns[f"{name}_incidents"] = np.where(enough, incidents, np.nan)
            for measure in MEASURES:
                columns[f"{name}_{measure}"] = np.where(enough, _of(own, measure, ids), np.nan)
        base = columns.get(f"{plain(ctx.baseline)}_{urgency}_mean_s")
        for one in ctx.compared:
            if base is not None:
                columns[f"{plain(one)}_{urgency}_change_s"] = columns[f"{plain(one)}_{urgency}_mean_s"] - base
    return columns


def _of(table: pl.DataFrame, column: str, ids: list[str]) -> NDArray[np.float64]:
    """A column in the order of the areas, NaN where the table has none."""
    known = dict(zip(table["area"].to_list(), table[column].to_list(), strict=True))
    values = [known.get(one) for one in ids]
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def plain(alternative: str) -> str:
    """The id of an alternative as part of a column's name: letters and digits, `alt_0plus` for `0+`."""
    words = re.sub(r"[^0-9a-z]+", "_", alternative.lower().replace("+", "plus")).strip("_")
    return f"alt_{words}" if words[:1].isdigit() else words


def _texts(values: Any) -> NDArray[Any]:
    return np.array(list(values), dtype=object)
