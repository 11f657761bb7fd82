"""``beredt roster``: hours on duty over the week that meet the need of every hour."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JobsOption, JsonOption
from beredt.cli.progress import TerminalProgress
from beredt.cli.stopping import StopWish
from beredt.errors import OptionError
from beredt.simulation.paused_collector import paused_collector

DEFAULT_REPLICATIONS = 2
"""Enough to learn how long a call keeps a unit at work."""


def roster(
    study: Annotated[
        str | None,
        typer.Argument(metavar="[STUDY]", help="Folder of the study, or a bundled one; not needed with --need."),
    ] = None,
    need: Annotated[
        Path | None,
        typer.Option(
            "--need", metavar="FILE", help="CSV of the need: weekday, hour, units, and station [default: by the study]."
        ),
    ] = None,
    alternative: Annotated[
        str | None, typer.Option("--alternative", metavar="ID", help="The alternative [default: the study's base].")
    ] = None,
    station: Annotated[
        list[str] | None,
        typer.Option("--station", metavar="ID", help="Only this station; may be repeated [default: all]."),
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", metavar="FILE", help="Permitted shifts and their cost, as TOML [default: shipped]."),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications", min=1, metavar="N", help="Simulated years behind the work of a call [default: 2]."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for roster.html and tables [default: no files].")
    ] = None,
    jobs: JobsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the roster with the fewest paid hours that meets the need of every hour, for every station.

    The need is the fewest units with which few enough calls find none free (Erlang B), or that of a file, for which no
    study is needed. Told beside the former: today's roster, and the same cars with their part-day shifts at the hours
    where they do most good. Ctrl-C stops with the best so far and the gap to a proof.
    """
    if need is not None:
        _for_need(need, study, alternative, tuple(station or ()), rules, replications, out, as_json=as_json)
        return
    if study is None:
        raise typer.BadParameter("give a study, or a file of needs with --need", param_hint="STUDY")
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        if rules is not None and not rules.is_file():
            raise typer.BadParameter(f"there is no file {rules}", param_hint="--rules")
        with paused_collector():
            loaded = load_checked_study(study)

            from beredt.siting.rosters.rules import read_roster_rules

            permitted = read_roster_rules(rules)

            # Only now the kernels: a faulty study or file is told at once.
            from beredt.simulation.kernel_cache import prepare_kernel_cache

            prepare_kernel_cache()
            from beredt.siting.run_rosters import roster_json, roster_lines, run_rosters

        with StopWish() as stop:
            answer = run_rosters(
                loaded,
                permitted,
                alternative=alternative,
                stations=tuple(station or ()),
                replications=replications or DEFAULT_REPLICATIONS,
                jobs=jobs,
                progress=progress,
                stop=stop,
            )
        pages = []
        if out is not None:
            from beredt.report.rosters.write_pages import write_roster_pages

            pages = write_roster_pages(answer, out)
    if as_json:
        print_json(roster_json(answer) | {"pages": [str(page) for page in pages]})
    else:
        typer.echo("\n".join([*roster_lines(answer), *(f"Written: {page}" for page in pages[:1])]))


def _for_need(
    need: Path,
    study: str | None,
    alternative: str | None,
    stations: tuple[str, ...],
    rules: Path | None,
    replications: int | None,
    out: Path | None,
    *,
    as_json: bool,
) -> None:
    """Rosters for a need of a file: nothing is simulated."""
    with faults_as_exit_codes(as_json):
        if replications is not None:
            raise OptionError("--replications", str(replications), "a given need is not simulated", "leave it out")
        if alternative is not None and study is None:
            raise OptionError("--alternative", alternative, "there is no study", "give the study that has it")
        if rules is not None and not rules.is_file():
            raise typer.BadParameter(f"there is no file {rules}", param_hint="--rules")

        from beredt.siting.need_rosters import need_json, need_lines, run_need_rosters
        from beredt.siting.rosters.need_file import read_need
        from beredt.siting.rosters.rules import read_roster_rules

        wanted, permitted = read_need(need), read_roster_rules(rules)
        loaded, service = None, None
        if study is not None:
            from beredt.model.edits.service_of import service_of

            loaded = load_checked_study(study)
            service = service_of(loaded, alternative)
        with StopWish() as stop:
            answer = run_need_rosters(wanted, permitted, service, stations=stations, stop=stop)
        pages = []
        if out is not None:
            from beredt.report.rosters.need_page import write_need_pages

            pages = write_need_pages(answer, out, loaded)
    if as_json:
        print_json(need_json(answer) | {"pages": [str(page) for page in pages]})
    else:
        typer.echo("\n".join([*need_lines(answer), *(f"Written: {page}" for page in pages[:1])]))
