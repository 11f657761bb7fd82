"""``beredt study calibrate``: a log of missions put in the place of what a study assumes."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JsonOption, StudyArgument

if TYPE_CHECKING:
    from beredt.decision.calibration.calibrate import Calibration
    from beredt.decision.calibration.errors import TableError


def study_calibrate(
    study: StudyArgument,
    store: Annotated[
        Path, typer.Argument(metavar="STORE", help="A store of missions, as from beredt missions import.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder of the new study; it must be new or empty [default: ID-calibrated]."
        ),
    ] = None,
    fixed_rates: Annotated[
        bool,
        typer.Option("--fixed-rates", help="Take rates and areas as known: simulations then do not draw them."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Make a new study whose rates, areas, hours, durations, needs and speeds are those of a log.

    Every figure is fitted to the odd ISO weeks of the log and tried on the even ones: what does not foretell them
    better than the study did is left alone, and the page in DIR/calibration says why.
    """
    with faults_as_exit_codes(as_json):
        loaded = load_checked_study(study)
        folder = out or Path(f"{loaded.settings.study.id}-calibrated")
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise typer.BadParameter(f"{folder} exists and is not an empty folder. Name a new one.", param_hint="--out")

        # Only now the roads as the kernels see them: a faulty study is told at once.
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        from beredt.decision.calibration.calibrate import calibrate
        from beredt.decision.calibration.errors import table_errors
        from beredt.decision.calibration.write_study import write_calibrated_study
        from beredt.missions.store import open_store
        from beredt.report.calibration.write_pages import write_calibration_pages

        calibration = calibrate(loaded, open_store(store))
        changed = write_calibrated_study(calibration, folder, draws=not fixed_rates)
        pages = write_calibration_pages(calibration, folder)
        errors = table_errors(calibration)

    if as_json:
        print_json(_answer(calibration, errors, folder, changed, pages))
    else:
        typer.echo("\n".join(_lines(calibration, errors, folder, changed, pages)))
        if "rate_spread" in changed:
            typer.echo("Simulations draw rates anew in every replication, within what the log leaves open of them.")


def _answer(
    calibration: Calibration, errors: tuple[TableError, ...], folder: Path, changed: list[str], pages: list[str]
) -> dict[str, Any]:
    from beredt.decision.calibration.write_study import calibration_as_json, change_table

    return {
        "out": str(folder),
        **calibration_as_json(calibration),
        "changed_tables": changed,
        "pages": pages,
        "errors": [_finite(error._asdict()) for error in errors],
        "changes": change_table(calibration).to_dicts(),
    }


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()
    }


def _lines(
    calibration: Calibration, errors: tuple[TableError, ...], folder: Path, changed: list[str], pages: list[str]
) -> list[str]:
    lines = [
        f"{calibration.incidents} incidents and {calibration.missions} missions of {calibration.days} days; left out: "
        f"{calibration.unusable} without time or urgency, {calibration.outside} outside the study's areas"
    ]
    for row in errors:
        rows = row.replaced + row.kept
        told = "nothing to test on" if row.n_test == 0 else f"{row.error_before:.4g} → {row.error_new:.4g}"
        lines.append(f"{row.table}: {row.replaced} of {rows} rows replaced; {row.measure} on even weeks: {told}")
    lines.append(f"Made {folder}; changed tables: {', '.join(changed) or 'none'}. Read {folder / pages[0]}")
    return lines
