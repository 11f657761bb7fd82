"""Tables that a study of some form can do without."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import polars as pl

from beredt.model.dictionary import load_tables
from beredt.model.reading.cells import DTYPES
from beredt.model.reading.table import Table, Tables


def with_unused(tables: Tables, names: Iterable[str]) -> Tables:
    """The tables, and for each of `names` that is not among them one with its columns and no rows."""
    return {name: _empty(name) for name in names} | dict(tables)


# Made once: fifty tables without rows took a tenth of reading a small study.
@cache
def _empty(name: str) -> Table:
    fields = load_tables()[name].fields
    schema = {field.name: DTYPES[field.base_type] for field in fields}
    return Table(name, f"{name}.csv", pl.DataFrame(schema=schema), pl.DataFrame(), ())
