"""Rows that speak of an alternative must name one that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from beredt.model.alternative import TODAY
from beredt.model.checks.references import check_references
from beredt.model.dictionary import ALTERNATIVES, TableDescription
from beredt.model.issue import Issue
from beredt.model.reading.alternative import AlternativeReading
from beredt.model.reading.table import Table, Tables


def check_alternative_ids(
    tables: Tables, descriptions: Mapping[str, TableDescription], alternatives: Sequence[AlternativeReading]
) -> Iterator[Issue]:
    """Alternatives that tables name and the study lacks; the base is `today`.

    Silent while the head of an alternative is at fault: its id is not known then.
    """
    if any(one.alternative is None for one in alternatives):
        return
    ids = [TODAY, *(one.alternative.id for one in alternatives if one.alternative is not None)]
    known = Table(ALTERNATIVES, "alternatives/", pl.DataFrame({"id": ids}), pl.DataFrame(), ())
    for name, table in tables.items():
        if any(target == (ALTERNATIVES, "id") for field in descriptions[name].fields for target in field.refers_to):
            yield from check_references({name: table, ALTERNATIVES: known}, descriptions[name])
