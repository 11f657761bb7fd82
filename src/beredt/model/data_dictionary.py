"""What the columns of tables hold, as a table of its own that goes with them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.model.dictionary import load_fields


def data_dictionary(tables: Mapping[str, pl.DataFrame], folder: str = "results") -> pl.DataFrame:
    """What every column of these tables holds: table, field, type, unit, key, and its meaning in en and nb.

    Args:
        tables: by name.
        folder: of the field dictionary, that describes them.
    """
    rows = [
        {
            "table": name,
            "field": field.name,
            "type": field.base_type,
            "unit": field.unit,
            "key": field.key,
            "description_en": field.description["en"],
            "description_nb": field.description["nb"],
        }
        for name in sorted(tables)
        for field in load_fields(f"{folder}/{name}")
        if field.name in tables[name].columns
    ]
    return pl.DataFrame(rows)
