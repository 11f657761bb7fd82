"""``beredt study verify``: whether a report is what it says it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import WRONG_INPUT, faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JobsOption, JsonOption
from beredt.cli.progress import TerminalProgress


def study_verify(
    report: Annotated[
        Path, typer.Argument(metavar="REPORT", help="A report.html or report.pdf, or the folder that it lies in.")
    ],
    study: Annotated[
        str | None,
        typer.Option("--study", metavar="STUDY", help="The study it was made from [default: the bundled one named]."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Simulate the study anew, too, and compare table by table.")
    ] = False,
    jobs: JobsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check that the files of a report are untouched, and make it again to see whether it agrees.

    Exit code 0: everything agrees. 1: something differs, is missing, or could not be checked.
    """
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        # The simulation is only compiled when it is asked for, but its modules are imported with the report's.
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        from beredt.report.verify.verify_report import verify_report

        answer = verify_report(report, study, load_checked_study, again=again, jobs=jobs, progress=progress)
    if as_json:
        print_json(answer.as_json())
    else:
        typer.echo(answer.as_text())
    if not answer.agrees:
        raise typer.Exit(WRONG_INPUT)
