"""A database opened: a file of the data folder or a PostgreSQL, its tables made or upgraded."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event

from beredt.database.address import told_of_server
from beredt.database.bring_up_to_date import bring_up_to_date
from beredt.errors import OptionError


def open_engine(url: str, tables: MetaData, *, durable: bool = False) -> Engine:
    """Open the database at an address as SQLAlchemy writes it; make tables that it does not have, upgrade older ones.

    Before a file of SQLite is upgraded, a copy of it is laid beside it.

    Args:
        url: the address.
        tables: that it is to have.
        durable: what is committed survives a loss of power as well, at the price of waiting for the disk every time;
            otherwise it survives the death of every process. (A PostgreSQL does what its own settings say.)

    Raises:
        OptionError: its tables are of a newer version than this program knows.
    """
    engine = create_engine(url)
    weakref.finalize(engine, engine.pool.dispose)  # nobody has to remember to close what lies in the pool
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_durable_sqlite if durable else _prepare_sqlite)
    bring_up_to_date(engine, tables)
    return engine


def open_kept(file: Path, address: str | None, tables: MetaData, kept: str, *, durable: bool = False) -> Engine:
    """Open a file of the data folder, made at first use and readable by its owner only, or a PostgreSQL.

    Args:
        file: in the data folder.
        address: of a PostgreSQL that is used instead.
        tables: that it is to have.
        kept: what is kept there, for whoever is told that it cannot be.
        durable: as in `open_engine`.

    Raises:
        OptionError: the folder cannot be written to, or the PostgreSQL not be used.
    """
    if address is not None:
        return open_server(address, tables)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        reason = f"{kept} are kept there, and it cannot be written: {error.strerror}"
        raise OptionError("--data", str(file), reason, "name a folder that you may write to") from error
    return open_engine(f"sqlite:///{file}", tables, durable=durable)


def open_server(url: str, tables: MetaData) -> Engine:
    """Open the PostgreSQL at an address that a user gave.

    Raises OptionError when it cannot be reached or used.
    """
    with told_of_server(url):
        return open_engine(url, tables)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    _prepare(connection, "NORMAL")


def _prepare_durable_sqlite(connection: Any, _record: object) -> None:
    _prepare(connection, "FULL")


def _prepare(connection: Any, synchronous: str) -> None:
    """Readers beside one writer, a writer that waits for another, and references that hold."""
    cursor = connection.cursor()
    for line in ("journal_mode=WAL", f"synchronous={synchronous}", "busy_timeout=5000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {line}")
    cursor.close()
