"""Where the server keeps its databases: files in its data folder, or one PostgreSQL that several servers may share.

An address holds no password: whoever lists the processes of a machine reads every argument. The database's own client
library takes it from a file (`~/.pgpass`, or the one that PGPASSFILE names) or from PGPASSWORD, or needs none.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from beredt.database.address import shown
from beredt.errors import OptionError

OPTION = "--database"
VARIABLE = "BEREDT_DATABASE"
"""Takes the place of the option. Who may read a process's environment is its owner, so a password may stand here."""

DRIVER = "postgresql+psycopg"
SCHEMES = ("postgresql", "postgres", DRIVER)
EXAMPLE = "postgresql://beredt@db.example.no/beredt"


def database_address(given: str | None, environment: Mapping[str, str] = os.environ) -> str | None:
    """The address of a PostgreSQL as SQLAlchemy writes it; None for files in the data folder.

    Args:
        given: what the option says, None where it is not there.
        environment: of the process; asked for `VARIABLE` where the option is not there.

    Raises:
        OptionError: it is no such address, it holds a password that others can read, or the driver is missing.
    """
    text = given if given is not None else environment.get(VARIABLE)
    if not text:
        return None
    source = VARIABLE if given is None else OPTION
    url = _url(text, source)
    if given is not None and url.password is not None:
        remedy = f"put it into ~/.pgpass or PGPASSWORD, or give the whole address as {VARIABLE} instead of the option"
        raise OptionError(OPTION, shown(url), "every user of this machine can read a password there", remedy)
    _ask_for_driver(url, source)
    return url.render_as_string(hide_password=False)


def _url(text: str, source: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        raise OptionError(source, "…", "it is no address of a database", f"write it as {EXAMPLE}") from None
    if url.drivername not in SCHEMES:
        reason = "only PostgreSQL can be named here"
        raise OptionError(source, url.drivername, reason, f"write it as {EXAMPLE}, or leave it out for files")
    return url.set(drivername=DRIVER)


def _ask_for_driver(url: URL, source: str) -> None:
    try:
        import psycopg
    except ImportError:
        remedy = "install Beredt with its extra: pip install 'beredt[postgres]'"
        raise OptionError(source, shown(url), "the driver psycopg is not installed", remedy) from None
    del psycopg
