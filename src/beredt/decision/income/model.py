"""An income model as a study's tables bring it: components, criteria, weights, values, and the correction.

Nothing is built in. Without weights there is no model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is counted: `people` of the ages `age_from` … `age_to` (None: no limit), `ground` (km²), or `values`."""

    id: str
    counts: str
    age_from: int
    age_to: int | None


@dataclass(frozen=True, slots=True)
class Component:
    """A sum that is shared out: `amount_nok` a year (None: not known) by `weights` of criteria, which sum to 1.

    `follows` says what moves an area's part: `organisation`, `centre` or `nothing`.
    """

    id: str
    follows: str
    amount_nok: float | None
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Flow:
    """NOK a year that the organisation responsible for `home` pays `treated_by` for treating its patients."""

    component: str
    home: str
    treated_by: str
    amount_nok: float


@dataclass(frozen=True, slots=True)
class IncomeModel:
    """Components with weights, the criteria that they name, values by (criterion, owner), and flows of patients."""

    components: tuple[Component, ...]
    criteria: Mapping[str, Criterion]
    values: Mapping[tuple[str, str], float]
    flows: tuple[Flow, ...]


def read_income_model(tables: Mapping[str, pl.DataFrame]) -> IncomeModel | None:
    """The model in the tables `income_…` of a study; None where no component has weights."""
    weights: dict[str, dict[str, float]] = {}
    for row in _rows(tables, "income_weights"):
        weights.setdefault(str(row["component"]), {})[str(row["criterion"])] = float(str(row["weight"]))
    components = tuple(
        Component(
            str(row["id"]),
            str(row["follows"]),
            None if row["amount_nok"] is None else float(str(row["amount_nok"])),
            weights[str(row["id"])],
        )
        for row in sorted(_rows(tables, "income_components"), key=lambda row: (int(str(row["position"])), row["id"]))
        if str(row["id"]) in weights
    )
    if not components:
        return None
    criteria = {
        str(row["id"]): Criterion(
            str(row["id"]),
            str(row["counts"]),
            int(str(row["age_from"])),
            None if row["age_to"] is None else int(str(row["age_to"])),
        )
        for row in _rows(tables, "income_criteria")
    }
    values = {
        (str(row["criterion"]), str(row["owner"])): float(str(row["value"])) for row in _rows(tables, "income_values")
    }
    flows = tuple(
        Flow(str(row["component"]), str(row["home"]), str(row["treated_by"]), float(str(row["amount_nok"])))
        for row in _rows(tables, "income_flows")
    )
    return IncomeModel(components, criteria, values, flows)


def _rows(tables: Mapping[str, pl.DataFrame], name: str) -> list[dict[str, object]]:
    frame = tables.get(name)
    return [] if frame is None else list(frame.iter_rows(named=True))
