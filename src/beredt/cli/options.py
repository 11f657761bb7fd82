"""Options that several verbs share, so that they read the same everywhere."""

from __future__ import annotations

from typing import Annotated

import typer

StudyArgument = Annotated[
    str, typer.Argument(metavar="STUDY", help="Folder of the study, or the name of a bundled one: asker-baerum.")
]

JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]

ReplicationsOption = Annotated[
    int | None,
    typer.Option("--replications", min=1, metavar="N", help="Replications per alternative [default: as in the study]."),
]

JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", min=1, metavar="N", help="Worker processes [default: one per core]; the results are the same."
    ),
]

ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Scheduler of a Dask cluster that does the work instead, as tcp://HOST:8786; the results are the same.",
    ),
]


def refuse_jobs_on_cluster(jobs: int | None, cluster: str | None) -> None:
    """A cluster has as many workers as were started there.

    Raises:
        typer.BadParameter: Both options are given.
    """
    if jobs is not None and cluster is not None:
        raise typer.BadParameter("--jobs is for this machine; a cluster has the workers that were started there.")
