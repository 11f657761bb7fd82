"""Result tables of this room follow the field dictionary."""

from __future__ import annotations

import polars as pl
import pytest

from beredt.decision.frames import Cell, result_frame, result_schema
from beredt.model.dictionary import load_fields

TABLES = (
    "break_even", "break_even_points", "gate", "people", "published", "reach", "reach_facts", "sensitivities",
    "verdicts",
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_in_both_languages_and_a_row_has_a_name(table: str) -> None:
    fields = load_fields(f"results/{table}")
    assert all(field.description["en"].endswith(".") and field.description["nb"].endswith(".") for field in fields)
    assert any(field.key for field in fields)
    assert {field.base_type for field in fields} <= {"id", "text", "int", "float", "bool", "choice"}


def test_an_empty_table_still_has_its_columns() -> None:
    frame = result_frame("verdicts", [])
    assert frame.schema == pl.Schema(result_schema("verdicts"))


def test_not_a_number_is_missing() -> None:
    row: dict[str, Cell] = {"station": "a", "minutes": 10.0, "zone": "b", "people": float("nan"), "share": None}
    assert result_frame("reach", [row])["people"].to_list() == [None]


def test_a_row_with_other_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="a row of reach has the columns station"):
        result_frame("reach", [{"station": "a"}])
