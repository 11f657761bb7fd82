"""``beredt data``: what the servers keep, taken away, brought back and upgraded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption
from beredt.cli.serve_options import DatabaseOption, DataOption, data_folder, note_on_command_line, open_accounts

if TYPE_CHECKING:
    from beredt.web.keeping.backup import Backup


def data_backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="New or empty folder for the backup.")],
    data: DataOption = None,
    database: DatabaseOption = None,
    without_files: Annotated[
        bool, typer.Option("--without-files", help="Only databases: neither studies, jobs nor mission logs.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Copy all that servers keep, while they run: everything that was acknowledged before is in it.

    It holds single missions and hashes of passwords: keep it as you keep the server itself.
    """
    with faults_as_exit_codes(as_json):
        from datetime import UTC, datetime

        from beredt.web.keeping.backup import back_up
        from beredt.web.where_kept import database_address

        folder, address = data_folder(data), database_address(database)
        made = back_up(folder, address, out.resolve(), datetime.now(UTC), files=not without_files)
        _note(data, database, "backup")
    _tell(made, as_json, f"the backup is in {out}")


def data_restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="Folder of a backup.")],
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring a backup back, into an empty data folder or an empty PostgreSQL. Nothing is ever overwritten."""
    with faults_as_exit_codes(as_json):
        from beredt.web.keeping.restore import restore
        from beredt.web.where_kept import database_address

        found = restore(backup, data_folder(data), database_address(database))
        _note(data, database, "restore")
    _tell(found, as_json, f"{backup} is restored; everybody has to log in anew")


def data_upgrade(
    data: DataOption = None,
    database: DatabaseOption = None,
    look: Annotated[bool, typer.Option("--look", help="Only tell the versions, and change nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Bring the tables of all servers to the version of this program; a server does the same at its start.

    Every part is upgraded whole or not at all. Make a backup first.
    """
    with faults_as_exit_codes(as_json):
        from beredt.web.keeping.upgrade import list_versions, upgrade
        from beredt.web.where_kept import database_address

        folder, address = data_folder(data), database_address(database)
        found = (list_versions if look else upgrade)(folder, address)
    if as_json:
        print_json({"parts": [one._asdict() for one in found], "upgraded": not look})
        return
    for one in found:
        there = "not there" if one.version is None else f"version {one.version}"
        typer.echo(f"{one.part:<10}{there}, newest {one.newest}")
        for step in one.steps:
            typer.echo(f"  {'to do' if look else 'done'}: {step}")


def _note(data: Path | None, database: str | None, what: str) -> None:
    """Write into the log of deeds who made or restored a backup, where there is one of this version."""
    from beredt.web.keeping.upgrade import list_versions
    from beredt.web.where_kept import database_address

    found = {one.part: one for one in list_versions(data_folder(data), database_address(database))}
    access = found["access"]
    if access.version == access.newest:
        note_on_command_line(open_accounts(data, database, make=False), what)


def _tell(backup: Backup, as_json: bool, text: str) -> None:
    if as_json:
        print_json(backup.as_json())
        return
    typer.echo(text)
    for name, part in backup.parts.items():
        rows = ", ".join(f"{count} {table}" for table, count in part["rows"].items())
        typer.echo(f"  {name}, version {part['version']}: {rows}")
    typer.echo(f"  {backup.files} other files")
