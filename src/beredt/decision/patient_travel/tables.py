"""All tables about patient travel, from a study, its roads and the services of its alternatives."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.decision.patient_travel.offices import office_tables
from beredt.decision.patient_travel.trip_tables import trip_tables
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.network import Network


def travel_tables(study: Study, network: Network, services: Mapping[str, Service]) -> dict[str, pl.DataFrame]:
    """Tables about patient travel by name; what the study brings no figures for has no rows.

    Args:
        study: with whatever tables about patient travel it brings.
        network: roads of the study.
        services: finished service by alternative id, today among them.

    Returns:
        travel_offices, travel_handed_over, travel_trips, travel_lines.
    """
    if not has_people(study):
        return {**office_tables(study, network, {}), **trip_tables(study, network, {})}
    return {**office_tables(study, network, services), **trip_tables(study, network, services)}


def has_people(study: Study) -> bool:
    """Whether the study knows who lives where in its year; the study of a trace does not."""
    years = study.population["year"].to_list() if "year" in study.population.columns else []
    return study.settings.study.year in years
