"""``beredt dimension``: how many units each station needs by day, evening and night."""

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

DEFAULT_REPLICATIONS = 4
"""A fleet is tried some hundred times: with the replications of a study that would take hours."""


def dimension(
    study: StudyArgument,
    alternative: Annotated[
        list[str] | None,
        typer.Option("--alternative", metavar="ID", help="Only this alternative; may be repeated [default: all]."),
    ] = None,
    replications: Annotated[
        int, typer.Option("--replications", min=1, metavar="N", help="Simulated years behind every share.")
    ] = DEFAULT_REPLICATIONS,
    repeat: Annotated[
        int,
        typer.Option(
            "--repeat",
            min=0,
            metavar="N",
            help="Make the searches behind border prices again N times with other years, for their interval.",
        ),
    ] = 0,
    rule: Annotated[
        Path | None,
        typer.Option("--rule", metavar="FILE", help="The rule as TOML [default: the reconstruction of SINTEF's]."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for dimension.html and tables [default: no files]."),
    ] = None,
    jobs: JobsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the fewest units per station and part of the day that keep a rule: a reconstruction of SINTEF's.

    A unit of the nearest station for 80 % of acute calls, the target time for 90 % wherever stations allow it. Erlang's
    formula gives a first guess, simulation mends and trims it until taking any unit breaks the rule. Each alternative
    with its borders, without any, and without each station that it opens; Ctrl-C stops with the answer so far.
    """
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        with paused_collector():
            loaded = load_checked_study(study)

            from beredt.siting.dimensioning.rule import read_dimension_rule

            asked = read_dimension_rule(_file(rule))

            # Only now the kernels: a faulty study or rule is told at once.
            from beredt.simulation.kernel_cache import prepare_kernel_cache

            prepare_kernel_cache()
            from beredt.siting.dimensioning.answer import dimension_json, dimension_lines
            from beredt.siting.dimensioning.run_dimensioning import run_dimensioning

        with StopWish() as stop:
            done = run_dimensioning(
                loaded,
                asked,
                alternatives=tuple(alternative or ()),
                replications=replications,
                jobs=jobs,
                progress=progress,
                say=progress.say,
                stop=stop,
                repeat=repeat,
            )
        pages = []
        if out is not None:
            from beredt.report.dimensioning.write_pages import write_dimension_pages

            pages = write_dimension_pages(done, out)
    if as_json:
        print_json(dimension_json(done) | {"pages": [str(page) for page in pages]})
    else:
        typer.echo("\n".join([*dimension_lines(done), *(f"Written: {page}" for page in pages[:1])]))


def _file(path: Path | None) -> Path | None:
    if path is not None and not path.is_file():
        raise typer.BadParameter(f"there is no file {path}", param_hint="--rule")
    return path
