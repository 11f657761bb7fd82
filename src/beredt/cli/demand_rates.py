"""``beredt demand rates``: rates of a log with how sure they are, small areas drawn towards the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.generated_logs import is_generated, tell_generated
from beredt.cli.options import JsonOption, StudyArgument

if TYPE_CHECKING:
    from beredt.decision.calibration.rate_tables import RateTables

TABLES = ("rates", "rate_spread", "area_factors", "by_age")


def demand_rates(
    study: StudyArgument,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the tables as CSV.")],
    store: Annotated[
        Path | None, typer.Argument(metavar="[STORE]", help="A store of missions, as from beredt missions import.")
    ] = None,
    totals: Annotated[
        Path | None,
        typer.Option(
            "--totals",
            metavar="FILE",
            help="In the place of a store: published totals, CSV: municipality,urgency,incidents.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    years: Annotated[float, typer.Option("--years", min=0.01, metavar="N", help="Years that the totals cover.")] = 1.0,
    as_json: JsonOption = False,
) -> None:
    """Fit rates to a log by region, area and age, or to published totals by municipality, each with how sure it is.

    `area_factors.csv` and `rate_spread.csv` can be put into the study as they are; its simulation draws rates from them
    where `demand.variation.draw_rates` is true.
    """
    if (store is None) == (totals is None):
        raise typer.BadParameter("name a store of missions, or --totals FILE, and not both", param_hint="STORE")
    if totals is not None:
        _from_totals(study, totals, years, out, as_json)
        return
    assert store is not None
    with faults_as_exit_codes(as_json):
        loaded = load_checked_study(study)
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        from beredt.decision.calibration.rate_tables import rate_tables
        from beredt.missions.store import open_store

        generated = is_generated(store)
        found = rate_tables(loaded, open_store(store))
        out.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            getattr(found, name).write_csv(out / f"{name}.csv", float_precision=5)
    if as_json:
        print_json(_answer(found, out) | {"generated": generated})
    else:
        tell_generated(generated)
        typer.echo("\n".join(_lines(found, out)))


def _from_totals(study: str, totals: Path, years: float, out: Path, as_json: bool) -> None:
    with faults_as_exit_codes(as_json):
        from beredt.demand.rate_fit.published_totals import fit_totals, read_totals
        from beredt.model.read import load_study

        loaded = load_study(study)
        by_municipality, factors = fit_totals(loaded, read_totals(totals, loaded.service), years)
        out.mkdir(parents=True, exist_ok=True)
        by_municipality.write_csv(out / "by_municipality.csv", float_precision=5)
        factors.write_csv(out / "area_factors.csv", float_precision=5)
    if as_json:
        print_json({"out": str(out), "years": years, "by_municipality": by_municipality.to_dicts()})
        return
    typer.echo("Totals against what the study expects, drawn towards one another (95 %):")
    for row in by_municipality.iter_rows(named=True):
        typer.echo(
            f"  {row['municipality']} {row['urgency']}: {row['incidents']:,.0f} of {row['expected']:,.0f}, factor "
            f"{row['factor']:.3f} ({row['low']:.3f}–{row['high']:.3f})"
        )
    typer.echo(f"{out}: by_municipality.csv, area_factors.csv")


def _answer(found: RateTables, out: Path) -> dict[str, Any]:
    from math import isfinite

    return {
        "out": str(out),
        "incidents": found.incidents,
        "areas": found.areas,
        "years": found.years,
        "people_year": found.people_year,
        "aged_share": found.aged_share,
        "shape": {urgency: shape if isfinite(shape) else None for urgency, shape in found.shape.items()},
        "held_out": {urgency: tried._asdict() for urgency, tried in found.held_out.items()},
        "rates": found.rates.to_dicts(),
    }


def _lines(found: RateTables, out: Path) -> list[str]:
    lines = [
        f"{found.incidents:,} incidents of {found.years:.2f} years in {found.areas} areas; people of "
        f"{found.people_year}. {100 * found.aged_share:.0f} % have an age.",
        "Incidents per 1,000 residents and year, 95 %:",
    ]
    for row in found.rates.iter_rows(named=True):
        lines.append(
            f"  {row['rate_region']} {row['urgency']}: {row['per_1000']:.1f} ({row['low']:.1f}–{row['high']:.1f}), "
            f"{row['incidents']:,} incidents"
        )
    lines.append("Odd weeks tried on even ones, deviance per area (each area alone · all alike · drawn together):")
    for urgency, tried in found.held_out.items():
        lines.append(f"  {urgency}: {tried.own:.3f} · {tried.common:.3f} · {tried.shrunk:.3f}")
    return [*lines, f"{out}: {', '.join(f'{name}.csv' for name in TABLES)}"]
