"""Projected incidents by kind."""

from __future__ import annotations

import polars as pl

from beredt.demand.projection.project import Projected
from beredt.demand.traits import TRANSFER, shares_of_kinds
from beredt.model.study import Study


def kinds_table(study: Study, projected: Projected) -> pl.DataFrame:
    """Projected incidents of every municipality by kind: year, municipality (null: all), urgency, kind, incidents.

    Transfers are the share that starts at a hospital (`needs`); the others are shared out as `incident_kinds` says, or,
    without that table, as acute and planned (an assumption).
    """
    shares = shares_of_kinds(study.demand["incident_kinds"])
    rows = []
    for need in study.service.needs:
        away = need.hospital_origin_share
        others = shares[need.urgency]
        whole = sum(others.values())
        if away > 0.0:
            rows.append((need.urgency, TRANSFER, away))
        rows += [(need.urgency, kind, (1.0 - away) * share / whole) for kind, share in sorted(others.items())]
    kinds = pl.DataFrame(rows, ["urgency", "kind", "share"], orient="row")
    joined = projected.totals.join(kinds, on="urgency", maintain_order="left_right")
    return joined.select("year", "municipality", "urgency", "kind", pl.col("incidents") * pl.col("share"))
