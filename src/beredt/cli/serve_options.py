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

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="PostgreSQL for accounts, the log and risk workshops, as postgresql://beredt@db.example.no/beredt, "
        "without a password [default: BEREDT_DATABASE, else files in the data folder].",
    ),
]

HostOption = Annotated[
    str,
    typer.Option(
        "--host", metavar="H", help="Address to listen at; another than this machine needs accounts and --url."
    ),
]

UrlOption = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="Address that others type, https://…: lets people with accounts in."),
]

ProxyOption = Annotated[
    str,
    typer.Option("--proxy", metavar="ADDRESS", help="Address of the proxy in front, which tells who calls and how."),
]

CertificateOption = Annotated[
    Path | None, typer.Option("--certificate", metavar="FILE", help="Certificate (PEM) to speak TLS without a proxy.")
]

OidcOption = Annotated[
    Path | None,
    typer.Option("--oidc", metavar="FILE", help="At which provider people of an organisation log in (TOML)."),
]

DivideOption = Annotated[
    Path | None,
    typer.Option("--divide", metavar="FILE", help="Which organisation opens which study (CSV); without it, all do."),
]

ClientCaOption = Annotated[
    Path | None,
    typer.Option("--client-ca", metavar="FILE", help="Callers need a certificate that these (PEM) vouch for."),
]

KeyOption = Annotated[Path | None, typer.Option("--key", metavar="FILE", help="Key of the certificate (PEM).")]

WatchOption = Annotated[
    str | None,
    typer.Option(
        "--watch",
        metavar="[HOST:]PORT",
        help="Address of its own for /healthz, /readyz and /metrics, this machine only if no HOST is named.",
    ),
]

LogOption = Annotated[
    str, typer.Option("--log", metavar="text|json", help="json: one line for every request and fault, on stderr.")
]


def is_json(log: str) -> bool:
    """Whether `--log` asks for lines of JSON. Raises OptionError for what it does not know."""
    from beredt.errors import OptionError

    if log not in ("text", "json"):
        raise OptionError("--log", log, "there is no such form", "write text or json")
    return log == "json"


def data_folder(data: Path | None) -> Path:
    """The folder that is given, else the user's own."""
    from beredt.web.settings import default_data_folder

    return (data or default_data_folder()).resolve()


def open_accounts(data: Path | None, database: str | None, *, make: bool) -> Accounts:
    """The accounts of a data folder, or of a PostgreSQL.

    Args:
        data: The folder, None for the user's own.
        database: What `--database` says.
        make: Make them where there are none.

    Raises:
        AccountError: There are none, or they cannot be opened.
        OptionError: The PostgreSQL cannot be used.
    """
    from beredt.errors import AccountError
    from beredt.web.access.accounts import Accounts
    from beredt.web.access.chain import ANCHOR_FILE
    from beredt.web.access.database import has_database, open_database
    from beredt.web.where_kept import database_address

    folder, address = data_folder(data), database_address(database)
    if not make and not has_database(folder, address):
        remedy = "make the first one with `beredt serve user add NAME --role admin`, or name their folder with --data"
        raise AccountError("", f"there are no accounts in {folder}: {remedy}")
    return Accounts(open_database(folder, address), anchor=folder / ANCHOR_FILE)


def note_on_command_line(accounts: Accounts, what: str) -> None:
    """Write into the log what was done to accounts here, and by which account of this machine."""
    from beredt.web.access.audit import Entry

    accounts.audit.add(Entry(accounts.clock(), user_of_machine(), "", "account", f"command line: {what}"))


def user_of_machine() -> str:
    """By which account of this machine the command line is used."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
