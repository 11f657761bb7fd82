"""``beredt roads times``: travel times between many places over imported roads."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption
from beredt.cli.roads_options import AtOption, ChangesOption, PurposeOption, SpeedsOption, YearOption, hour_of_week

if TYPE_CHECKING:
    from beredt.roads.imported.road_map import RoadMap


def roads_times(
    where: Annotated[Path, typer.Argument(metavar="FOLDER", help="Imported roads, or a study that has them.")],
    origins: Annotated[
        Path, typer.Option("--from", metavar="FILE", exists=True, dir_okay=False, help="CSV or Parquet: id, lat, lon.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write the times: .csv or .parquet.")],
    ends: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="FILE", exists=True, dir_okay=False, help="The same for the ends [default: --from]."
        ),
    ] = None,
    purpose: PurposeOption = "A",
    at: AtOption = None,
    speeds: SpeedsOption = None,
    changes: ChangesOption = None,
    year: YearOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the seconds from every place to every other, one row per pair, with how far each lies off the road."""
    with faults_as_exit_codes(as_json):
        from beredt.roads.routing.place_table import read_places, write_times
        from beredt.roads.routing.routes import Routes
        from beredt.roads.speeds.speed_table import LAST_PERIOD, load_speeds

        start = time.perf_counter()
        table = load_speeds(speeds)
        period = LAST_PERIOD if at is None else table.period_at(hour_of_week(at))
        roads = roads_of_year(where, changes, year)
        routes = Routes(roads, table)
        first = read_places(origins)
        second = first if ends is None else read_places(ends)
        times = routes.times_between(first, second, purpose, period)
        write_times(out, first, second, times)
        answer = {
            "origins": len(first.id),
            "ends": len(second.id),
            "unreachable": times.unreachable,
            "farthest_off_road_m": round(times.farthest_off_m, 1),
            "engine": routes.engine.name,
            "purpose": purpose,
            "period": period,
            "out": str(out),
            "table_s": round(times.table_s, 3),
            "seconds": round(time.perf_counter() - start, 3),
        }
    if as_json:
        print_json(answer)
    else:
        typer.echo(
            f"{answer['origins']:,} × {answer['ends']:,} times ({purpose}, {period}) in {times.table_s:.2f} s, "
            f"{times.unreachable:,} of them without a way; farthest off the road: {times.farthest_off_m:,.0f} m."
        )
        typer.echo(f"Written: {out}")


def roads_of_year(where: Path, changes: Path | None, year: int | None) -> RoadMap:
    """The road map in a folder, with the changes of a file up to a year."""
    from beredt.roads.imported.folder import load_roads
    from beredt.roads.projects.apply_changes import apply_changes
    from beredt.roads.projects.changes import read_changes

    if (changes is None) != (year is None):
        raise typer.BadParameter("give --changes and --year together")
    roads = load_roads(where).roads
    return roads if changes is None or year is None else apply_changes(roads, read_changes(changes), year)
