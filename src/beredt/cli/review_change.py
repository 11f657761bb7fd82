"""``beredt missions review STORE set`` and ``comment``: what people do to a case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption
from beredt.cli.review_look import case_as_json
from beredt.cli.review_options import CaseArgument, QueueOption, WhoOption, queue_path, who_acts

if TYPE_CHECKING:
    from beredt.indicators.review.queued import QueuedCase


def set_status(
    ctx: typer.Context,
    case: CaseArgument,
    status: Annotated[
        str | None, typer.Argument(metavar="STATUS", help="new, open, waiting, closed or dismissed.")
    ] = None,
    comment_text: Annotated[
        str, typer.Option("--comment", metavar="TEXT", help="Why; a case is not closed or dismissed without it.")
    ] = "",
    assign: Annotated[
        str | None, typer.Option("--assign", metavar="NAME", help="Who looks at it; an empty name for nobody.")
    ] = None,
    if_status: Annotated[
        str | None,
        typer.Option("--if", metavar="STATUS", help="Only if it has this status; otherwise nothing is done."),
    ] = None,
    queue: QueueOption = None,
    who: WhoOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a case another status, or to another person."""
    if status is None and assign is None:
        raise typer.BadParameter("give a STATUS, --assign NAME, or both", param_hint="STATUS")
    with faults_as_exit_codes(as_json):
        from beredt.indicators.review.queue import open_queue

        now = datetime.now(UTC)
        with open_queue(queue_path(ctx.obj, queue)) as held:
            if status is not None:
                held.set_status(case, status, who_acts(who), now, comment_text, if_status)
            if assign is not None:
                held.assign(case, assign, who_acts(who), now)
            found = held.get_case(case)
    _print_case(found, as_json)


def comment(
    ctx: typer.Context,
    case: CaseArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to write. It stays in the history.")],
    queue: QueueOption = None,
    who: WhoOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a comment on a case."""
    with faults_as_exit_codes(as_json):
        from beredt.indicators.review.queue import open_queue

        with open_queue(queue_path(ctx.obj, queue)) as held:
            held.comment(case, text, who_acts(who), datetime.now(UTC))
            found = held.get_case(case)
    _print_case(found, as_json)


def _print_case(case: QueuedCase, as_json: bool) -> None:
    if as_json:
        print_json(case_as_json(case))
    else:
        typer.echo(f"case {case.id} is {case.status}" + (f", with {case.assigned}" if case.assigned else ""))
