"""``beredt simulate``: one alternative, simulated, and the figures of its missions."""

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


def simulate(
    study: StudyArgument,
    alternative: Annotated[
        str | None, typer.Option("--alternative", metavar="ID", help="The alternative [default: the study's base].")
    ] = None,
    replications: ReplicationsOption = None,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    relocation: Annotated[
        str | None,
        typer.Option(
            "--relocation",
            metavar="RULE[:PARAMETER]",
            help="Where free units go, instead of the study's own rule: none, stay, standby, dmexclp:Q, "
            "compliance:TABLE, priority_list:TABLE.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for missions.parquet and units.parquet [default: no file]."),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(
            "--store",
            metavar="STORE",
            help="New folder for the missions of replication 0 as a store, the form of logs of real missions "
            "[default: none].",
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="YEAR", help="People, need and roads of another year, as projected [default: its own]."
        ),
    ] = None,
    growth: Annotated[
        str, typer.Option("--growth", metavar="main|low|high", help="With --year: alternative of the projection.")
    ] = "main",
    debug: Annotated[
        bool, typer.Option("--debug", help="Hold every run to the laws that no rule may break, and stop at a breach.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Simulate one alternative of a study, without weighing it against others."""
    refuse_jobs_on_cluster(jobs, cluster)
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        with paused_collector():
            loaded = load_checked_study(study, () if alternative is None else (alternative,))
            if year is not None:
                from beredt.demand.projection.later_year import study_in_year

                loaded = study_in_year(loaded, year, growth)

            # Only now the kernels: a faulty study is told at once.
            from beredt.simulation.kernel_cache import prepare_kernel_cache

            prepare_kernel_cache()
            from beredt.simulation.simulate_study import simulate_study

        summary = simulate_study(
            loaded,
            alternative=alternative,
            replications=replications,
            jobs=jobs,
            out=out,
            progress=progress,
            cluster=cluster,
            check_laws=debug,
            relocation=relocation,
            store=store,
        )
    if as_json:
        print_json(summary.as_json())
    else:
        typer.echo(summary.as_text())
