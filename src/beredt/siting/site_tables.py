"""The answer of a siting model as tables; `model/fields/site/` says what their columns hold."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any

import polars as pl

from beredt.model.dictionary import load_fields
from beredt.siting.answer import SitingAnswer
from beredt.siting.sited import Sited

_TYPES = {
    **dict.fromkeys(("text", "id", "choice"), pl.String),
    "int": pl.Int64,
    "float": pl.Float64,
    "bool": pl.Boolean,
}


def site_tables(sited: Sited) -> dict[str, pl.DataFrame]:
    """Tables by name: sites, answers, units of every answer, areas, and points of the trade-off."""
    rows = {
        "site_sites": list(_sites(sited)),
        "site_answers": list(_answers(sited)),
        "site_units": list(_units(sited)),
        "site_areas": list(_areas(sited)),
        "site_trade_off": list(_points(sited)),
        "site_trade_off_units": list(_point_units(sited)),
    }
    return {name: _frame(name, found) for name, found in rows.items()}


def ranked(sited: Sited) -> tuple[SitingAnswer, ...]:
    """The answers from the best on: the k best where they were asked for, else the one."""
    return sited.asked.several or (sited.asked.answer,)


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {field.name: _TYPES[field.base_type] for field in load_fields(f"site/{name}")}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _sites(sited: Sited) -> Iterator[dict[str, Any]]:
    problem, ranges = sited.problem, sited.asked.ranges or {}
    chosen = sited.asked.answer.chosen
    for number, row in enumerate(sited.posed.sites):
        yield {
            "site": row.id,
            "name": row.name,
            "lat": row.lat,
            "lon": row.lon,
            "centre": row.centre,
            "organisation": row.organisation,
            "existing": bool(problem.existing[number]),
            "lock": sited.lock(row.id),
            "status": sited.status(row.id, chosen),
            "units": chosen.get(row.id, 0),
            "near_optimal": ranges.get(row.id),
        }


def _answers(sited: Sited) -> Iterator[dict[str, Any]]:
    for rank, answer in enumerate(ranked(sited), start=1):
        yield {
            "rank": rank,
            "model": answer.model,
            "objective": answer.objective,
            "bound": answer.bound if isfinite(answer.bound) else None,
            "gap": answer.gap if isfinite(answer.gap) else None,
            "status": answer.status,
            "sites": len(answer.chosen),
            "units": sum(answer.chosen.values()),
        }


def _units(sited: Sited) -> Iterator[dict[str, Any]]:
    for rank, answer in enumerate(ranked(sited), start=1):
        by_period = answer.by_period or {"all": answer.chosen}
        for period, units in by_period.items():
            for site, count in units.items():
                yield {"rank": rank, "period": period, "site": site, "units": count}


def _areas(sited: Sited) -> Iterator[dict[str, Any]]:
    problem = sited.problem
    sites, drive_s = sited.nearest
    calls = problem.demand.sum(axis=0)
    for number, area in enumerate(problem.area_ids):
        at = int(sites[number])
        yield {
            "area": area,
            "calls": float(calls[number]),
            "site": problem.site_ids[at] if at >= 0 else None,
            "drive_s": float(drive_s[number]) if at >= 0 else None,
        }


def _points(sited: Sited) -> Iterator[dict[str, Any]]:
    traded = sited.asked.trade_off
    for number, point in enumerate(traded.front.points if traded is not None else (), start=1):
        assert traded is not None
        yield {
            "point": number,
            "first": traded.names[0],
            "first_value": point.first,
            "second": traded.names[1],
            "second_value": point.second,
            "proved": point.proved,
        }


def _point_units(sited: Sited) -> Iterator[dict[str, Any]]:
    traded = sited.asked.trade_off
    for number, chosen in enumerate(traded.chosen if traded is not None else (), start=1):
        for site, count in chosen.items():
            yield {"point": number, "site": site, "units": count}
