"""``beredt live key``: keys by which feeds are known where others than this machine are let in."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption
from beredt.cli.serve_options import DatabaseOption, DataOption, data_folder

if TYPE_CHECKING:
    from pathlib import Path

    from beredt.web.live.keys import FeedKeys

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of the key, such as that of the system.")]

live_key = typer.Typer(
    help="Keys by which feeds are known, for when others than this machine are let in.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@live_key.command("add")
def add(
    name: NameArgument,
    organisation: Annotated[
        str,
        typer.Option("--organisation", metavar="ID", help="Whose units it tells of [default: a feed of all of them]."),
    ] = "",
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="Of events that it may send [default: all]; may be given again."),
    ] = None,
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a key and print it, this once: put it into a file that only the feed's program can read."""
    with faults_as_exit_codes(as_json):
        key = _keys(data, database).add(name, organisation, kind or ())
    if as_json:
        print_json({"name": name, "key": key})
    else:
        typer.echo(key)


@live_key.command("list")
def list_keys(data: DataOption = None, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List the keys by name; nobody can be told a key again."""
    with faults_as_exit_codes(as_json):
        found = _keys(data, database).list_keys()
    if as_json:
        print_json({"keys": [{**asdict(one), "kinds": sorted(one.kinds)} for one in found]})
        return
    for one in found:
        of = f"{one.organisation or 'all organisations'}: {', '.join(sorted(one.kinds)) or 'all events'}"
        typer.echo(f"{one.name:<24}since {datetime.fromtimestamp(one.made_at, UTC):%Y-%m-%d}  {of}")


@live_key.command("remove")
def remove(
    name: NameArgument, data: DataOption = None, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Take a key away, at once. What was sent with it stays."""
    with faults_as_exit_codes(as_json):
        _keys(data, database).remove(name)
    if as_json:
        print_json({"removed": name})


def _keys(data: Path | None, database: str | None) -> FeedKeys:
    from beredt.live.store.tables import open_live_database
    from beredt.web.live.keys import FeedKeys
    from beredt.web.where_kept import database_address

    folder, address = data_folder(data), database_address(database)
    return FeedKeys(open_live_database(folder, address))
