"""``beredt demand project``: demand of later years by area, age and urgency."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption, StudyArgument
from beredt.cli.progress import TerminalProgress

if TYPE_CHECKING:
    from beredt.demand.projection.printed_table import PrintedTable
    from beredt.demand.projection.project import Projected, Usage
    from beredt.model.study import Study


def demand_project(
    study: StudyArgument,
    to: Annotated[str, typer.Option("--to", metavar="YEARS", help="Years, as 2030,2035,2040.")],
    usage: Annotated[
        str,
        typer.Option(
            "--usage",
            metavar="PERCENT[,LOW,HIGH]",
            help="Growth a year of incidents per person of the same age: an assumption, with its range.",
        ),
    ] = "0",
    printed: Annotated[
        Path | None,
        typer.Option(
            "--printed",
            metavar="FILE",
            help="Growth table that somebody printed, CSV: age_band,before,after,factor; sums are checked.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for the page, demand.csv (by area) and totals.csv."),
    ] = None,
    replications: Annotated[
        int,
        typer.Option(
            "--replications",
            min=0,
            max=100,
            metavar="N",
            help="Simulated years behind the work of an incident, for staff beside demand on the page; 0 for none.",
        ),
    ] = 1,
    as_json: JsonOption = False,
) -> None:
    """Project demand: people by projection or by the study's own tables, need by age, and use apart from both."""
    years = _numbers(to, "--to", int)
    percent = _numbers(usage, "--usage", float)
    if len(percent) not in {1, 3}:
        raise typer.BadParameter("give one number, or three: what is assumed, low, high", param_hint="--usage")
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        if out is not None and replications:
            from beredt.simulation.kernel_cache import prepare_kernel_cache

            prepare_kernel_cache()  # before anything imports numba
        from beredt.demand.projection.printed_table import read_printed
        from beredt.demand.projection.project import Usage, project_demand
        from beredt.model.read import load_study

        loaded = load_study(study)
        table = read_printed(printed) if printed else None
        assumed = Usage(*(one / 100 for one in (percent if len(percent) == 3 else percent * 3)))
        projected = project_demand(loaded, years, assumed)
        pages: list[Path] = []
        if out is not None:
            _write(projected, out)
            _write_hours_and_kinds(loaded, projected, out)
            pages = _write_pages(loaded, tuple(years), assumed, replications, table, out, progress)
    if as_json:
        print_json(_as_json(projected, table))
    else:
        typer.echo(_as_text(projected, table))
        if out is not None:
            tables = ("demand", "totals", "rates", "hours", "kinds")
            names = [*(page.name for page in pages), *(f"{name}.csv" for name in tables), "results/"]
            typer.echo(f"{out}: {', '.join(names)}")


def _numbers(text: str, name: str, kind: type) -> list[Any]:
    try:
        return [kind(one) for one in text.split(",")]
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no list of numbers", param_hint=name) from None


def _write(projected: Projected, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    projected.by_area.write_csv(out / "demand.csv", float_precision=4)
    projected.totals.write_csv(out / "totals.csv", float_precision=2)
    projected.rates.write_csv(out / "rates.csv", float_precision=2)


def _write_hours_and_kinds(study: Study, projected: Projected, out: Path) -> None:
    from beredt.demand.calls_by_hour import hours_table
    from beredt.demand.projection.kinds import kinds_table

    hours_table(study, study.service).write_csv(out / "hours.csv", float_precision=6)
    kinds_table(study, projected).write_csv(out / "kinds.csv", float_precision=3)


def _write_pages(
    study: Study,
    years: tuple[int, ...],
    usage: Usage,
    replications: int,
    printed: PrintedTable | None,
    out: Path,
    progress: TerminalProgress,
) -> list[Path]:
    """The page in every language of the study, with staff beside demand where years are simulated."""
    from beredt.decision.demand.simulated_units import simulated_units
    from beredt.decision.demand.tables import demand_tables
    from beredt.model.alternative import TODAY
    from beredt.report.demand.page import DemandAnswer, write_demand_pages

    units = None
    if replications:
        units = simulated_units(study, replications, progress)
    tables = demand_tables(study, {TODAY: study.service}, units, years, usage)
    return write_demand_pages(DemandAnswer(study, tables, usage, replications, printed), out)


def _as_json(projected: Projected, printed: PrintedTable | None) -> dict[str, Any]:
    growth = {
        str(year): [
            {"age_band": row.age_band, "before": row.before, "after": row.after, "factor": row.factor or None}
            for row in rows
        ]
        for year, rows in projected.growth.items()
    }
    told: dict[str, Any] = {
        "totals": projected.totals.to_dicts(),
        "rates": projected.rates.to_dicts(),
        "growth": growth,
    }
    if printed is not None:
        told["printed"] = [issue.text() for issue in printed.issues]
    return told


def _as_text(projected: Projected, printed: PrintedTable | None) -> str:
    import polars as pl

    lines = ["Incidents a year (in brackets what projections and use leave open):"]
    every = projected.totals.filter(pl.col("municipality").is_null())
    for year, people in every.group_by("year", maintain_order=True).agg(pl.col("people").first()).rows():
        of_year = every.filter(pl.col("year") == year)
        shown = ", ".join(
            f"{urgency} {incidents:,.0f} ({low:,.0f}–{high:,.0f})"
            for urgency, incidents, low, high in of_year.select("urgency", "incidents", "low", "high").rows()
        )
        lines.append(f"  {year}: {people:,.0f} people; {shown}")
    rates = projected.rates.filter(pl.col("municipality").is_null() & (pl.col("rates_low") < pl.col("rates_high")))
    if rates.height:
        lines.append("What rates leave open, 95 % (and with the range of growth and use):")
        for row in rates.iter_rows(named=True):
            lines.append(
                f"  {row['year']} {row['urgency']}: {row['rates_low']:,.0f}–{row['rates_high']:,.0f} "
                f"({row['whole_low']:,.0f}–{row['whole_high']:,.0f})"
            )
    for year, rows in projected.growth.items():
        lines += [f"People by age to {year}:", "  age        before      after  factor"]
        lines += [f"  {row.age_band:<6} {row.before:>10,.0f} {row.after:>10,.0f}  {row.factor:.4f}" for row in rows]
    if printed is not None:
        lines += ["The printed table adds up."] if not printed.issues else [one.text() for one in printed.issues]
    return "\n".join(lines)
