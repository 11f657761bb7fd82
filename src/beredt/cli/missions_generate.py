"""``beredt missions generate``: a simulated year of a study as an export of AMIS, with planted faults."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JsonOption, StudyArgument
from beredt.cli.progress import TerminalProgress


def missions_generate(
    study: StudyArgument,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.csv", help="The export.", dir_okay=False)],
    faults: Annotated[int, typer.Option("--faults", min=0, metavar="N", help="How many faults of every kind.")] = 20,
    fault: Annotated[
        list[str] | None,
        typer.Option(
            "--fault", metavar="RULE=N", help="How many of one kind, by the rule that finds it."
        ),
    ] = None,
    numbered: Annotated[
        bool, typer.Option("--numbered", help="Give incidents numbers; else only time, place and urgency tell them.")
    ] = False,
    alternative: Annotated[
        str | None, typer.Option("--alternative", metavar="ID", help="The alternative [default: the study's base].")
    ] = None,
    replication: Annotated[int, typer.Option("--replication", min=0, metavar="N", help="Which replication.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Write a simulated year as an export of AMIS, with faults of every kind planted and counted.

    Beside FILE.csv come FILE.planted.json, which lists the faults and what cleaning must find, and FILE.profile.toml,
    the profile to import it with. Everything in them is generated.
    """
    wanted = dict(map(_count, fault or []))
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        loaded = load_checked_study(study)

        # Only now the kernels: a faulty study is told at once.
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        from beredt.simulation.amis_export.generate_export import generate_export

        summary = generate_export(
            loaded,
            alternative=alternative,
            replication=replication,
            faults=faults,
            wanted=wanted,
            numbered=numbered,
            out=out,
            progress=progress,
        )
    if as_json:
        print_json(summary.as_json())
    else:
        typer.echo(summary.as_text())


def _count(text: str) -> tuple[str, int]:
    """A rule and how many.

    Raises:
        typer.BadParameter: It is not written as RULE=N.
    """
    rule, equals, number = text.partition("=")
    if not equals or not number.isdigit():
        raise typer.BadParameter(f"{text!r} is not RULE=N, such as midnight=50", param_hint="--fault")
    return rule, int(number)
