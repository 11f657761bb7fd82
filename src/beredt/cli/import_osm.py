"""``beredt import osm``: roads of an OpenStreetMap file."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, findings_as_json, print_json
from beredt.cli.options import JsonOption

if TYPE_CHECKING:
    from beredt.roads.imported.import_roads import ImportAnswer

OutOption = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="A new folder, an earlier import, or a study, which gets them in its folder roads.",
    ),
]
CountryOption = Annotated[
    str | None,
    typer.Option(
        "--country",
        metavar="CC",
        help="Whose speed limits hold where there is no sign, as NO or default [default: by where the roads lie].",
    ),
]
ProfileOption = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        metavar="FILE.toml",
        exists=True,
        dir_okay=False,
        help="Which roads are driven [default: ambulance].",
    ),
]


def import_osm(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="The extract: .osm.pbf, .osm or .osm.gz."),
    ],
    out: OutOption,
    country: CountryOption = None,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read the roads that an ambulance may drive on, with limits, one-way rules and turn bans."""
    with faults_as_exit_codes(as_json):
        from beredt.roads.imported.import_roads import import_roads
        from beredt.roads.osm.read_osm import read_osm
        from beredt.roads.profile.profile import load_profile

        start = time.perf_counter()
        chosen = load_profile(profile)
        answer = import_roads(
            lambda limits, tally: read_osm(file, chosen, limits, tally),
            [file], "osm", chosen, country, out, "© OpenStreetMap contributors, ODbL 1.0",
        )  # fmt: skip
        seconds = time.perf_counter() - start
    show_import(answer, seconds, as_json)


def show_import(answer: ImportAnswer, seconds: float, as_json: bool) -> None:
    """Tell what an import of roads found, for a program or a person."""
    if as_json:
        issues = findings_as_json(answer.issues)
        print_json({"out": str(answer.folder), **answer.about, "issues": issues, "seconds": round(seconds, 3)})
    else:
        typer.echo(answer.as_text())
        typer.echo(f"Faults on a map: {answer.folder / 'faults.geojson'}")
