"""What a risk workshop is asked: events in the order in which the report numbers them, under which alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from beredt.model.alternative import TODAY
from beredt.model.study import Study


def asked_events(study: Study) -> list[Mapping[str, Any]]:
    """Rows of `risk_events` by area, in the order in which the report numbers them from 1."""
    order = study.decision["risk_areas"]["id"].to_list()
    events = study.decision["risk_events"].iter_rows(named=True)
    return sorted(events, key=lambda event: order.index(event["area"]))


def asked_alternatives(study: Study) -> tuple[str, ...]:
    """The study's alternatives; today only where somebody has assessed it."""
    assessed = set(study.decision["risk_scores"]["alternative"].to_list())
    return (*((TODAY,) if TODAY in assessed else ()), *(one.id for one in study.alternatives))
