"""The model of today beside published figures, with every deviation as it is.

Each figure of the study's table `published` names what it is compared with: `<name>:<arguments>`. The names are the
keys of `published_values()`. A figure that cannot be computed keeps its row, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import polars as pl

from beredt.decision.comparable import TOLERANCES, Found, Missing
from beredt.decision.frames import Cell, result_frame
from beredt.decision.published_flows import flow, flow_share, missions_per_1000
from beredt.decision.published_people import people, people_near, people_nearest, people_urban_share
from beredt.decision.published_response import (
    days_without_conflict,
    hour_share,
    incidents,
    interval_median,
    median_response,
    share_within,
)
from beredt.decision.reach_facts import REACH
from beredt.decision.today import Today
from beredt.errors import StudyError, UnknownIdError
from beredt.model.published_figure import PublishedFigure

PublishedValue = Callable[[Today, str], Found | Missing]
"""Computes the model's figure from what stands after the name of the indicator."""

BOTH_COUNTS: Mapping[str, str] = {"missions": "first_units", "missions_share": "first_units_share"}
"""Nobody has printed whether second units count, so what is compared with missions is compared with first units too."""


def published_values() -> Mapping[str, PublishedValue]:
    """All that a published figure may be compared with, by name."""
    return {
        "missions": partial(flow, counting="missions"),
        "first_units": partial(flow, counting="first_units"),
        "missions_share": partial(flow_share, counting="missions"),
        "first_units_share": partial(flow_share, counting="first_units"),
        "missions_per_1000": partial(missions_per_1000, counting="missions"),
        "incidents": incidents,
        "share_within": share_within,
        "median_response": median_response,
        "days_without_conflict": days_without_conflict,
        "hour_share": hour_share,
        "interval_median": interval_median,
        "people": people,
        "people_urban_share": people_urban_share,
        "people_near_border": people_near,
        "people_nearest_station": people_nearest,
    }


def published_table(today: Today, values: Mapping[str, PublishedValue]) -> pl.DataFrame:
    """Table `published`: every published figure beside the model's, claims about reach left to `reach_facts`."""
    rows: list[Mapping[str, Cell]] = []
    for figure in today.study.published:
        for name, arguments in _indicators(figure):
            rows.append(_row(figure, f"{name}:{arguments}", compute(today, name, arguments, values)))
    return result_frame("published", rows)


def compute(today: Today, name: str, arguments: str, values: Mapping[str, PublishedValue]) -> Found | Missing:
    """The model's figure for one indicator; what is not known or not there is said, never raised."""
    if name not in values:
        return Missing("unknown_indicator", name)
    try:
        return values[name](today, arguments)
    except UnknownIdError as error:
        return Missing("unknown_place", str(error))
    except StudyError as error:
        return Missing("not_in_results", "; ".join(issue.text() for issue in error.issues))


def _indicators(figure: PublishedFigure) -> Iterator[tuple[str, str]]:
    name, _, arguments = figure.indicator.partition(":")
    if name == REACH:
        return
    yield name, arguments
    if name in BOTH_COUNTS:
        yield BOTH_COUNTS[name], arguments


def _row(figure: PublishedFigure, indicator: str, computed: Found | Missing) -> Mapping[str, Cell]:
    found = computed if isinstance(computed, Missing) else in_unit(computed, figure.unit)
    row: dict[str, Cell] = {"id": figure.id, "indicator": indicator, "unit": figure.unit, "printed": figure.value}
    if isinstance(found, Missing):
        row |= dict.fromkeys(
            ("simulated", "low", "high", "deviation", "deviation_share", "within", "tolerance", "rule"), None
        )
        row |= {"missing": found.lack, "detail": found.detail}
    else:
        deviation, tolerance = found.value - figure.value, TOLERANCES[found.rule].of(figure.value)
        row |= {
            "simulated": found.value,
            "low": found.low,
            "high": found.high,
            "deviation": deviation,
            "deviation_share": deviation / figure.value if figure.value else None,
            "within": abs(deviation) <= tolerance,
            "tolerance": tolerance,
            "rule": found.rule,
            "missing": "",
            "detail": "",
        }
    return row | {"source": figure.source, "note": figure.note or ""}


_FACTORS: Mapping[tuple[str, str], float] = {("share", "%"): 100.0, ("s", "min"): 1.0 / 60.0, ("min", "s"): 60.0}
_MUST_MATCH = frozenset(unit for pair in _FACTORS for unit in pair)


def in_unit(found: Found, unit: str) -> Found | Missing:
    """The figure in the unit of the printed one; counts go by many names and are left as they are."""
    if (found.unit, unit) in _FACTORS:
        return found.scaled(_FACTORS[found.unit, unit], unit)
    if found.unit != unit and {found.unit, unit} & _MUST_MATCH:
        return Missing("unit", f"{found.unit} against {unit}")
    return found
