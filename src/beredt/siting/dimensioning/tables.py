"""A dimensioned study as tables; `model/fields/dimension/` says what their columns hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from beredt.indicators.estimate import estimate
from beredt.model.dictionary import load_fields
from beredt.siting.dimensioning.changes import changes_of
from beredt.siting.dimensioning.dimension_study import Dimensioned, Dimensioning
from beredt.siting.dimensioning.fleet import fte_of_unit
from beredt.siting.dimensioning.rule import DAY_H, DimensionRule
from beredt.siting.dimensioning.shares import NEAREST, PARTS, TARGET

_TYPES = {
    "text": pl.String,
    "id": pl.String,
    "choice": pl.String,
    "int": pl.Int64,
    "float": pl.Float64,
    "bool": pl.Boolean,
}

TABLES = ("cells", "totals", "steps", "removals", "prices", "changes")


def dimension_tables(done: Dimensioning) -> dict[str, pl.DataFrame]:
    """All tables by name; rows in the order of scenarios, stations and bands."""
    rows: dict[str, list[dict[str, Any]]] = {
        "cells": [row for one in done.scenarios.values() for row in _cells(one, done)],
        "totals": [_total(one, done) for one in done.scenarios.values()],
        "steps": [row for one in done.scenarios.values() for row in _steps(one, done.rule)],
        "removals": [row for one in done.scenarios.values() for row in _removals(one, done.rule)],
        "prices": list(_prices(done)),
        "changes": list(_changes(done)),
    }
    return {f"dimension_{name}": _frame(name, rows[name]) for name in TABLES}


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    fields = load_fields(f"dimension/dimension_{name}")
    schema = {field.name: _TYPES[field.base_type] for field in fields}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _named(one: Dimensioned) -> dict[str, Any]:
    scenario = one.scenario
    return {"alternative": scenario.alternative, "borders": scenario.borders, "without": scenario.without}


def _finite(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None


def _cells(one: Dimensioned, done: Dimensioning) -> Iterator[dict[str, Any]]:
    found, rule = one.found, done.rule
    share, low, high = found.shares.share(), *_interval(found.shares.by_replication())
    own, ceiling = one.own_shares.share(), found.ample_shares.share()
    per_year = 365.0 / done.study.settings.simulation.days / done.replications
    calls = found.shares.calls[NEAREST].sum(axis=-1) * per_year
    units, ample = found.fleet.array(), found.ample.array()
    for s, station in enumerate(one.scenario.stations):
        for b, band in enumerate(rule.bands):
            yield {
                **_named(one),
                "station": station,
                "band": band.id,
                "hours": len(band.hours),
                "acute_calls": float(calls[s, b]),
                "load": float(one.erlang.load[s, b]),
                "erlang_units": int(one.erlang.units[s, b]),
                "erlang_blocked": float(one.erlang.blocked[s, b]),
                "units": int(units[s, b]),
                "own_units": float(one.own_fleet[s, b]),
                "ample_units": int(ample[s, b]),
                "nearest_share": float(share[NEAREST, s, b]),
                "nearest_low": _finite(low[NEAREST, s, b]),
                "nearest_high": _finite(high[NEAREST, s, b]),
                "nearest_asked": bool(found.asked[NEAREST, s, b]),
                "target_share": float(share[TARGET, s, b]),
                "target_low": _finite(low[TARGET, s, b]),
                "target_high": _finite(high[TARGET, s, b]),
                "target_ceiling": float(ceiling[TARGET, s, b]),
                "target_asked": bool(found.asked[TARGET, s, b]),
                "own_nearest_share": float(own[NEAREST, s, b]),
                "own_target_share": float(own[TARGET, s, b]),
            }


def _interval(by_replication: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    found = estimate(by_replication)
    return np.maximum(found.low, 0.0), np.minimum(found.high, 1.0)


def _total(one: Dimensioned, done: Dimensioning) -> dict[str, Any]:
    rule, found = done.rule, one.found
    own_units = float((one.own_fleet @ np.array(rule.band_hours, np.float64)).sum()) / DAY_H
    shares, own = (estimate(both.overall()).value for both in (found.shares, one.own_shares))
    return {
        **_named(one),
        "status": found.status,
        "tried": found.evaluations,
        "units": found.fleet.units,
        "units_around": float(found.fleet.around_the_clock(rule).sum()),
        "fte": found.fleet.fte(rule),
        "own_units_around": own_units,
        "own_fte": own_units * fte_of_unit(rule),
        "nearest_share": float(shares[NEAREST]),
        "target_share": float(shares[TARGET]),
        "own_nearest_share": float(own[NEAREST]),
        "own_target_share": float(own[TARGET]),
        "target_ceiling": float(estimate(found.ample_shares.overall()).value[TARGET]),
        "target_asked": int(found.asked[TARGET].sum()),
        "cells": int(found.asked[TARGET].size),
    }


def _steps(one: Dimensioned, rule: DimensionRule) -> Iterator[dict[str, Any]]:
    for number, step in enumerate(one.found.steps):
        yield {
            **_named(one),
            "step": number + 1,
            "round": step.round,
            "what": step.what,
            "station": one.scenario.stations[step.cell[0]],
            "band": rule.bands[step.cell[1]].id,
            "part": PARTS[step.part],
            "share": step.share,
        }


def _removals(one: Dimensioned, rule: DimensionRule) -> Iterator[dict[str, Any]]:
    for removal in one.found.removals:
        yield {
            **_named(one),
            "station": one.scenario.stations[removal.cell[0]],
            "band": rule.bands[removal.cell[1]].id,
            "broken_station": one.scenario.stations[removal.broken[0]],
            "broken_band": rule.bands[removal.broken[1]].id,
            "part": PARTS[removal.part],
            "share": removal.share,
        }


def _prices(done: Dimensioning) -> Iterator[dict[str, Any]]:
    for alternative, price in done.prices.items():
        yield {
            "alternative": alternative,
            "units": price.units,
            "fte": price.units * fte_of_unit(done.rule),
            "yearly": _finite(price.yearly.value),
            "yearly_low": _finite(price.yearly.low),
            "yearly_high": _finite(price.yearly.high),
            "yearly_fte": _finite(price.yearly_fte.value),
            "yearly_fte_low": _finite(price.yearly_fte.low),
            "yearly_fte_high": _finite(price.yearly_fte.high),
            "repeated": _finite(price.repeated.value),
            "repeated_low": _finite(price.repeated.low),
            "repeated_high": _finite(price.repeated.high),
            "repetitions": int(price.repeated.replications),
            "target_share": _finite(price.target_share.value),
            "target_share_low": _finite(price.target_share.low),
            "target_share_high": _finite(price.target_share.high),
        }


def _changes(done: Dimensioning) -> Iterator[dict[str, Any]]:
    base = done.scenarios.get(f"{done.baseline}/own")
    for alternative in done.services:
        one = done.scenarios.get(f"{alternative}/own")
        if one is None or base is None or alternative == done.baseline:
            continue
        for change in changes_of(one, base, done.rule):
            yield {
                "alternative": alternative,
                "baseline": done.baseline,
                "station": change.station,
                "organisation": change.organisation,
                "own": change.own,
                "base_own": change.base_own,
                "rule_units": change.rule_units,
                "base_rule": change.base_rule,
                "proposed": change.proposed,
                "rule": change.rule,
                "gap": change.gap,
            }
