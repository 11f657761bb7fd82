"""Staff, cost and climate of a study in one go: cost reads what staff has found."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.decision.cost.climate_tables import climate_tables
from beredt.decision.cost.tables import cost_tables
from beredt.decision.staffing.tables import staff_tables
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.network import Network
from beredt.roads.networks import Networks


def staff_and_cost_tables(
    study: Study, networks: Networks | Network, services: Mapping[str, Service], tables: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """Every table about staff, cost and climate by name.

    Args:
        study: with whatever tables about them it brings.
        networks: of the study's services.
        services: finished service by alternative id, today among them.
        tables: of results: `units`.
    """
    staff = staff_tables(study, services)
    climate = climate_tables(study, networks, services, tables)
    return {**staff, **climate, **cost_tables(study, services, {**tables, **staff})}
