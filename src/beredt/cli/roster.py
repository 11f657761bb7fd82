"""``beredt roster``: hours on duty over the week that meet the need of every hour."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JobsOption, JsonOption, StudyArgument
from beredt.cli.progress import TerminalProgress
from beredt.cli.stopping import StopWish
from beredt.simulation.paused_collector import paused_collector

DEFAULT_REPLICATIONS = 2
"""Enough to learn how long a call keeps a unit at work."""


def roster(
    study: StudyArgument,
    alternative: Annotated[
        str | None, typer.Option("--alternative", metavar="ID", help="The alternative [default: the study's base].")
    ] = None,
    station: Annotated[
        list[str] | None,
        typer.Option("--station", metavar="ID", help="Only this station; may be repeated [default: all]."),
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", metavar="FILE", help="Permitted shifts and their cost, as TOML [default: shipped]."),
    ] = None,
    replications: Annotated[
        int, typer.Option("--replications", min=1, metavar="N", help="Simulated years behind the work of a call.")
    ] = DEFAULT_REPLICATIONS,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for roster.html and tables [default: no files].")
    ] = None,
    jobs: JobsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the roster with the fewest paid hours that meets the need of every hour, for every station.

    The need is the fewest units with which few enough calls find none free (Erlang B). Told beside it: today's roster,
    and the same cars with their part-day shifts at the hours where they do most good. Ctrl-C stops with the best so
    far and the gap to a proof.
    """
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        if rules is not None and not rules.is_file():
            raise typer.BadParameter(f"there is no file {rules}", param_hint="--rules")
        with paused_collector():
            loaded = load_checked_study(study)

            from beredt.siting.rosters.rules import read_roster_rules

            permitted = read_roster_rules(rules)

            # Only now the kernels: a faulty study or file is told at once.
            from beredt.simulation.kernel_cache import prepare_kernel_cache

            prepare_kernel_cache()
            from beredt.siting.run_rosters import roster_json, roster_lines, run_rosters

        with StopWish() as stop:
            answer = run_rosters(
                loaded,
                permitted,
                alternative=alternative,
                stations=tuple(station or ()),
                replications=replications,
                jobs=jobs,
                progress=progress,
                stop=stop,
            )
        pages = []
        if out is not None:
            from beredt.report.rosters.write_pages import write_roster_pages

            pages = write_roster_pages(answer, out)
    if as_json:
        print_json(roster_json(answer) | {"pages": [str(page) for page in pages]})
    else:
        typer.echo("\n".join([*roster_lines(answer), *(f"Written: {page}" for page in pages[:1])]))
