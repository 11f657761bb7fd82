"""``beredt serve audit``: who looked at what in Studio and who changed what, and whether anybody touched that log."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption
from beredt.cli.serve_options import DatabaseOption, DataOption, open_accounts

audit = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, invoke_without_command=True
)


@audit.callback()
def entries(
    context: typer.Context,
    data: DataOption = None,
    database: DatabaseOption = None,
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="From this day on, as 2026-01-31 (UTC).")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="To this day, itself among them.")] = "",
    user: Annotated[str | None, typer.Option("--user", metavar="NAME", help="Only of this account.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write CSV to a new file instead of the terminal.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell who looked at what and changed what: time in UTC, user, role, what, study, from where; the oldest first."""
    if context.invoked_subcommand is not None:
        return
    with faults_as_exit_codes(as_json):
        from dataclasses import asdict

        from beredt.web.access.audit import csv_lines, iso

        log = open_accounts(data, database, make=False).audit
        entries = log.entries(_day("--since", since, 0) or 0.0, _day("--until", until, 1), user)
        if out is not None:
            count = _write(out, csv_lines(entries))
            answer: dict[str, Any] = {"file": str(out), "entries": count}
        elif as_json:
            answer = {"entries": [{**asdict(one), "at": iso(one.at)} for one in entries]}
        else:
            for line in csv_lines(entries):
                typer.echo(line, nl=False)
            return
    if as_json:
        print_json(answer)
    else:
        typer.echo(f"{answer['entries']} entries are in {out}", err=True)


@audit.command("check")
def check(
    data: DataOption = None,
    database: DatabaseOption = None,
    anchor: Annotated[
        list[str] | None,
        typer.Option("--anchor", metavar="NUMBER:HASH", help="That was kept elsewhere; may be given again."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell which lines of the log were changed or are missing, also at its end. Exit code 1 where there are any."""
    with faults_as_exit_codes(as_json):
        from beredt.web.access.chain import parse_anchor, told

        anchors = [parse_anchor(one) for one in anchor or ()]
        found = open_accounts(data, database, make=False).audit.check(anchors)
    if as_json:
        faults = [{"number": one.number, "what": one.what} for one in found.faults]
        end = f"{found.end.number}:{found.end.hash}"
        told_lines = {"lines": found.lines, "before_the_chain": found.before, "deleted_by_rule": found.deleted}
        print_json({**told_lines, "anchor": end, "faults": faults})
    else:
        typer.echo(f"{found.lines} lines, {found.deleted} deleted by rule, {len(found.faults)} faults")
        if found.before:
            typer.echo(f"  {found.before} lines are from before there was a chain: the next entry links them")
        for line in told(found.faults):
            typer.echo(f"  {line}")
    if found.faults:
        raise typer.Exit(1)


@audit.command("anchor")
def anchor(data: DataOption = None, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Tell how far the log has come, to be kept where nobody who can write here can write: for `check --anchor`."""
    with faults_as_exit_codes(as_json):
        end = open_accounts(data, database, make=False).audit.check().end
    text = f"{end.number}:{end.hash}"
    if as_json:
        print_json({"anchor": text})
    else:
        typer.echo(text)


def _write(out: Path, lines: Any) -> int:
    """Write lines with a head to a new file that its owner alone can read; returns how many without the head."""
    import os

    from beredt.errors import OptionError

    try:
        file = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise OptionError("--out", str(out), "there is such a file", "name a new one") from None
    except OSError as error:
        raise OptionError("--out", str(out), str(error.strerror), "name a file that you may write") from error
    with os.fdopen(file, "w", encoding="utf-8", newline="") as handle:
        return sum(handle.write(line) > 0 for line in lines) - 1


def _day(option: str, text: str, later: int) -> float | None:
    from beredt.errors import OptionError

    try:
        day = date.fromisoformat(text) + timedelta(days=later) if text else None
    except ValueError:
        raise OptionError(option, text, "it is no day", "write it as 2026-01-31") from None
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
