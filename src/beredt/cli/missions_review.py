"""``beredt missions review``: missions worth a look, in a queue with status, comments and history."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

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
    begin_of,
    chosen_cases,
    look_at_store,
    queue_path,
    who_acts,
)

if TYPE_CHECKING:
    from beredt.indicators.review.queued import QueuedCase


class _FlagsUnlessTold(TyperGroup):
    """`review STORE` and `review STORE --option` mean `review STORE flag …`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the word in after the store where no action stands."""
        if args and not args[0].startswith("-") and (len(args) == 1 or args[1].startswith("-")):
            args = ["--help"] if "--help" in args else [args[0], "flag", *args[1:]]
        return super().parse_args(ctx, args)


missions_review = typer.Typer(
    cls=_FlagsUnlessTold,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    subcommand_metavar="[flag|list|show|set|comment|export]",
)


@missions_review.callback()
def review(
    ctx: typer.Context, store: Annotated[Path, typer.Argument(metavar="STORE", help="Folder of the store.")]
) -> None:
    """Flag missions that are worth a look, and work them off in a queue. Without an action the rules are run.

    The queue is about single incidents and is for those who may see them; its file can be read by its owner only.
    """
    ctx.obj = store


@missions_review.command("flag")
def flag(
    ctx: typer.Context,
    rule: RuleOption = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="RULE", help="Leave a rule out; may be repeated.")
    ] = None,
    study: Annotated[
        str | None,
        typer.Option("--study", metavar="STUDY", help="Study that knows stations, roads, and who serves whom."),
    ] = None,
    stations: Annotated[
        Path | None,
        typer.Option(
            "--stations",
            metavar="FILE",
            help="CSV of stations as the log writes them, where there is no study: name, lat, lon.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    limits: Annotated[
        Path | None,
        typer.Option("--limits", metavar="FILE", help="TOML with other limits.", exists=True, dir_okay=False),
    ] = None,
    days: Annotated[
        int, typer.Option("--days", min=0, metavar="N", help="Look at the last N days of the log; 0 for all of it.")
    ] = 90,
    queue: QueueOption = None,
    who: WhoOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run the rules, and put what they flag into the queue. Cases that are known keep their status."""
    with faults_as_exit_codes(as_json):
        from beredt.indicators.review.cases import cases_of
        from beredt.indicators.review.find_flags import find_flags, list_unused
        from beredt.indicators.review.queue import open_queue
        from beredt.indicators.review.queue_file import iso
        from beredt.indicators.review.queued import Period
        from beredt.indicators.review.rules import choose_rules
        from beredt.missions.store import open_store

        opened = open_store(ctx.obj)
        rules = choose_rules(rule or (), without or ())
        since = begin_of(opened, days)
        seen = look_at_store(opened, since, study, stations, limits)
        unused = list_unused(seen, rules)
        used = [one for one in rules if one not in unused]
        cases = cases_of(seen, find_flags(seen, used))
        with open_queue(queue_path(ctx.obj, queue), make=True) as held:
            period = Period(iso(since) if since else "")
            added = held.add(cases, used, who_acts(who), datetime.now(UTC), period)
            counts = held.counts()
    answer: dict[str, Any] = {
        "generated": opened.info.generated,
        "queue": str(queue_path(ctx.obj, queue)),
        "looked_at": seen.incidents.height,
        "flagged": len(cases),
        "new": added.new,
        "reopened": added.reopened,
        "gone": added.gone,
        "not_run": unused,
        **counts,
    }
    if as_json:
        print_json(answer)
        return
    tell_generated(opened.info.generated)
    typer.echo(f"{answer['looked_at']} incidents looked at, {answer['flagged']} flagged: {added.new} new cases, "
               f"{added.reopened} opened again, {added.gone} flags gone")  # fmt: skip
    for name, number in counts["open_by_rule"].items():
        typer.echo(f"  {name:<20}{number:>8}")
    for name, needs in unused.items():
        typer.echo(f"  {name} was not run: it needs {needs}")
    typer.echo(f"The queue is {answer['queue']}")


@missions_review.command("list")
def list_cases(
    ctx: typer.Context,
    status: StatusOption = None,
    rule: RuleOption = None,
    municipality: Annotated[str | None, typer.Option("--municipality", help="As the log writes it.")] = None,
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
            cases = chosen_cases(held, status, rule, municipality, assigned, since, until, limit)
            held.note_access(who_acts(who), "list", len(cases), datetime.now(UTC))
    if as_json:
        print_json({"generated": is_generated(ctx.obj), "cases": [_as_json(case) for case in cases]})
        return
    tell_generated(is_generated(ctx.obj))
    for case in cases:
        words = (case.municipality, case.units, case.status, case.assigned)
        typer.echo(f"{case.id:>6}  {case.call_t:<20}  {case.urgency:<1}  " + "  ".join(word for word in words if word)
                   + f"  {', '.join(case.rules)}")  # fmt: skip
    typer.echo(f"{len(cases)} cases", err=True)


@missions_review.command("show")
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
        print_json({"generated": is_generated(ctx.obj), **_as_json(found), **told})
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


@missions_review.command("set")
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


@missions_review.command("comment")
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


@missions_review.command("export")
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
            cases = chosen_cases(held, status or list(STATUSES), rule, None, None, since, until, None)
            write_review(review_tables(held, cases), out)
            held.note_access(who_acts(who), "export", len(cases), datetime.now(UTC))
    if as_json:
        print_json({"file": str(out), "cases": len(cases)})
    else:
        typer.echo(f"{len(cases)} cases in {out}: single incidents, for those who may see them")


def _print_case(case: QueuedCase, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(case))
    else:
        typer.echo(f"case {case.id} is {case.status}" + (f", with {case.assigned}" if case.assigned else ""))


def _as_json(case: QueuedCase) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(case), "rules": list(case.rules)}
