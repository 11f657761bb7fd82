"""``beredt import jemss``: a city and a call trace of the simulator JEMSS, made into a study."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption


def import_jemss(
    city: Annotated[
        Path,
        typer.Argument(
            metavar="CITY_MODEL_DIR",
            exists=True,
            file_okay=False,
            help="Folder of the city model, such as cities/auckland/models/1.",
        ),
    ],
    calls: Annotated[
        Path,
        typer.Option(
            "--calls", metavar="FILE", exists=True, dir_okay=False, help="The call trace: CSV, or gzipped CSV."
        ),
    ],
    redispatch: Annotated[
        str,
        typer.Option("--redispatch", metavar="NAME", help="Name of a file in misc/redispatch, without its ending."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="STUDY", help="Folder of the study; it must be new or empty.")],
    rasters: Annotated[
        Path | None,
        typer.Option(
            "--rasters",
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Folder of the rasters that the demand files name [default: none read].",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make a study of a JEMSS city model and a call trace, with its own roads."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise typer.BadParameter(f"{out} exists and is not an empty folder. Name a new one.", param_hint="--out")
    with faults_as_exit_codes(as_json):
        from beredt.simulation.jemss.import_city import import_city

        start = time.perf_counter()
        summary = import_city(city, calls, redispatch.removesuffix(".csv"), rasters, out)
        seconds = time.perf_counter() - start

    if as_json:
        print_json({**summary.as_json(), "seconds": round(seconds, 3)})
    else:
        typer.echo(summary.as_text())
