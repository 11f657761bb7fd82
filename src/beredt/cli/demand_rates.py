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
    store: Annotated[
        Path, typer.Argument(metavar="STORE", help="A store of missions, as from beredt missions import.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the tables as CSV.")],
    as_json: JsonOption = False,
) -> None:
    """Fit rates to a log: by region and urgency, by area, and by age where patients have one, each with how sure it is.

    `area_factors.csv` and `rate_spread.csv` can be put into the study as they are; its simulation draws rates from them
    where `demand.variation.draw_rates` is true.
    """
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
