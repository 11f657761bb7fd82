"""Options that verbs over imported roads share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

PurposeOption = Annotated[str, typer.Option("--purpose", metavar="A|H|V|transport|return", help="What is driven for.")]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="DAY-HOUR", help="Time of the week, such as mon-08 [default: no traffic]."),
]
SpeedsOption = Annotated[
    Path | None,
    typer.Option(
        "--speeds", metavar="FILE.toml", exists=True, dir_okay=False, help="Table of speeds [default: the bundled one]."
    ),
]
ChangesOption = Annotated[
    Path | None,
    typer.Option(
        "--changes", metavar="FILE.toml", exists=True, dir_okay=False, help="Planned links, closures and limits."
    ),
]
YearOption = Annotated[int | None, typer.Option("--year", metavar="YYYY", help="The year whose changes hold.")]


def hour_of_week(text: str) -> int:
    """The hour, 0 … 167, of a weekday and an hour as ``mon-08``. Raises typer.BadParameter for anything else."""
    day, _, hour = text.lower().partition("-")
    if day not in WEEKDAYS or not hour.isdigit() or not 0 <= int(hour) <= 23:
        raise typer.BadParameter(f"{text}: give a weekday and an hour, as mon-08", param_hint="--at")
    return WEEKDAYS.index(day) * 24 + int(hour)
