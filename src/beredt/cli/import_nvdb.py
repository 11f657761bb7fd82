"""``beredt import nvdb`` and ``beredt import sumo``: roads of Norway's road data bank, and of the simulator SUMO."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes
from beredt.cli.import_osm import CountryOption, OutOption, ProfileOption, show_import
from beredt.cli.options import JsonOption

if TYPE_CHECKING:
    from collections.abc import Callable

    from beredt.roads.imported.drawn_roads import DrawnRoads
    from beredt.roads.imported.tally import Tally
    from beredt.roads.profile.limits import Limits

NLOD = "Statens vegvesen and Kartverket, NLOD"
SUMO = "as the map that the network was made of; OpenStreetMap: ODbL 1.0"


def import_nvdb(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            exists=True,
            dir_okay=False,
            help="Answers of the API (.json, .json.gz), segments and limits; or one network data set (.gpkg, .sqlite).",
        ),
    ],
    out: OutOption,
    country: CountryOption = "NO",
    as_json: JsonOption = False,
) -> None:
    """Read roads of the national road data bank: answers of its API 3 or 4, or the data set for route planning."""
    with faults_as_exit_codes(as_json):
        from beredt.roads.imported.import_roads import import_roads
        from beredt.roads.nvdb.read_api import read_nvdb
        from beredt.roads.nvdb.read_ruteplan import ENDINGS, read_ruteplan
        from beredt.roads.profile.profile import load_profile

        def read(limits: Callable[..., Limits], tally: Tally) -> tuple[DrawnRoads, Limits]:
            if files[0].suffix.lower() in ENDINGS:
                return read_ruteplan(files[0], limits, tally)
            return read_nvdb(files, limits, tally)

        start = time.perf_counter()
        if files[0].suffix.lower() in ENDINGS and len(files) > 1:
            raise typer.BadParameter("give one network data set at a time", param_hint="FILE")
        answer = import_roads(read, files, "nvdb", load_profile(), country, out, NLOD)
        seconds = time.perf_counter() - start
    show_import(answer, seconds, as_json)


def import_sumo(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="The network: .net.xml or .net.xml.gz.")
    ],
    out: OutOption,
    country: CountryOption = None,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read roads of a network of the traffic simulator SUMO."""
    with faults_as_exit_codes(as_json):
        from beredt.roads.imported.import_roads import import_roads
        from beredt.roads.profile.profile import load_profile
        from beredt.roads.sumo.read_sumo import read_sumo

        start = time.perf_counter()
        chosen = load_profile(profile)
        answer = import_roads(
            lambda limits, tally: read_sumo(file, chosen, limits, tally), [file], "sumo", chosen, country, out, SUMO
        )
        seconds = time.perf_counter() - start
    show_import(answer, seconds, as_json)
