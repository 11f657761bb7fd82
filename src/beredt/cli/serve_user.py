"""``beredt serve user``: accounts of Studio. A password is asked for or read from stdin, never an argument."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption
from beredt.cli.serve_options import DatabaseOption, DataOption, note_on_command_line, open_accounts

if TYPE_CHECKING:
    from beredt.web.access.users import User

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="User name, in small or large letters.")]
RoleOption = Annotated[
    str,
    typer.Option(
        "--role",
        metavar="ROLE",
        help="reader (sees all), analyst (also saves and runs) or admin (also the log).",
    ),
]

_OF = "For whom it works: id of an organisation of the study, * for the whole service."

user = typer.Typer(
    help="Accounts of Studio, for when others than the person at this machine are let in.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@user.command("add")
def add(
    name: NameArgument,
    role: RoleOption,
    organisation: Annotated[str, typer.Option("--organisation", metavar="ID", help=_OF)] = "",
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an account. The password is asked for; of a script it is the first line on stdin."""
    with faults_as_exit_codes(as_json):
        from beredt.web.access.roles import get_role

        wanted = get_role(role)
        accounts = open_accounts(data, database, make=True)
        made = accounts.users.add(name, wanted, read_password(name), organisation)
        of = f" of {made.organisation}" if made.organisation else ""
        note_on_command_line(accounts, f"add {made.name} as {made.role.word}{of}")
    _tell(made, as_json, f"{made.name} may log in, as {made.role.word}")


@user.command("list")
def list_users(data: DataOption = None, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List the accounts."""
    with faults_as_exit_codes(as_json):
        accounts = open_accounts(data, database, make=False)
        users = accounts.users.list_users()
        sessions = [accounts.sessions.count(one.name) for one in users]
    if as_json:
        print_json({"users": [_as_json(one) | {"sessions": n} for one, n in zip(users, sessions, strict=True)]})
        return
    for one, count in zip(users, sessions, strict=True):
        of = one.organisation or "-"
        typer.echo(f"{one.name:<24}{one.role.word:<10}{of:<16}since {_day(one.made_at)}  {count} open sessions")


@user.command("remove")
def remove(
    name: NameArgument, data: DataOption = None, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Remove an account and log it out. What it did stays in the log."""
    with faults_as_exit_codes(as_json):
        accounts = open_accounts(data, database, make=False)
        gone = accounts.users.remove(name)
        note_on_command_line(accounts, f"remove {gone.name}")
    _tell(gone, as_json, f"{gone.name} is removed")


@user.command("password")
def password(
    name: NameArgument, data: DataOption = None, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Give an account another password, and log it out everywhere."""
    with faults_as_exit_codes(as_json):
        accounts = open_accounts(data, database, make=False)
        found = accounts.users.get(name)
        changed = accounts.users.set_password(found.name, read_password(found.name))
        note_on_command_line(accounts, f"change the password of {changed.name}")
    _tell(changed, as_json, f"{changed.name} has another password, and is logged out everywhere")


@user.command("role")
def role(
    name: NameArgument,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="reader, analyst or admin.")],
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give an account another role, from its next request on."""
    with faults_as_exit_codes(as_json):
        from beredt.web.access.roles import get_role

        wanted = get_role(role)
        accounts = open_accounts(data, database, make=False)
        changed = accounts.users.set_role(name, wanted)
        note_on_command_line(accounts, f"make {changed.name} {changed.role.word}")
    _tell(changed, as_json, f"{changed.name} is {changed.role.word} now")


@user.command("organisation")
def organisation(
    name: NameArgument,
    organisation: Annotated[str, typer.Argument(metavar="ID", help=_OF)],
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Have an account work for another organisation, from its next request on."""
    with faults_as_exit_codes(as_json):
        accounts = open_accounts(data, database, make=False)
        changed = accounts.users.set_organisation(name, organisation)
        note_on_command_line(accounts, f"have {changed.name} work for {organisation or 'no organisation'}")
    _tell(changed, as_json, f"{changed.name} works for {organisation or 'no organisation'} now")


def read_password(name: str) -> str:
    """A password from the terminal, twice and unseen; of a script the first line on stdin.

    Raises:
        AccountError: Nothing was given, or two different ones.
    """
    import getpass

    from beredt.errors import AccountError

    if not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\r\n")
        if not given:
            raise AccountError(name, "there is no password on stdin: give it as the first line, or use a terminal")
        return given
    first = getpass.getpass(f"Password of {name}: ")
    if getpass.getpass("Once more: ") != first:
        raise AccountError(name, "the two passwords are not the same; nothing was changed")
    return first


def _tell(one: User, as_json: bool, text: str) -> None:
    if as_json:
        print_json(_as_json(one))
    else:
        typer.echo(text)


def _as_json(one: User) -> dict[str, Any]:
    dates = {"made_at": _day(one.made_at), "password_at": _day(one.password_at)}
    return {"name": one.name, "role": one.role.word, "organisation": one.organisation, **dates}


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()
