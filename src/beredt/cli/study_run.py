"""``beredt study run``: from the folder to the report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import (
    ClusterOption,
    JobsOption,
    JsonOption,
    ReplicationsOption,
    StudyArgument,
    refuse_jobs_on_cluster,
)
from beredt.cli.progress import TerminalProgress
from beredt.simulation.paused_collector import paused_collector


def study_run(
    study: StudyArgument,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for report and results [default: STUDY-out here]."),
    ] = None,
    replications: ReplicationsOption = None,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    language: Annotated[
        str | None,
        typer.Option("--lang", metavar="nb|nn|en", help="Language of the report [default: as in the study]."),
    ] = None,
    alternative: Annotated[
        list[str] | None,
        typer.Option("--alternative", metavar="ID", help="Only this alternative, besides the base; may be repeated."),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", help="People, need and roads of another year, as projected."),
    ] = None,
    growth: Annotated[
        str, typer.Option("--growth", metavar="main|low|high", help="With --year: alternative of the projection.")
    ] = "main",
    as_json: JsonOption = False,
) -> None:
    """Simulate every alternative of a study, weigh them, and write the report with the tables behind it."""
    refuse_jobs_on_cluster(jobs, cluster)
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        with paused_collector():
            from beredt.demand.projection.carried_to import CarriedTo

            loaded = load_checked_study(study, tuple(alternative or ()))
            carried = None if year is None else CarriedTo(year, growth)
            if carried is not None:
                loaded = carried.study(loaded)

            # Only now the kernels: a faulty study is told at once.
            from beredt.simulation.kernel_cache import prepare_kernel_cache

            prepare_kernel_cache()
            from beredt.report.run_study import run_study

        summary = run_study(
            loaded,
            out=out or Path(f"{Path(study).resolve().name}-out"),
            replications=replications,
            jobs=jobs,
            language=language,
            alternatives=tuple(alternative or ()),
            progress=progress,
            say=progress.say,
            cluster=cluster,
            carried=carried,
        )
    if as_json:
        print_json(summary.as_json())
    else:
        typer.echo(summary.as_text())
