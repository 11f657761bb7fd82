"""``beredt serve forget``: rules of retention, carried out and written down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption
from beredt.cli.serve_options import (
    DatabaseOption,
    DataOption,
    data_folder,
    note_on_command_line,
    open_accounts,
    user_of_machine,
)

DAY_S = 86_400


def forget(
    data: DataOption = None,
    database: DatabaseOption = None,
    audit_days: Annotated[
        int | None,
        typer.Option("--audit-days", metavar="N", min=30, help="Delete lines older than this of who did what."),
    ] = None,
    live_days: Annotated[
        int | None, typer.Option("--live-days", metavar="N", min=2, help="Empty entries older than this of live logs.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Delete what has been kept for as long as it may be, and write down that it was done, and by which rule.

    What is not named is kept. The chain of the log of who did what can be checked as before; entries of live logs keep
    their numbers. Drafts lie in browsers and nowhere else.
    """
    from beredt.errors import OptionError

    with faults_as_exit_codes(as_json):
        if audit_days is None and live_days is None:
            remedy = "give --audit-days, --live-days or both"
            raise OptionError("--audit-days", "", "nothing says what is to be forgotten", remedy)
        accounts = open_accounts(data, database, make=False)
        now, answer = accounts.clock(), dict[str, int]()
        if live_days is not None:
            answer["live"] = _forget_live(data, database, round((now - live_days * DAY_S) * 1000))
            note_on_command_line(accounts, f"empty {answer['live']} entries of live logs: older than {live_days} days")
        if audit_days is not None:
            from beredt.web.access.audit import Entry

            entry = Entry(now, user_of_machine(), "", "retention", "")
            answer["audit"] = accounts.audit.forget(now - audit_days * DAY_S, audit_days, entry)
    if as_json:
        print_json({"forgotten": answer})
        return
    for name, count in answer.items():
        typer.echo(f"{name}: {count} entries are forgotten")


def _forget_live(data: Path | None, database: str | None, before_ms: int) -> int:
    """Empty old entries of the logs of all studies that are kept there."""
    from beredt.live.store.event_log import EventLog, list_studies
    from beredt.live.store.tables import open_live_database
    from beredt.web.where_kept import database_address

    engine = open_live_database(data_folder(data), database_address(database))
    return sum(EventLog(lambda: engine, study).forget(before_ms) for study in list_studies(engine))
