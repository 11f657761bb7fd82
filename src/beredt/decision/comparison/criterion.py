"""Criteria and the figures that speak for them, as the study's tables `criteria` and `criterion_measures` say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

SIMULATED = "indicators"
"""The result table of simulated figures."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What alternatives are judged by. `gate`: it is a condition, never weighed against anything."""

    id: str
    gate: bool


@dataclass(frozen=True, slots=True)
class CriterionMeasure:
    """A figure that speaks for a criterion: a column of a result table, in the rows that `where` names.

    `better` says which way is good. `swing`, above 0 and in the unit of the column, is the difference that counts as
    one step when figures are weighed against one another; None: the figure is shown, not weighed.
    """

    id: str
    criterion: str
    table: str
    where: Mapping[str, str]
    column: str
    better: Literal["more", "less"]
    swing: float | None

    @property
    def sign(self) -> int:
        """Times a difference: above 0 is better."""
        return 1 if self.better == "more" else -1


def criteria_of(tables: Mapping[str, pl.DataFrame]) -> tuple[Criterion, ...]:
    """The criteria of a study's decision tables, in their order."""
    frame = tables["criteria"]
    rows = frame.sort("position", "id").iter_rows(named=True) if frame.height else ()
    return tuple(Criterion(row["id"], bool(row["gate"])) for row in rows)


def measures_of(tables: Mapping[str, pl.DataFrame]) -> tuple[CriterionMeasure, ...]:
    """The measures of a study's decision tables, in the order of their rows."""
    return tuple(_measure(row) for row in tables["criterion_measures"].iter_rows(named=True))


def simulated_figures(measures: Sequence[CriterionMeasure]) -> dict[str, dict[str, str | int]]:
    """Measures that are simulated indicators: by id, what names the indicator, the clock hour as a number."""
    return {
        one.id: {key: int(value) if key == "hour" else value for key, value in one.where.items()}
        for one in measures
        if one.table == SIMULATED and one.column == "value"
    }


def parse_where(text: str) -> dict[str, str]:
    """`measure=km;group=all` as a mapping. Raises ValueError where a part is not key=value or a key stands twice."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        key, equals, value = (one.strip() for one in part.partition("="))
        if not equals or not key or key in found:
            raise ValueError(f"{part.strip()!r} is not key=value, or names its key again")
        found[key] = value
    return found


def _measure(row: Mapping[str, Any]) -> CriterionMeasure:
    return CriterionMeasure(
        id=row["id"],
        criterion=row["criterion"],
        table=row["source_table"],
        where=parse_where(row["where"]),
        column=row["column"],
        better=row["better"],
        swing=row["swing"],
    )
