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
    facts_and_limits,
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
        from beredt.indicators.review.rules import choose_rules
        from beredt.indicators.review.run_rules import run_rules
        from beredt.missions.store import open_store

        opened = open_store(ctx.obj)
        chosen = choose_rules(rule or (), without or ())
        held = queue_path(ctx.obj, queue)
        facts, settings = facts_and_limits(opened, study, stations, limits)
        found = run_rules(
            opened, held, chosen, who_acts(who), datetime.now(UTC), days=days, facts=facts, settings=settings
        )
    answer: dict[str, Any] = {
        "generated": opened.info.generated,
        "queue": str(held),
        "looked_at": found.looked_at,
        "flagged": found.flagged,
        "new": found.added.new,
        "reopened": found.added.reopened,
        "gone": found.added.gone,
        "not_run": dict(found.unused),
        **found.counts,
    }
    if as_json:
        print_json(answer)
        return
    tell_generated(opened.info.generated)
    typer.echo(f"{answer['looked_at']} incidents looked at, {answer['flagged']} flagged: {answer['new']} new cases, "
               f"{answer['reopened']} opened again, {answer['gone']} flags gone")  # fmt: skip
    for name, number in found.counts["open_by_rule"].items():
        typer.echo(f"  {name:<20}{number:>8}")
    for name, needs in found.unused.items():
        typer.echo(f"  {name} was not run: it needs {needs}")
    typer.echo(f"The queue is {answer['queue']}")


missions_review.command("list")(list_cases)
missions_review.command("show")(show)
missions_review.command("set")(set_status)
missions_review.command("comment")(comment)
missions_review.command("export")(export)
