"""Results of a study that tells no money: neither tables nor columns of it, so that no form of the report has any."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

MONEY_TABLES = frozenset(("cost", "cost_one_off", "income_effects", "income_shares"))

MONEY_COLUMNS = frozenset(("nok_low", "nok", "nok_high"))
"""Of other tables."""


def without_money(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables that are not about money, without the columns that are."""
    return {
        name: table.drop([one for one in table.columns if one in MONEY_COLUMNS])
        for name, table in tables.items()
        if name not in MONEY_TABLES
    }
