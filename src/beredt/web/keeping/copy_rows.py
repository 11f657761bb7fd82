"""Rows of a part from one database to another, whichever of the two kinds each is."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Integer, MetaData, func, insert, inspect, select, text

BLOCK = 2_000
"""Rows that are on their way at a time."""


def copy_rows(source: Connection, target: Connection, tables: MetaData, leave_out: Collection[str]) -> dict[str, int]:
    """Copy all rows as they are, numbers of rows among them; how many of each table.

    Args:
        source: where they are.
        target: where the tables are, without rows.
        tables: which tables, as both have them; those that the source lacks have no rows.
        leave_out: names of those that are not copied.
    """
    counts: dict[str, int] = {}
    there = inspect(source).get_table_names()  # an older version lacks the tables that came later
    for table in tables.sorted_tables:
        if table.name in leave_out or table.name not in there:
            continue
        counts[table.name] = 0
        order = list(table.primary_key.columns)
        found = source.execution_options(yield_per=BLOCK).execute(select(table).order_by(*order))
        for rows in found.mappings().partitions(BLOCK):
            target.execute(insert(table), [dict(row) for row in rows])
            counts[table.name] += len(rows)
        _count_on(target, table.name, tables)
    return counts


def _count_on(target: Connection, name: str, tables: MetaData) -> None:
    """Have a PostgreSQL count its keys on from the highest that was copied."""
    table = tables.tables[name]
    key = table.autoincrement_column
    if target.dialect.name != "postgresql" or key is None or not isinstance(key.type, Integer):
        return
    highest = target.execute(select(func.max(key))).scalar()
    if highest is not None:
        sequence = text("SELECT setval(pg_get_serial_sequence(:table, :key), :highest)")
        target.execute(sequence, {"table": name, "key": key.name, "highest": highest})
