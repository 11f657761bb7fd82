"""Scores as the table `risk_scores`: its columns, and rows in an order that does not depend on who came first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from beredt.model.alternative import TODAY
from beredt.model.dictionary import load_fields
from beredt.model.study import Study


def scores_frame(study: Study, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows by role, assessor, event and alternative in the study's order.

    Args:
        study: whose roles, events and alternatives the rows name.
        rows: values by the columns of `risk_scores`.
    """
    roles = study.decision["risk_roles"]["id"].to_list()
    events = study.decision["risk_events"]["id"].to_list()
    alternatives = [TODAY, *(one.id for one in study.alternatives)]

    def place(row: Mapping[str, Any]) -> tuple[int, int, int, int]:
        about = events.index(row["event"]), alternatives.index(row["alternative"])
        return roles.index(row["role"]), row["assessor"], *about

    types = {"int": pl.Int64}
    schema = {one.name: types.get(one.base_type, pl.String) for one in load_fields("risk_scores")}
    return pl.DataFrame(sorted(rows, key=place), schema=schema)
