"""A row that speaks of an alternative names one that is there."""

from __future__ import annotations

import polars as pl

from beredt.model.alternative import Alternative
from beredt.model.checks.alternative_ids import check_alternative_ids
from beredt.model.dictionary import ALTERNATIVES, TableDescription
from beredt.model.edits.parse import ParsedEdits
from beredt.model.field import Field
from beredt.model.reading.alternative import AlternativeReading
from beredt.model.reading.table import Table

COLUMN = Field("alternative", "text", "", None, None, None, True, True, ((ALTERNATIVES, "id"),), {})
COSTS = {"costs": TableDescription("costs", (COLUMN,), True, "none", "every", True, {})}
NO_EDITS = ParsedEdits((), (), frozenset(), ())


def costs_of(*alternatives: str) -> dict[str, Table]:
    frame = pl.DataFrame({"alternative": list(alternatives)})
    return {"costs": Table("costs", "costs.csv", frame, frame, range(2, 2 + len(alternatives)))}


def reading(alternative: str | None) -> AlternativeReading:
    made = None if alternative is None else Alternative(alternative, {}, {}, (), {}, "")
    return AlternativeReading("a.toml", "", made, NO_EDITS, ())


def test_today_and_the_alternatives_of_the_study_are_known() -> None:
    assert list(check_alternative_ids(costs_of("today", "0+"), COSTS, [reading("0+")])) == []


def test_another_is_an_issue_at_its_row() -> None:
    (issue,) = check_alternative_ids(costs_of("0+", "2"), COSTS, [reading("0+")])
    assert (issue.file, issue.row, issue.field, issue.value) == ("costs.csv", 3, "alternative", "2")


def test_nothing_is_said_while_an_alternative_cannot_be_read() -> None:
    assert list(check_alternative_ids(costs_of("2"), COSTS, [reading(None)])) == []
