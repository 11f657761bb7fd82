"""What stands beside the simulation and never in it: misrouted calls, the risk analysis, the interface register."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.decision.interfaces.interface_tables import interface_tables
from beredt.decision.misrouting.misrouting_tables import misrouting_tables
from beredt.decision.risk.risk_tables import risk_tables
from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.study import Study


def opinion_tables(
    study: Study, services: Mapping[str, Service], results: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """All their result tables by name.

    Args:
        study: checked.
        services: finished service by alternative id, today first.
        results: of the run so far; what people think is shown beside it.
    """
    baseline = study.settings.gate.baseline if study.settings.gate else TODAY
    misrouting = misrouting_tables(study, services)
    found = {**results, **misrouting}
    return (
        misrouting
        | risk_tables(study, tuple(services), baseline, found)
        | interface_tables(study, services, baseline, found)
    )
