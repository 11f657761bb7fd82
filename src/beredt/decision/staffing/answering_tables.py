"""Tables about answering 113, for every centre of every alternative."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.decision.frames import Cell, result_frame
from beredt.decision.ranges import CASES, Range
from beredt.decision.staffing.answering import Answering, answering_of, call_figures
from beredt.decision.staffing.call_load import F8, incidents_by_hour
from beredt.decision.staffing.operator_shifts import operator_shifts
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.siting.rosters.design import WEEKS_PER_YEAR

MODELS = {"erlang_c": False, "erlang_a": True}
Rows = list[dict[str, Cell]]


def answering_tables(
    study: Study, services: Mapping[str, Service], figures: Mapping[str, Range]
) -> dict[str, pl.DataFrame]:
    """Tables `staff_answering` and `staff_answering_hours`; without rows where figures or a population are missing."""
    cases: Rows = []
    hours: Rows = []
    if study.trace is None and call_figures(figures, "likely", impatient=False) is not None:
        shifts: dict[bytes, float] = {}
        for name, service in services.items():
            for centre, incidents in incidents_by_hour(study, service).items():
                place: dict[str, Cell] = {"alternative": name, "centre": centre}
                cases += [place | row for row in _cases(incidents, figures, shifts)]
                hours += [place | row for row in _hours(incidents, figures)]
    return {
        "staff_answering": result_frame("staff_answering", cases),
        "staff_answering_hours": result_frame("staff_answering_hours", hours),
    }


def _answering(incidents: F8, figures: Mapping[str, Range], case: str, model: str) -> Answering:
    found = call_figures(figures, case, impatient=MODELS[model])
    assert found is not None  # asked for before
    return answering_of(incidents, found)


def _cases(incidents: F8, figures: Mapping[str, Range], shifts: dict[bytes, float]) -> Rows:
    net = figures.get("net_hours")
    rows: Rows = []
    for model in MODELS:
        for case in CASES:
            one = _answering(incidents, figures, case, model)
            roster_h = _roster_hours(one, shifts) if case == "likely" else None
            rows.append(
                {
                    "model": model,
                    "case": case,
                    "calls": float(one.calls.sum()) * WEEKS_PER_YEAR,
                    "fewest": int(one.operators.min()),
                    "most": int(one.operators.max()),
                    "operator_h": one.operator_h,
                    "answered_share": one.answered_share,
                    "fte": one.operator_h / net.likely if net else None,
                    "roster_fte": roster_h / net.likely if net and roster_h is not None else None,
                }
            )
    return rows


def _roster_hours(one: Answering, shifts: dict[bytes, float]) -> float:
    """Paid hours of a year; the same need is rostered once."""
    key = one.operators.tobytes()
    if key not in shifts:
        shifts[key] = operator_shifts(one.operators).paid_h * WEEKS_PER_YEAR
    return shifts[key]


def _hours(incidents: F8, figures: Mapping[str, Range]) -> Rows:
    by_model = {model: _answering(incidents, figures, "likely", model) for model in MODELS}
    waits, leaves = by_model["erlang_c"], by_model["erlang_a"]
    return [
        {
            "hour": hour,
            "calls": float(waits.calls[hour]),
            "operators_c": int(waits.operators[hour]),
            "answered_c": float(waits.answered[hour]),
            "operators_a": int(leaves.operators[hour]),
            "answered_a": float(leaves.answered[hour]),
        }
        for hour in range(len(incidents))
    ]
