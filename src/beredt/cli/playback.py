"""``beredt playback``: a stretch of simulated time, to be looked at in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JsonOption, StudyArgument
from beredt.cli.progress import TerminalProgress


def playback(
    study: StudyArgument,
    begin: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="DAY|ISO",
            help="Where it begins: a day, counted from 0 at the study's first (in the warm-up: --from=-1), or a date "
            "or time such as 2026-01-05T06:00.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file, by habit *.json.gz.", dir_okay=False)],
    days: Annotated[float, typer.Option("--days", metavar="D", help="How many days, also parts of one.")] = 7.0,
    alternative: Annotated[
        str | None, typer.Option("--alternative", metavar="ID", help="The alternative [default: the study's base].")
    ] = None,
    replication: Annotated[int, typer.Option("--replication", min=0, metavar="N", help="Which replication.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Write where every unit was and what it did, minute by minute, with the incidents and who waited."""
    from beredt.errors import StretchError

    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        loaded = load_checked_study(study)

        # Only now the kernels: a faulty study is told at once.
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        from beredt.simulation.playback.record_playback import record_playback, write_and_sum_up

        try:
            recorded = record_playback(
                loaded,
                alternative=alternative,
                replication=replication,
                begin=begin,
                days=days,
                progress=progress,
            )
        except StretchError as error:
            raise typer.BadParameter(str(error)) from None
        summary = write_and_sum_up(recorded, days, out)
    if as_json:
        print_json(summary.as_json())
    else:
        typer.echo(summary.as_text())
