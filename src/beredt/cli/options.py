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
