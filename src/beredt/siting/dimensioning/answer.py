"""What `beredt dimension` answers on the command line: the same figures as its tables, in the form of JSON or text."""

from __future__ import annotations

from typing import Any

from beredt.siting.dimensioning.changes import by_organisation, changes_of
from beredt.siting.dimensioning.dimension_study import Dimensioned, Dimensioning
from beredt.siting.dimensioning.tables import dimension_tables

RECONSTRUCTION = (
    "A reconstruction of SINTEF's rule of dimensioning from one sentence about it; SINTEF's own report was not at hand."
)


def dimension_json(done: Dimensioning) -> dict[str, Any]:
    """The answer: the rule, every scenario with its stations, prices of borders, proposals against the rule."""
    tables = dimension_tables(done)
    cells, totals = tables["dimension_cells"].to_dicts(), tables["dimension_totals"].to_dicts()
    keys = ("alternative", "borders", "without")
    return {
        "study": done.study.settings.study.id,
        "note": RECONSTRUCTION,
        "rule": done.rule.model_dump(mode="json"),
        "replications": done.replications,
        "repeated": done.repeated,
        "baseline": done.baseline,
        "stopped": done.stopped,
        "scenarios": [
            total
            | {
                "cells": [
                    {name: value for name, value in cell.items() if name not in keys}
                    for cell in cells
                    if all(cell[key] == total[key] for key in keys)
                ]
            }
            for total in totals
        ],
        "prices": tables["dimension_prices"].to_dicts(),
        "changes": tables["dimension_changes"].to_dicts(),
        "proposals": [
            {
                "alternative": alternative,
                "organisation": change.organisation,
                "proposed": change.proposed,
                "rule": change.rule,
                "gap": change.gap,
                "agrees": change.agrees,
            }
            for alternative, changes in _by_alternative(done).items()
            for change in changes
        ],
    }


def dimension_lines(done: Dimensioning) -> list[str]:
    """A few lines for a terminal."""
    lines = [RECONSTRUCTION]
    for one in done.scenarios.values():
        lines.append(_line(one, done))
    for alternative, price in done.prices.items():
        span = ""
        if price.yearly.replications > 1:
            span = f" ({price.yearly.low:+.1f} to {price.yearly.high:+.1f} by years, to first order)"
        if price.repeated.replications:
            told = f"{price.repeated.value:+.2f}"
            if price.repeated.replications > 1:
                told += f" ({price.repeated.low:+.1f} to {price.repeated.high:+.1f})"
            span += f"; whole searches with other years, {price.repeated.replications} times: {told}"
        lines.append(f"Borders of {alternative}: {price.units:+.2f} units round the clock{span}")
    for alternative, changes in _by_alternative(done).items():
        for change in changes:
            if abs(change.proposed) + abs(change.rule) > 0.0:
                says = "as the rule" if change.agrees else "other than the rule"
                lines.append(
                    f"{alternative}, {change.organisation}: proposed {change.proposed:+.2f}, rule {change.rule:+.2f} "
                    f"against {done.baseline} ({says}); rule against the units of {done.baseline} {change.gap:+.2f}"
                )
    return lines


def _by_alternative(done: Dimensioning) -> dict[str, Any]:
    base = done.scenarios.get(f"{done.baseline}/own")
    found = {}
    for alternative in done.services:
        one = done.scenarios.get(f"{alternative}/own")
        if base is not None and one is not None and alternative != done.baseline:
            found[alternative] = by_organisation(changes_of(one, base, done.rule))
    return found


def _line(one: Dimensioned, done: Dimensioning) -> str:
    scenario, fleet = one.scenario, one.found.fleet
    borders = "with its borders" if scenario.borders == "own" else "without any border"
    without = f", without the station {scenario.without}" if scenario.without else ""
    stations = " ".join(
        f"{name} {'/'.join(str(n) for n in counts)}"
        for name, counts in zip(scenario.stations, fleet.counts, strict=True)
    )
    return (
        f"{scenario.alternative} {borders}{without}: {fleet.units} units, {fleet.fte(done.rule):.1f} FTE "
        f"({one.found.status}): {stations}"
    )
