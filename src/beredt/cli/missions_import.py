"""``beredt missions import``: logs of real missions, read and cleaned into a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, findings_as_json, print_json
from beredt.cli.options import JsonOption
from beredt.cli.progress import TerminalProgress
from beredt.missions.kept_memory import keep_memory
from beredt.missions.rare_collection import collect_rarely
from beredt.missions.read.large_file import is_large

MOST_NAMES = 20
"""Columns of a log that are named where no profile fits it."""

if TYPE_CHECKING:
    from beredt.missions.find_profile import LoadedProfile
    from beredt.missions.guess_profile import Guess
    from beredt.missions.importing.import_log import Imported


def missions_import(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Logs of one form: CSV (also gzipped), Excel or Parquet."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="STORE", help="Folder of the store; it must be new or empty.")],
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar="NAME|MAPPING.toml",
            help="How the log is written: see beredt missions profiles [default: guessed from the header, and shown].",
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="RULE", help="Switch a rule of cleaning off; may be repeated."),
    ] = None,
    generated: Annotated[
        bool,
        typer.Option(
            "--generated", help="Nothing in the logs is real; reports will say so. Some logs say it themselves."
        ),
    ] = False,
    key_file: Annotated[
        Path | None,
        typer.Option(
            "--key-file",
            metavar="FILE",
            help="Key that patients are hashed with; made when it is missing [default: with the user's settings].",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read logs of missions, clean them by named rules, and keep them as a store. No row is dropped.

    Killed at any moment, the same command goes on where it was; a folder without store.json is no store.
    """
    keep_memory()
    collect_rarely()
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        if any(is_large(file) for file in files):
            from beredt.simulation.kernel_cache import prepare_kernel_cache

            prepare_kernel_cache()
        from beredt.missions.importing.import_log import import_log
        from beredt.missions.importing.plan import ImportPlan
        from beredt.missions.read.identity import default_key_file, load_or_make_key

        loaded, guesses = _profile(profile, files, progress)
        hashes = bool(loaded.profile.columns.patient) or loaded.profile.key.how == "hash"
        key = load_or_make_key(key_file or default_key_file()) if hashes else b""
        plan = ImportPlan(tuple(files), loaded, out, tuple(without or ()), generated, key)
        imported = import_log(plan, progress, progress.say)
    if as_json:
        print_json(_as_json(imported, guesses))
    else:
        typer.echo(_as_text(imported))


def _profile(
    name: str | None, files: list[Path], progress: TerminalProgress
) -> tuple[LoadedProfile, tuple[Guess, ...]]:
    """The profile that was asked for, or the one that fits best, with how well each fits."""
    from beredt.missions.find_profile import load_profile, load_shipped_profiles

    if name is not None:
        return load_profile(name), ()
    from beredt.errors import OptionError
    from beredt.missions.guess_profile import find_best, score_profiles
    from beredt.missions.profile import FileHabits
    from beredt.missions.read.open_log import open_log

    columns = open_log(files[0], FileHabits()).columns
    guesses = score_profiles(columns, load_shipped_profiles())
    shown = ", ".join(f"{guess.profile} {guess.score:.2f}" for guess in guesses)
    best = find_best(guesses)
    if best is None:
        from beredt.missions.read.likely_header import find_likely_header

        row = find_likely_header(files[0])
        remedy = "name one, or make your own from the nearest: beredt missions profiles one_row_per_unit > mine.toml"
        if row:
            remedy += f" (row {row} looks like the header: write header = {row} below [file] there)"
        names = ", ".join(columns[:MOST_NAMES]) + (" …" if len(columns) > MOST_NAMES else "")
        told = f"no profile fits {files[0].name} well ({shown}); its columns are {names}"
        raise OptionError("--profile", "(none given)", told, remedy)
    progress.say(f"Profile {best.profile}, guessed from the header ({shown}).")
    return load_profile(best.profile), guesses


def _as_json(imported: Imported, guesses: tuple[Guess, ...]) -> dict[str, Any]:
    info = imported.store.info
    return {
        "store": str(imported.store.path),
        "profile": info.profile,
        "guesses": {guess.profile: guess.score for guess in guesses},
        "rows_in": info.rows_in,
        "missions": info.missions,
        "unit_responses": info.unit_responses,
        "incidents": info.incidents,
        "incidents_without_unit": info.incidents_without_unit,
        "rules": {name: count for name, count in info.rules.items() if count},
        "privacy": dict(info.privacy),
        "generated": info.generated,
        "left_out": list(imported.left_out),
        "resumed": imported.resumed,
        "issues": findings_as_json(imported.issues),
    }


def _as_text(imported: Imported) -> str:
    info = imported.store.info
    lines = [f"{issue.severity}: {issue.text()}" for issue in imported.issues]
    lines += [f"Not read: {', '.join(imported.left_out)}."] if imported.left_out else []
    lines += [f"{column}: {what}." for column, what in info.privacy.items()]
    lines += ["Generated: nothing in this log is real, and every report says so."] if info.generated else []
    lines.append(
        f"{imported.store.path}: {info.rows_in:,} rows, {info.incidents:,} incidents ({info.incidents_without_unit:,} "
        f"without a unit), {info.unit_responses:,} unit responses, {len(imported.issues)} kinds of finding. "
        "Every row is in the store; what rules marked and changed stands in findings.parquet and corrections.parquet."
    )
    return "\n".join(lines)
