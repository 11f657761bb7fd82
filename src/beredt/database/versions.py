"""Versions of tables: what a part is called, which steps lead from one version to the next, and which a database has.

A version counts from 1 and is one more for every step that the tables have gone through since they were first in use.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, inspect, select, text

OF_VERSIONS = MetaData()
VERSIONS = Table(
    "beredt_versions",
    OF_VERSIONS,
    Column("part", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
)
"""The version of every part in a database. A part with tables and no row here is of version 1."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one version of a part's tables to the next: what it does, in words, and the doing of it.

    `do` runs in one transaction with all other steps and must leave every row that is there; new columns have a default
    or may be empty, so that a server of the version before can go on writing until it is stopped.
    """

    what: str
    do: Callable[[Connection], None]


@dataclass(frozen=True, slots=True)
class Versions:
    """The name of a part, and its steps from version 1 on."""

    part: str
    steps: tuple[Step, ...] = ()

    @property
    def newest(self) -> int:
        """The version that this program knows."""
        return 1 + len(self.steps)


_KEY = "beredt.versions"


def keep_versions(tables: MetaData, part: str, *steps: Step) -> None:
    """Say what a set of tables is called, and which steps lead from its first version to the one that is written down.

    A change of a table that is in use is a change of its columns in the code *and* a step here. A table that is new
    needs none: it is made where it is missing.
    """
    tables.info[_KEY] = Versions(part, steps)


def versions_of(tables: MetaData) -> Versions | None:
    """What `keep_versions` said."""
    found = tables.info.get(_KEY)
    return found if isinstance(found, Versions) else None


def add_column(table: str, column: str, kind: str) -> Callable[[Connection], None]:
    """The doing of a step that adds a column: `kind` is its type with its default, as both databases write it.

    A table that is younger than the first version may be missing: it is made with all its columns afterwards.
    """

    def do(connection: Connection) -> None:
        if inspect(connection).has_table(table):
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {column} {kind}"))

    return do


def read_version(connection: Connection, tables: MetaData, there: Collection[str] | None = None) -> int | None:
    """The version of a part in a database; None where none of its tables are there.

    Args:
        connection: to the database.
        tables: of the part.
        there: names of the tables that the database has, where they are known.
    """
    names = inspect(connection).get_table_names() if there is None else there
    if not any(name in names for name in tables.tables):
        return None
    versions = versions_of(tables)
    if versions is None or VERSIONS.name not in names:
        return 1
    found = connection.execute(select(VERSIONS.c.version).where(VERSIONS.c.part == versions.part)).scalar()
    return 1 if found is None else int(found)
