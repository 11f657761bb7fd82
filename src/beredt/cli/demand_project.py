"""``beredt demand project``: demand of later years by area, age and urgency."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption, StudyArgument

if TYPE_CHECKING:
    from beredt.demand.projection.project import Projected


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
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for demand.csv (by area) and totals.csv.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Project demand: people by projection or by the study's own tables, need by age, and use apart from both."""
    years = _numbers(to, "--to", int)
    percent = _numbers(usage, "--usage", float)
    if len(percent) not in {1, 3}:
        raise typer.BadParameter("give one number, or three: what is assumed, low, high", param_hint="--usage")
    with faults_as_exit_codes(as_json):
        from beredt.demand.projection.project import Usage, project_demand
        from beredt.model.read import load_study

        loaded = load_study(study)
        assumed = Usage(*(one / 100 for one in (percent if len(percent) == 3 else percent * 3)))
        projected = project_demand(loaded, years, assumed)
        if out is not None:
            _write(projected, out)
    if as_json:
        print_json(_as_json(projected))
    else:
        typer.echo(_as_text(projected))


def _numbers(text: str, name: str, kind: type) -> list[Any]:
    try:
        return [kind(one) for one in text.split(",")]
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no list of numbers", param_hint=name) from None


def _write(projected: Projected, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    projected.by_area.write_csv(out / "demand.csv", float_precision=4)
    projected.totals.write_csv(out / "totals.csv", float_precision=2)


def _as_json(projected: Projected) -> dict[str, Any]:
    growth = {
        str(year): [
            {"age_band": row.age_band, "before": row.before, "after": row.after, "factor": row.factor or None}
            for row in rows
        ]
        for year, rows in projected.growth.items()
    }
    return {"totals": projected.totals.to_dicts(), "growth": growth}


def _as_text(projected: Projected) -> str:
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
    for year, rows in projected.growth.items():
        lines += [f"People by age to {year}:", "  age        before      after  factor"]
        lines += [f"  {row.age_band:<6} {row.before:>10,.0f} {row.after:>10,.0f}  {row.factor:.4f}" for row in rows]
    return "\n".join(lines)
