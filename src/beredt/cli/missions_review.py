"""``beredt missions review``: missions worth a look, in a queue with status, comments and history."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.generated_logs import tell_generated
from beredt.cli.options import JsonOption
from beredt.cli.review_change import comment, set_status
from beredt.cli.review_look import export, list_cases, show
from beredt.cli.review_options import (
    QueueOption,
    RuleOption,
    WhoOption,
    begin_of,
    look_at_store,
    queue_path,
    who_acts,
)


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


missions_review.command("list")(list_cases)
missions_review.command("show")(show)
missions_review.command("set")(set_status)
missions_review.command("comment")(comment)
missions_review.command("export")(export)
