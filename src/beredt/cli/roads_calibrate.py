"""``beredt roads calibrate``: speeds of road classes fitted to trips."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption
from beredt.cli.roads_options import AtOption, PurposeOption, SpeedsOption, hour_of_week


def roads_calibrate(
    where: Annotated[Path, typer.Argument(metavar="FOLDER", help="Imported roads, or a study that has them.")],
    trips: Annotated[
        Path,
        typer.Option(
            "--trips",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="CSV or Parquet: from_lat, from_lon, to_lat, to_lon, seconds of driving.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.toml", help="Where to write the fitted table of speeds.")],
    purpose: PurposeOption = "A",
    at: AtOption = None,
    speeds: SpeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fit the speeds of road classes to trips, and tell the error on trips that were held out, before and after."""
    with faults_as_exit_codes(as_json):
        from beredt.roads.calibration.fit import fit_speeds
        from beredt.roads.calibration.trips import read_trips
        from beredt.roads.calibration.write_speeds import write_speeds
        from beredt.roads.imported.folder import load_roads
        from beredt.roads.speeds.speed_table import LAST_PERIOD, load_speeds

        start = time.perf_counter()
        table, given = load_speeds(speeds), read_trips(trips)
        period = LAST_PERIOD if at is None else table.period_at(hour_of_week(at))
        fit = fit_speeds(load_roads(where).roads, table, given, purpose, period)
        write_speeds(out, fit, speeds)
        seconds = time.perf_counter() - start
    verdict = (
        "The fitted speeds tell held-out trips better than the table did."
        if fit.better
        else "The trips do not carry a change: held-out trips are not surely told better. Keep the table you had."
    )
    if as_json:
        fields = ("factor", "km", "start_s", "ridge", "better", "trips", "unreachable")
        told = {name: getattr(fit, name) for name in fields}
        errors = {"before": dataclasses.asdict(fit.before), "after": dataclasses.asdict(fit.after)}
        print_json(
            {
                **told,
                **errors,
                "left_out": given.left_out,
                "verdict": verdict,
                "out": str(out),
                "seconds": round(seconds, 3),
            }
        )
        return
    typer.echo(
        f"{fit.trips:,} trips, {given.left_out + fit.unreachable:,} left out; {fit.start_s:.0f} s per trip beside roads"
    )
    typer.echo(f"{'class':<16} {'km driven':>10} {'factor on time':>15}")
    for name, factor in fit.factor.items():
        typer.echo(f"{name:<16} {fit.km[name]:>10,.0f} {factor:>15.2f}")
    for name, error in (("before", fit.before), ("after", fit.after)):
        typer.echo(
            f"Held-out trips, {name}: median error {error.median:.1%}, 90th percentile {error.p90:.1%}, "
            f"bias {error.bias_s:+.0f} s"
        )
    typer.echo(verdict)
    typer.echo(f"Written: {out}")
