"""``beredt missions link``: one pathway out of several logs. ``beredt missions repeat``: people who called again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, findings_as_json, print_json
from beredt.cli.generated_logs import is_generated, tell_generated, tell_which_generated
from beredt.cli.options import JsonOption
from beredt.cli.told_figures import count, percent, tenths

if TYPE_CHECKING:
    import polars as pl

ThresholdOption = Annotated[
    int,
    typer.Option("--suppress-below", min=0, metavar="N", help="Leave out counts below N, and what would tell them."),
]


def missions_link(
    links: Annotated[Path, typer.Argument(metavar="LINKS.toml", help="Which logs, linked how: see the documentation.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the tables; it must be new or empty.")],
    fit: Annotated[
        bool, typer.Option("--fit", help="Learn the weights from the logs, instead of taking those of the file.")
    ] = False,
    rows: Annotated[
        bool, typer.Option("--rows", help="Write pathways.parquet too: single patients, readable by its owner only.")
    ] = False,
    key_file: Annotated[
        Path | None,
        typer.Option("--key-file", metavar="FILE", help="Key that patients are hashed with, as for missions import."),
    ] = None,
    suppress_below: ThresholdOption = 5,
    as_json: JsonOption = False,
) -> None:
    """Link logs by key, or by time, place and age with a match score, and measure the time between them."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise typer.BadParameter(f"{out} exists and is not an empty folder. Name a new one.", param_hint="--out")
    with faults_as_exit_codes(as_json):
        from beredt.indicators.pathway.link_file import read_link_file
        from beredt.indicators.pathway.pathways import find_pathways
        from beredt.indicators.pathway.read_records import needs_key, read_all
        from beredt.indicators.pathway.tables import pathway_tables
        from beredt.missions.read.identity import default_key_file, load_or_make_key

        file = read_link_file(links)
        key = load_or_make_key(key_file or default_key_file()) if needs_key(file) else b""
        records, warnings = read_all(file, links.parent, key)
        pathways = find_pathways(file, records, fit=fit)
        tables = pathway_tables(file, pathways, threshold=suppress_below)
        named = {f"pathway_{name}": table for name, table in tables._asdict().items()}
        _write(out, named, pathways.rows if rows else None)
        generated = [name for name, one in file.sources.items() if one.store and is_generated(links.parent / one.store)]
    answer: dict[str, Any] = {
        "generated": generated,
        "links": tables.links.to_dicts(),
        "durations": tables.durations.to_dicts(),
        "issues": findings_as_json(warnings),
        "out": str(out),
    }
    if as_json:
        print_json(answer)
        return
    tell_which_generated(generated)
    for issue in warnings:
        typer.echo(f"{issue.severity}: {issue.text()}", err=True)
    for step in answer["links"]:
        share = "left out" if step["share"] is None else f"{percent(step['share'])} linked"
        keys = f"{count(step['by_key'])} by key, {count(step['by_score'])} by score"
        typer.echo(f"{step['from']} → {step['to']}: {count(step['records'])} records, {share} ({keys}); "
                   f"about {tenths(step['expected_wrong'])} links wrong")  # fmt: skip
    for one in answer["durations"]:
        median = "left out" if one["median_s"] is None else f"median {one['median_s'] / 60:.1f} min"
        typer.echo(f"{one['title_en'] or one['name']}: {median}, {count(one['n'])} pathways")


def missions_repeat(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="Folder of the store.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for the tables [default: not written].")
    ] = None,
    suppress_below: ThresholdOption = 5,
    as_json: JsonOption = False,
) -> None:
    """Count people by how many incidents they had, and how often the next one came soon."""
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise typer.BadParameter(f"{out} exists and is not an empty folder. Name a new one.", param_hint="--out")
    with faults_as_exit_codes(as_json):
        from beredt.indicators.pathway.records import records_of_store
        from beredt.indicators.pathway.repeat_callers import repeat_callers
        from beredt.missions.store import open_store

        opened = open_store(store)
        found = repeat_callers(records_of_store(opened), threshold=suppress_below)
        if out is not None:
            _write(out, {"repeat_callers": found.callers, "repeat_within": found.within}, None)
    answer: dict[str, Any] = {
        "generated": opened.info.generated,
        "by": found.by,
        "nobody_knows": found.nobody_knows,
        "callers": found.callers.to_dicts(),
        "within": found.within.to_dicts(),
    }
    if as_json:
        print_json(answer)
        return
    tell_generated(opened.info.generated)
    typer.echo(f"People told apart by {found.by.replace('_', ' ')}; unknown for {count(found.nobody_knows)} incidents")
    if found.callers["incidents"].fill_null(1).sum() == 0:
        typer.echo("Nobody can be told apart: no incident has a patient, nor both a place and an age.")
        return
    for row in answer["callers"]:
        typer.echo(f"  {row['calls'] or 'all':>5} incidents: {count(row['people']):>8} people")
    for row in answer["within"]:
        unknown = "left out" if row["left_out"] else "no incident so early that another could be seen"
        counts = f"{percent(row['share'] or 0.0)} ({row['again']} of {row['incidents']})"
        share = unknown if row["share"] is None else counts
        typer.echo(f"  again within {row['hours']} hours: {share}")


def _write(out: Path, tables: dict[str, pl.DataFrame], rows: pl.DataFrame | None) -> None:
    import os

    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.write_parquet(out / f"{name}.parquet")
    if rows is not None:
        path = out / "pathways.parquet"
        # Made before it is filled, so that nobody else can read it at any moment.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        rows.write_parquet(path)
