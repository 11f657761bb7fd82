"""What the verbs of the server share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from beredt.web.access.accounts import Accounts

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", help="Folder of accounts, copies of studies and runs [default: the user's own]."
    ),
]


def data_folder(data: Path | None) -> Path:
    """The folder that is given, else the user's own."""
    from beredt.web.settings import default_data_folder

    return (data or default_data_folder()).resolve()


def open_accounts(data: Path | None, *, make: bool) -> Accounts:
    """The accounts of a data folder.

    Args:
        data: The folder, None for the user's own.
        make: Make them where there are none.

    Raises:
        AccountError: There are none, or they cannot be opened.
    """
    from beredt.errors import AccountError
    from beredt.web.access.accounts import Accounts
    from beredt.web.access.database import has_database, open_database

    folder = data_folder(data)
    if not make and not has_database(folder):
        remedy = "make the first one with `beredt serve user add NAME --role admin`, or name their folder with --data"
        raise AccountError("", f"there are no accounts in {folder}: {remedy}")
    return Accounts(open_database(folder))


def note_on_command_line(accounts: Accounts, what: str) -> None:
    """Write into the log what was done to accounts here, and by which account of this machine."""
    import getpass

    from beredt.web.access.audit import Entry

    try:
        who = getpass.getuser()
    except (OSError, KeyError):
        who = "unknown"
    accounts.audit.add(Entry(accounts.clock(), who, "", "account", f"command line: {what}"))
