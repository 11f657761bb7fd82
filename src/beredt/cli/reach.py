"""``beredt reach``: how far one comes within some minutes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption
from beredt.cli.roads_options import AtOption, ChangesOption, PurposeOption, SpeedsOption, YearOption, hour_of_week

if TYPE_CHECKING:
    from beredt.model.study import Study
    from beredt.roads.isochrones.reach_area import ReachArea

Origin = tuple[str, list[float], list[float]]
"""A name, and the latitudes and longitudes of its places, degrees."""


def reach(
    where: Annotated[
        str,
        typer.Argument(metavar="STUDY|FOLDER", help="A study, or a folder of imported roads."),
    ],
    from_: Annotated[
        list[str] | None,
        typer.Option(
            "--from", metavar="LAT,LON", help="A place to start from, in degrees; may be given several times."
        ),
    ] = None,
    stations: Annotated[
        bool, typer.Option("--stations", help="From every station of the study, and from all of them together.")
    ] = False,
    minutes: Annotated[
        str, typer.Option("--minutes", metavar="M,M…", help="Minutes from rolling to stopping.")
    ] = "10,15,20",
    purpose: PurposeOption = "A",
    at: AtOption = None,
    people: Annotated[
        Path | None,
        typer.Option(
            "--people",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="CSV or Parquet with lat, lon and people [default: the study's areas].",
        ),
    ] = None,
    speeds: SpeedsOption = None,
    changes: ChangesOption = None,
    year: YearOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the areas: .geojson or .gpkg.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what is reached within some minutes: area, people, roads, and the outline for a map.

    Over imported roads each place belongs to the nearest road; over the network of a study without them, whole areas
    are reached or not.
    """
    origins = [_place(text) for text in from_ or []]
    if not origins and not stations:
        raise typer.BadParameter("say where from: --from LAT,LON or --stations")
    wanted = _minutes(minutes)
    with faults_as_exit_codes(as_json):
        start = time.perf_counter()
        areas, about = _reach(where, origins, stations, wanted, Asked(purpose, at, people, speeds, changes, year))
        if out is not None:
            from beredt.roads.isochrones.write_reach import write_reach

            write_reach(out, areas, about)
        seconds = time.perf_counter() - start
    if as_json:
        rows = [area.row() for area in areas]
        print_json({**about, "areas": rows, "out": None if out is None else str(out), "seconds": round(seconds, 3)})
    else:
        _show(areas, about, out)


@dataclass(frozen=True, slots=True)
class Asked:
    """How far is asked: for which purpose, when, with which tables."""

    purpose: str
    at: str | None
    people: Path | None
    speeds: Path | None
    changes: Path | None
    year: int | None


def _reach(
    where: str, places: list[Origin], stations: bool, minutes: list[float], asked: Asked
) -> tuple[list[ReachArea], dict[str, Any]]:
    from beredt.roads.imported.folder import find_roads

    folder = find_roads(Path(where))
    is_study = folder is None or folder != Path(where)
    study = _study(where) if is_study and (stations or folder is None or asked.people is None) else None
    if stations and study is None:
        raise typer.BadParameter("a folder of roads has no stations: give --from, or a study")
    origins = [*places, *(_stations(study) if stations and study is not None else [])]
    if folder is None:
        assert study is not None
        return _over_network(study, origins, minutes, asked)
    return _over_roads(folder, study, origins, minutes, asked)


def _over_roads(
    folder: Path, study: Study | None, origins: list[Origin], minutes: list[float], asked: Asked
) -> tuple[list[ReachArea], dict[str, Any]]:
    from beredt.cli.roads_times import roads_of_year
    from beredt.roads.imported.folder import load_about
    from beredt.roads.isochrones.reach_roads import RoadReach
    from beredt.roads.speeds.speed_table import LAST_PERIOD, load_speeds

    roads, about, table = (
        roads_of_year(folder, asked.changes, asked.year),
        load_about(folder),
        load_speeds(asked.speeds),
    )
    period = LAST_PERIOD if asked.at is None else table.period_at(hour_of_week(asked.at))
    ready = RoadReach(roads, table, asked.purpose, period)
    living = _people(asked.people, study)
    areas = [area for name, lat, lon in origins for area in ready.areas(name, lat, lon, minutes, living)]
    return areas, {
        "over": "roads",
        "roads": str(folder),
        "checksum": about["checksum"],
        "changes": None if asked.changes is None else str(asked.changes),
        "year": asked.year,
        "purpose": asked.purpose,
        "period": period,
        "speeds": table.id,
        "speeds_sha256": table.checksum,
        "licence": about["licence"],
    }


def _people(path: Path | None, study: Study | None) -> Any:
    import numpy as np

    from beredt.roads.isochrones.reach_area import People

    if path is not None:
        from beredt.roads.isochrones.read_people import read_people

        return read_people(path)
    if study is None:
        return None
    import polars as pl

    counted = study.population.filter(pl.col("year") == study.settings.study.year)
    by_area = dict(zip(counted["area"].to_list(), counted["people"].to_list(), strict=True))
    areas = study.service.areas
    return People(
        np.array([area.lat for area in areas]),
        np.array([area.lon for area in areas]),
        np.array([by_area.get(area.id, 0.0) for area in areas]),
    )


def _over_network(
    study: Study, origins: list[Origin], minutes: list[float], asked: Asked
) -> tuple[list[ReachArea], dict[str, Any]]:
    import numpy as np
    import shapely

    from beredt.errors import OptionError
    from beredt.report.figures.area_cells import GRID, grid_corners
    from beredt.roads.isochrones.reach_network import NetworkReach

    for option, value in (("--at", asked.at), ("--speeds", asked.speeds), ("--changes", asked.changes)):
        if value is not None:
            raise OptionError(option, str(value), "this study has no imported roads", "leave it out, or import roads")
    purpose = asked.purpose
    if purpose not in {speed.purpose for speed in study.service.speeds}:
        raise OptionError("--purpose", purpose, "the study's speeds have none of that name", "name one of its speeds")
    from pyproj import Transformer

    degrees = Transformer.from_crs(GRID, "EPSG:4326", always_xy=True)
    squares = np.atleast_1d(np.asarray(shapely.polygons(grid_corners(study.service.areas)), dtype=object))
    ready = NetworkReach(
        study, squares, lambda places: np.column_stack(degrees.transform(places[:, 0], places[:, 1])), purpose
    )
    areas = [area for name, lat, lon in origins for area in ready.areas(name, lat, lon, minutes)]
    return areas, {
        "over": "network",
        "study": study.settings.study.id,
        "fingerprint": study.fingerprint,
        "purpose": purpose,
    }


def _study(where: str) -> Study:
    from beredt.model.find import find_study_folder
    from beredt.model.read import load_study

    return load_study(find_study_folder(where))


def _stations(study: Study) -> list[Origin]:
    service = study.service
    each = [(station.id, [station.lat], [station.lon]) for station in service.stations]
    together = ("all stations", [s.lat for s in service.stations], [s.lon for s in service.stations])
    return [*each, together]


def _place(text: str) -> Origin:
    parts = text.split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        lat = lon = float("nan")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise typer.BadParameter(
            f"{text} is no place: give latitude,longitude in degrees, as 59.91,10.75", param_hint="--from"
        )
    return text, [lat], [lon]


def _minutes(text: str) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if not numbers or any(not 0 < number <= 600 for number in numbers):
        raise typer.BadParameter(
            f"{text}: give minutes above 0 with commas between, as 10,15,20", param_hint="--minutes"
        )
    return sorted(set(numbers))


def _show(areas: list[ReachArea], about: dict[str, Any], out: Path | None) -> None:
    width = max([6, *(len(area.origin) for area in areas)])
    typer.echo(f"{'from':<{width}}  minutes       km²     people   road km")
    for area in areas:
        people = "–" if area.people is None else f"{area.people:,.0f}"
        road_km = "–" if area.road_km is None else f"{area.road_km:,.0f}"
        typer.echo(f"{area.origin:<{width}}  {area.minutes:>7g}  {area.km2:>8,.1f}  {people:>9}  {road_km:>8}")
    if about["over"] == "network":
        typer.echo("Over the network of the study: whole areas, reached where the centre of their people is.")
    lost = sorted({area.origin for area in areas} - {area.origin for area in areas if area.km2 > 0})
    if lost:
        typer.echo(f"Nothing is reached from {', '.join(lost)}: too far from any road for these minutes.")
    if out is not None:
        typer.echo(f"Written: {out}")
