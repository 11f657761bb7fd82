"""``beredt missions indicators``: quality indicators of a catalogue. ``beredt missions triage``: how triage agrees."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.generated_logs import is_generated, tell_generated
from beredt.cli.options import JsonOption
from beredt.cli.told_figures import not_counted, percent

if TYPE_CHECKING:
    import polars as pl

    from beredt.indicators.catalogue.count import Log

StoreArgument = Annotated[Path, typer.Argument(metavar="STORE", help="Folder of the store.")]

OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder for the tables, new or empty [default: not written]."),
]

SuppressOption = Annotated[
    int,
    typer.Option("--suppress-below", min=0, metavar="N", help="Leave out counts below N, and what would tell them."),
]


def missions_indicators(
    store: StoreArgument,
    catalogue: Annotated[
        list[str] | None,
        typer.Option(
            "--catalogue",
            metavar="NAME|FILE.toml",
            help="national, common, or a file of your own; may be repeated [default: national and common].",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by", metavar="COLUMN", help="Part by municipality, district, tettsted, station …; may be repeated."
        ),
    ] = None,
    study: Annotated[
        str | None, typer.Option("--study", metavar="STUDY", help="Study that knows places, and which are urban.")
    ] = None,
    responders: Annotated[
        bool, typer.Option("--responders", help="Let single responders and the like stop the clock of an incident.")
    ] = False,
    out: OutOption = None,
    suppress_below: SuppressOption = 5,
    as_json: JsonOption = False,
) -> None:
    """Work out quality indicators: values against targets, what was left out and why, control charts with signals."""
    _refuse_full(out)
    with faults_as_exit_codes(as_json):
        from beredt.indicators.catalogue.choose_catalogue import choose_catalogue
        from beredt.indicators.catalogue.read_catalogue import BUILT_IN
        from beredt.indicators.catalogue.tables import catalogue_tables

        chosen = choose_catalogue(catalogue or BUILT_IN)
        log = _log(store, study)
        _check_columns(log, by or [])
        tables = catalogue_tables(log, chosen, by or [], responders_stop_the_clock=responders, threshold=suppress_below)
        names = (
            "catalogue",
            "catalogue_left_out",
            "catalogue_chart",
            "catalogue_not_computed",
            "catalogue_definitions",
        )
        _write(out, dict(zip(names, tables, strict=True)))
        generated = is_generated(store)
    values = tables.values.filter(by="", period="")
    needs = tables.not_computed.to_dicts()
    signals = _signals(tables.charts)
    if as_json:
        print_json({"generated": generated, "indicators": values.to_dicts(), "not_computed": needs, "signals": signals})
        return
    tell_generated(generated)
    for row in values.iter_rows(named=True):
        typer.echo(f"{row['indicator']:<24}{_shown(row):>12}  {_target(row)}")
    for row in needs:
        typer.echo(f"{row['indicator']} needs {row['needs']}")
    for row in signals:
        typer.echo(f"{row['indicator']} {row['point']}: {row['signals']}")


def missions_triage(
    store: StoreArgument,
    scale: Annotated[
        str | None,
        typer.Option(
            "--scale", metavar="NAME", help="retts, retts_red_only, news, urgency [default: the one that fits]."
        ),
    ] = None,
    scales: Annotated[
        Path | None,
        typer.Option("--scales", metavar="FILE", help="TOML with scales of your own.", exists=True, dir_okay=False),
    ] = None,
    out: OutOption = None,
    suppress_below: SuppressOption = 5,
    as_json: JsonOption = False,
) -> None:
    """Hold the telephone's urgency against the first triage at the scene: over- and under-triage, kappa, trends."""
    _refuse_full(out)
    with faults_as_exit_codes(as_json):
        from beredt.indicators.triage.count import count_triage, triage_codes
        from beredt.indicators.triage.scale import get_scale, guess_scale, load_scales, read_scales
        from beredt.indicators.triage.tables import triage_tables
        from beredt.missions.store import open_store

        opened = open_store(store)
        known = {**load_scales(), **(read_scales(scales) if scales else {})}
        guesses = guess_scale(triage_codes(opened), known)
        name = scale or guesses[0].scale
        one = get_scale(known, name)
        tables = triage_tables(count_triage(opened, one), one, threshold=suppress_below)
        names = ("triage_matrix", "triage", "triage_trend", "triage_chart", "triage_codes")
        _write(out, dict(zip(names, tables, strict=True)))
    whole = tables.measures.filter(by="all")
    answer: dict[str, Any] = {
        "generated": opened.info.generated,
        "scale": name,
        "guesses": {guess.scale: guess.recognised for guess in guesses},
        "matrix": tables.matrix.to_dicts(),
        "measures": whole.to_dicts(),
        "trend": tables.trend.to_dicts(),
    }
    if as_json:
        print_json(answer)
        return
    tell_generated(opened.info.generated)
    recognised = answer["guesses"].get(name, 0.0)
    if not tables.codes.height:
        typer.echo("the log holds no triage")
        return
    typer.echo(f"scale {name}, which reads {percent(recognised)} of what stands in the log")
    for row in whole.iter_rows(named=True):
        value = "left out" if row["left_out"] else "not known" if row["value"] is None else f"{row['value']:.3f}"
        span = "" if row["low"] is None else f"  ({row['low']:.3f} to {row['high']:.3f})"
        typer.echo(f"{row['measure']:<20}{value:>10}{span}")


def _log(store: Path, study: str | None) -> Log:
    from beredt.indicators.catalogue.count import log_of
    from beredt.missions.store import open_store

    opened = open_store(store)
    if study is None:
        return log_of(opened)
    from beredt.cli.checked_study import load_checked_study
    from beredt.indicators.catalogue.placed_log import placed_log

    return placed_log(opened, load_checked_study(study))


def _check_columns(log: Log, by: list[str]) -> None:
    from beredt.errors import UnknownIdError
    from beredt.missions.schema import MISSIONS, WORD

    known = [name for name, dtype in MISSIONS.items() if dtype == WORD]
    for name in by:
        if name not in known:
            raise UnknownIdError("column to part by", name, known)


def _signals(charts: pl.DataFrame) -> list[dict[str, Any]]:
    """The latest point of every chart of the whole that has a signal."""
    import polars as pl

    latest = charts.filter(pl.col("by") == "").group_by("indicator", maintain_order=True).last()
    return latest.filter(pl.col("signals") != "").select("indicator", "point", "signals").to_dicts()


def _shown(row: dict[str, Any]) -> str:
    if row["left_out"]:
        return "left out"
    if row["value"] is None:
        return "not known"
    if row["unit"] == "share":
        return percent(row["value"])
    if row["unit"] == "s":
        minutes, seconds = divmod(round(row["value"]), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return f"{row['value']:.2f} {row['unit'].replace('_', ' ')}"


def _target(row: dict[str, Any]) -> str:
    told = "" if row["size"] is None else f"{row['size']} counted"
    apart = "" if row["left_out"] else not_counted(row["left_out_rows"])
    meets = f"; target {row['target']:g}: {row['meets']}" if row["meets"] else ""
    return f"{told}{apart}{meets}"


def _refuse_full(out: Path | None) -> None:
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise typer.BadParameter(f"{out} exists and is not an empty folder. Name a new one.", param_hint="--out")


def _write(out: Path | None, tables: dict[str, pl.DataFrame]) -> None:
    if out is None:
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.write_parquet(out / f"{name}.parquet")
