"""``beredt missions review STORE list``, ``show`` and ``export``: cases to be read; who reads them is written down."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.generated_logs import is_generated, tell_generated
from beredt.cli.options import JsonOption
from beredt.cli.review_options import (
    CaseArgument,
    QueueOption,
    RuleOption,
    SinceOption,
    StatusOption,
    UntilOption,
    WhoOption,
    chosen_cases,
    queue_path,
    who_acts,
)

if TYPE_CHECKING:
    from beredt.indicators.review.queued import QueuedCase


def list_cases(
    ctx: typer.Context,
    status: StatusOption = None,
    rule: RuleOption = None,
    municipality: Annotated[str | None, typer.Option("--municipality", help="As the log writes it.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help="To which this unit was sent.")] = None,
    assigned: Annotated[str | None, typer.Option("--assigned", metavar="NAME", help="Who looks at it.")] = None,
    since: SinceOption = "",
    until: UntilOption = "",
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many, the gravest first.")] = 50,
    queue: QueueOption = None,
    who: WhoOption = None,
    as_json: JsonOption = False,
) -> None:
    """List cases, the gravest first. Without --status those that are not done."""
    with faults_as_exit_codes(as_json):
        from beredt.indicators.review.queue import open_queue

        with open_queue(queue_path(ctx.obj, queue)) as held:
            cases = chosen_cases(held, status, rule, municipality, unit, assigned, since, until, limit)
            held.note_access(who_acts(who), "list", len(cases), datetime.now(UTC))
    if as_json:
        print_json({"generated": is_generated(ctx.obj), "cases": [case_as_json(case) for case in cases]})
        return
    tell_generated(is_generated(ctx.obj))
    for case in cases:
        words = (case.municipality, case.units, case.status, case.assigned)
        typer.echo(f"{case.id:>6}  {case.call_t:<20}  {case.urgency:<1}  " + "  ".join(word for word in words if word)
                   + f"  {', '.join(case.rules)}")  # fmt: skip
    typer.echo(f"{len(cases)} cases", err=True)


def show(
    ctx: typer.Context,
    case: CaseArgument,
    queue: QueueOption = None,
    who: WhoOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a case: its flags, what to look at, and everything that has happened to it."""
    with faults_as_exit_codes(as_json):
        from dataclasses import asdict

        from beredt.indicators.review.queue import open_queue
        from beredt.indicators.review.rules import load_review_rules

        with open_queue(queue_path(ctx.obj, queue)) as held:
            found, flags, events = held.get_case(case), held.list_flags(case), held.list_events(case)
            held.note_access(who_acts(who), "show", 1, datetime.now(UTC))
        rules = load_review_rules()
    if as_json:
        told = {"flags": [asdict(one) for one in flags], "history": [asdict(one) for one in events]}
        print_json({"generated": is_generated(ctx.obj), **case_as_json(found), **told})
        return
    tell_generated(is_generated(ctx.obj))
    typer.echo(f"case {found.id}: incident {found.name}, call {found.call_t or 'at no known time'}, {found.status}")
    typer.echo(f"  {found.urgency} {found.municipality} {found.units}".rstrip())
    for one in flags:
        unit = rules[one.rule].unit if one.rule in rules else ""
        measured = "" if one.value is None else f" {one.value:g} {unit}"
        limit = "" if one.limit is None else f" (limit {one.limit:g})"
        gone = f", gone since {one.gone_at}" if one.gone_at else ""
        typer.echo(f"  {one.rule}:{measured}{limit} {one.detail}{gone}".rstrip())
        if one.rule in rules and not one.gone_at:
            typer.echo(f"      {rules[one.rule].look['en']}")
    for event in events:
        change = f" {event.before} → {event.after}" if event.before or event.after else ""
        typer.echo(f"  {event.at} {event.who} {event.what}{change} {event.comment}".rstrip())


def export(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="New file: .xlsx, .csv or .json.")],
    status: StatusOption = None,
    rule: RuleOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    queue: QueueOption = None,
    who: WhoOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write cases with their flags and history to a file. Without --status all of them. Who exports is written down."""
    if out.exists():
        raise typer.BadParameter(f"{out} exists. Name a new file.", param_hint="--out")
    with faults_as_exit_codes(as_json):
        from beredt.indicators.review.export import review_tables, write_review
        from beredt.indicators.review.queue import open_queue
        from beredt.indicators.review.queued import STATUSES

        with open_queue(queue_path(ctx.obj, queue)) as held:
            cases = chosen_cases(held, status or list(STATUSES), rule, None, None, None, since, until, None)
            write_review(review_tables(held, cases), out)
            held.note_access(who_acts(who), "export", len(cases), datetime.now(UTC))
    if as_json:
        print_json({"file": str(out), "cases": len(cases)})
    else:
        typer.echo(f"{len(cases)} cases in {out}: single incidents, for those who may see them")


def case_as_json(case: QueuedCase) -> dict[str, Any]:
    """A case as a document."""
    from dataclasses import asdict

    return {**asdict(case), "rules": list(case.rules)}
