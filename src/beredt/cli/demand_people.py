"""``beredt demand people``: who lives near borders, nearest to which station, and within reach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JsonOption, StudyArgument
from beredt.errors import OptionError

if TYPE_CHECKING:
    from beredt.decision.people_checks import PeopleChecks


def demand_people(
    study: StudyArgument,
    within: Annotated[str, typer.Option("--within", metavar="KM", help="Kilometres from a border, as 1,2,5.")] = "2",
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for the tables as CSV.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Count people near borders between municipalities, by nearest station, and within reach of each station."""
    try:
        limits = [float(one) for one in within.split(",")]
    except ValueError:
        raise typer.BadParameter(f"{within!r} is no list of numbers", param_hint="--within") from None
    if min(limits) < 0.0:
        raise typer.BadParameter("kilometres are at least 0", param_hint="--within")
    with faults_as_exit_codes(as_json):
        loaded = load_checked_study(study)
        if loaded.roads is not None:
            raise OptionError("STUDY", study, "its roads are a graph of nodes", "ask a study whose areas have people")
        from beredt.decision.people_checks import people_checks
        from beredt.roads.build import load_or_build_network

        found = people_checks(loaded, load_or_build_network(loaded), limits)
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            for name, table in found._asdict().items():
                table.write_csv(out / f"{name}.csv", float_precision=1 if name != "reach" else 4)
    if as_json:
        print_json({"year": loaded.settings.study.year} | {n: t.to_dicts() for n, t in found._asdict().items()})
    else:
        typer.echo("\n".join([f"People of {loaded.settings.study.year}.", *_lines(found)]))


def _lines(found: PeopleChecks) -> list[str]:
    import polars as pl

    lines = ["Near the border between:"]
    for one, other, limit, people in found.near_border.rows():
        lines.append(f"  {one} and {other}, within {limit:g} km: {people:,.0f}")
    lines.append("By the station that is nearest by car:")
    for municipality, station, people in found.nearest_station.rows():
        lines.append(f"  {municipality}: {station} {people:,.0f}")
    classes = sorted(found.reach["minutes"].unique().to_list())
    lines.append(f"Within {', '.join(f'{one:g}' for one in classes)} minutes of a station by car (acute):")
    reached = found.reach.group_by("station", "minutes", maintain_order=True).agg(pl.col("people").sum())
    for (station,), rows in reached.group_by("station", maintain_order=True):
        lines.append(f"  {station}: {' · '.join(f'{people:,.0f}' for people in rows.sort('minutes')['people'])}")
    return lines
