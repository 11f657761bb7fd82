"""``beredt study init``: a folder to begin from, copied from a study or founded on fetched files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, findings_as_json, print_json
from beredt.cli.options import JsonOption

if TYPE_CHECKING:
    from beredt.founding.found_study import FoundedStudy

TEMPLATE = "asker-baerum"


def study_init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make; it must be new or empty.")],
    template: Annotated[
        str | None, typer.Option("--template", metavar="STUDY", help=f"The study to copy [default: {TEMPLATE}].")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FOLDER", help="Found the study on what beredt fetch has brought here."),
    ] = None,
    municipalities: Annotated[
        str | None, typer.Option("--municipalities", metavar="NUMBERS", help="With --from: which ones, as 3201,3203.")
    ] = None,
    roads: Annotated[
        Path | None,
        typer.Option(
            "--roads", metavar="FILE.osm.pbf", exists=True, dir_okay=False, help="Found it on this extract, anywhere."
        ),
    ] = None,
    people: Annotated[
        Path | None,
        typer.Option("--people", metavar="FILE", exists=True, dir_okay=False, help="lat, lon, people[, municipality]."),
    ] = None,
    stations: Annotated[
        Path | None,
        typer.Option("--stations", metavar="FILE", exists=True, dir_okay=False, help="name, lat, lon[, cars]."),
    ] = None,
    hospitals: Annotated[
        Path | None,
        typer.Option("--hospitals", metavar="FILE", exists=True, dir_okay=False, help="name, lat, lon."),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", min=1900, max=2200, help="With --roads: the year that people were counted.")
    ] = None,
    spread: Annotated[
        bool, typer.Option("--spread", help="With --roads: people live along the streets nearest to their row.")
    ] = False,
    country: Annotated[
        str | None,
        typer.Option("--country", metavar="CC", help="With --roads: whose limits hold without a sign, as NO."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make the folder of a new study.

    A copy of a bundled one; any municipalities of Norway from fetched files (--from); or any place on earth from an
    extract of OpenStreetMap (--roads) and tables (CSV or Parquet) of people, stations and hospitals.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise typer.BadParameter(f"{folder} exists and is not an empty folder. Name a new one.", param_hint="DIR")
    if (source is None) != (municipalities is None):
        raise typer.BadParameter("--from and --municipalities belong together: name both, or neither.")
    if source is not None and template is not None:
        raise typer.BadParameter("a study is copied (--template) or founded (--from): name one of them.")
    own = {"--people": people, "--stations": stations, "--hospitals": hospitals, "--year": year}
    if roads is not None:
        if missing := [option for option, value in own.items() if value is None]:
            raise typer.BadParameter(f"--roads needs {', '.join(missing)}, too.")
        if source is not None or template is not None:
            raise typer.BadParameter("a study is copied (--template) or founded (--from or --roads): name one of them.")
    elif given := [
        option
        for option, value in {**own, "--spread": spread or None, "--country": country}.items()
        if value is not None
    ]:
        raise typer.BadParameter(f"{', '.join(given)} only with --roads.")
    if roads is not None and people is not None and stations is not None and hospitals is not None and year is not None:
        _on_roads(roads, people, stations, hospitals, year, spread, country, folder, as_json)
    elif source is not None and municipalities is not None:
        _found(source, municipalities, folder, as_json)
    else:
        _copy(template or TEMPLATE, folder, as_json)


def _copy(template: str, folder: Path, as_json: bool) -> None:
    with faults_as_exit_codes(as_json):
        from beredt.model.copy_study import copy_study
        from beredt.model.read import find_study_folder

        files = copy_study(find_study_folder(template), folder)

    if as_json:
        print_json({"study": str(folder), "files": files})
    else:
        typer.echo(f"Made {folder} with {len(files)} files. Look it over with: beredt study check {folder}")


def _found(source: Path, municipalities: str, folder: Path, as_json: bool) -> None:
    numbers = [one.strip() for one in municipalities.split(",") if one.strip()]
    with faults_as_exit_codes(as_json):
        from beredt.founding.found_study import found_study

        founded = found_study(source, numbers, folder)
    _show(founded, folder, as_json)


def _on_roads(
    roads: Path,
    people: Path,
    stations: Path,
    hospitals: Path,
    year: int,
    spread: bool,
    country: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    with faults_as_exit_codes(as_json):
        from beredt.founding.found_on_roads import OwnFiles, found_on_roads

        founded = found_on_roads(OwnFiles(roads, people, stations, hospitals, year, country, spread), folder)
    _show(founded, folder, as_json)


def _show(founded: FoundedStudy, folder: Path, as_json: bool) -> None:
    if as_json:
        answer = {"study": str(folder), **founded.counts, "people": founded.people}
        print_json({**answer, "issues": findings_as_json(founded.issues)})
        return
    counts = ", ".join(f"{count:,} {what}" for what, count in founded.counts.items())
    typer.echo(f"Founded {folder}: {counts}, {founded.people:,.0f} people.")
    for issue in founded.issues:
        typer.echo(f"Look at: {issue.text()}")
    typer.echo(f"What is assumed stands in {folder / 'SOURCES.md'}. Check it with: beredt study check {folder}")
