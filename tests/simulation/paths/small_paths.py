"""The small made-up service of `tests.demand` with pathways, and its calls of a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

import polars as pl

from beredt.demand.generate import GeneratedCalls, generate_calls, prepare_demand
from beredt.demand.intensity import Period, weekly_profile
from beredt.demand.rates import yearly_incidents
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.incident_rules import IncidentRules, prepare_incident_rules
from beredt.simulation.paths.meet_calls import MetCalls, meet_calls
from beredt.simulation.paths.path_rules import plan_paths
from beredt.simulation.study_roads import TableRoads
from tests.demand.small_service import small_network, small_service

SERVICE = small_service()
ROADS = TableRoads(small_network(SERVICE))
TIMES = 300.0
"""The small service has a few hundred incidents a year; so many times more of them make shares steady."""


def small_study(**tables: list[dict[str, Any]]) -> Study:
    """What planning pathways reads of a study: its period, its demand tables, no alternatives."""
    settings = SimpleNamespace(
        study=SimpleNamespace(start=date(2026, 1, 1)),
        simulation=SimpleNamespace(days=365, warmup_days=0, cooldown_days=0),
        demand=SimpleNamespace(variation=SimpleNamespace(repeat_share=0.1)),
    )
    demand = {name: pl.DataFrame(rows) for name, rows in tables.items()}
    made = SimpleNamespace(settings=settings, demand=MappingProxyType(demand), alternatives=())
    return cast(Study, made)


def small_calls(scale: float = 1.0) -> GeneratedCalls:
    """A year of calls, a few tens of thousands at scale 1."""
    period = Period(date(2026, 1, 1), 0, 365, 0)
    yearly = scale * TIMES * yearly_incidents(SERVICE, _people())
    return generate_calls(prepare_demand(SERVICE.areas, yearly, weekly_profile(SERVICE.profile), period), 5, 0)


def _people() -> Any:
    from beredt.demand.population import people_by_age
    from tests.demand.small_service import YEAR, small_age_shares, small_population

    return people_by_age(SERVICE.areas, small_population(), small_age_shares(), YEAR)


CALLS = small_calls(0.1)


def rules_of(service: Service, study: Study | None = None) -> IncidentRules:
    rules = prepare_incident_rules(service, ROADS)
    return replace(rules, paths=plan_paths(study or small_study(), service, ROADS))


def met(service: Service, study: Study | None = None, calls: GeneratedCalls = CALLS) -> MetCalls:
    return meet_calls(rules_of(service, study), calls)
