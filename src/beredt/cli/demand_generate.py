"""``beredt demand generate``: a generated year of calls as a table, and whether a log could be such a year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption, StudyArgument
from beredt.errors import OptionError

if TYPE_CHECKING:
    import polars as pl

    from beredt.demand.likeness import Likeness
    from beredt.model.study import Study

TOLD_APART = 0.05


def demand_generate(
    study: StudyArgument,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The table: .csv or .parquet.", dir_okay=False)],
    alternative: Annotated[
        str | None, typer.Option("--alternative", metavar="ID", help="The alternative [default: the study's base].")
    ] = None,
    replication: Annotated[int, typer.Option("--replication", min=0, metavar="N", help="Which replication.")] = 0,
    year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", help="People and need of another year, as projected.")
    ] = None,
    growth: Annotated[
        str, typer.Option("--growth", metavar="main|low|high", help="With --year: alternative of the projection.")
    ] = "main",
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="STORE|FILE",
            help="A store of missions, or another table of calls: could it be a year of this study?",
            exists=True,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write a generated year of calls: when, where, how urgent, what kind, age and address of nobody in particular.

    They are the incidents that a simulation of the same study and replication meets. Beside FILE comes a JSON file that
    says what they were generated from.
    """
    if out.suffix not in {".csv", ".parquet"}:
        raise typer.BadParameter(f"{out} is neither .csv nor .parquet", param_hint="--out")
    with faults_as_exit_codes(as_json):
        from beredt.demand.projection.later_year import study_in_year
        from beredt.model.edits.apply import apply_edits
        from beredt.model.read import load_study
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        loaded = load_study(study)
        if loaded.trace is not None:
            raise OptionError("STUDY", study, "it replays a call trace", "nothing of it is generated")
        if year is not None:
            loaded = study_in_year(loaded, year, growth)
        edits = loaded.get_alternative(alternative).edits if alternative not in {None, "today"} else ()
        prepare_kernel_cache()  # the random numbers are compiled
        from beredt.demand.calls_table import calls_table

        calls = calls_table(loaded, apply_edits(loaded.service, edits), replication)
        found = _compared(loaded, calls, against) if against is not None else None
        told = _told(loaded, calls, alternative, replication, found)
        _write(calls, told, out)
    if as_json:
        print_json(told | {"file": str(out)})
    else:
        typer.echo("\n".join(_lines(told, out)))


def _compared(study: Study, calls: pl.DataFrame, against: Path) -> tuple[tuple[Likeness, ...], int]:
    from beredt.demand.likeness import compare_logs
    from beredt.demand.paired_weeks import paired_weeks

    first, second, weeks = paired_weeks(calls, _other(study, against))
    return compare_logs(first, second, weeks), weeks


def _other(study: Study, against: Path) -> pl.DataFrame:
    """Another table of calls, or the incidents of a store. Raises OptionError, StoreError."""
    import polars as pl

    if against.is_dir():
        from beredt.decision.calibration.calls_of_log import calls_of_log
        from beredt.decision.calibration.log import read_log
        from beredt.missions.store import open_store

        return calls_of_log(study, read_log(study, open_store(against)))
    table = pl.read_parquet(against) if against.suffix == ".parquet" else pl.read_csv(against, infer_schema=False)
    missing = [name for name in ("time", "area", "urgency") if name not in table.columns]
    if missing:
        raise OptionError("--against", str(against), f"it has no column {missing[0]}", "give time, area and urgency")
    if table["time"].dtype == pl.String:
        table = table.with_columns(pl.col("time").str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", time_unit="ms", strict=False))
    known = table.filter(pl.col("time").is_not_null() & pl.col("urgency").is_in(["A", "H", "V"]))
    if known.height < table.height:
        lost = table.height - known.height
        raise OptionError("--against", str(against), f"{lost} rows have no time or urgency", "mend or remove them")
    return known


def _told(
    study: Study,
    calls: pl.DataFrame,
    alternative: str | None,
    replication: int,
    found: tuple[tuple[Likeness, ...], int] | None,
) -> dict[str, Any]:
    settings = study.settings
    told: dict[str, Any] = {
        "generated": True,
        "study": settings.study.id,
        "fingerprint": study.fingerprint,
        "alternative": alternative or "today",
        "year": settings.study.year,
        "seed": settings.simulation.seed,
        "replication": replication,
        "days": settings.simulation.days,
        "incidents": calls.height,
        "by_urgency": {u: int((calls["urgency"] == u).sum()) for u in ("A", "H", "V")},
    }
    if found is not None:
        tests, weeks = found
        told["against"] = {
            "weeks": weeks,
            "tests": [one._asdict() for one in tests],
            "told_apart": any(one.p_of_all < TOLD_APART for one in tests),
        }
    return told


def _write(calls: pl.DataFrame, told: dict[str, Any], out: Path) -> None:
    import json

    import polars as pl
    import polars.selectors as cs

    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix == ".parquet":
        calls.write_parquet(out)
    else:
        written = calls.with_columns(pl.col("time").dt.to_string("%Y-%m-%dT%H:%M:%S%.3f"), cs.boolean().cast(pl.Int8))
        written.write_csv(out)
    text = json.dumps(told, ensure_ascii=False, indent=2)
    out.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def _lines(told: dict[str, Any], out: Path) -> list[str]:
    parts = ", ".join(f"{urgency} {count:,}" for urgency, count in told["by_urgency"].items())
    lines = [f"{out}: {told['incidents']:,} generated calls of {told['days']} days ({parts}). Nobody's real calls."]
    if "against" in told:
        lines.append(f"Beside the other, over {told['against']['weeks']} weeks (p, and p of all tests together):")
        lines += [f"  {one['name']:<14}{one['p']:>8.4f}{one['p_of_all']:>8.4f}" for one in told["against"]["tests"]]
        apart = "They can be told apart." if told["against"]["told_apart"] else "No test tells them apart."
        lines.append(f"{apart} If they were alike, one such answer in {round(1 / TOLD_APART)} would be a false alarm.")
    return lines
