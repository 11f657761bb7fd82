"""The address of a PostgreSQL, told without its secret, and what is told when it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from beredt.errors import OptionError


def shown(url: URL) -> str:
    """An address that may be told: without its password."""
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


@contextmanager
def told_of_server(url: str) -> Iterator[None]:
    """Have it told, in a ``with`` block, that the PostgreSQL at an address cannot be reached or used: OptionError."""
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        remedy = "check the address, that its server runs and lets this user in, and that the user may make tables"
        raise OptionError("--database", shown(make_url(url)), f"it cannot be used: {reason}", remedy) from error
