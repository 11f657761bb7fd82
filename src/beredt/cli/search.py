"""``beredt search``: the best stations, units and rosters under a budget, judged by simulation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JsonOption, StudyArgument
from beredt.cli.progress import TerminalProgress
from beredt.cli.stopping import StopWish
from beredt.simulation.paused_collector import paused_collector

_LIST = "several with a comma between"


def search(
    study: StudyArgument,
    objective: Annotated[
        str,
        typer.Option(
            "--objective", metavar="MEASURE", help="What is to be best: share, within the target, or mean-response."
        ),
    ] = "share",
    urgency: Annotated[str, typer.Option("--urgency", metavar="A|H|V", help="Urgency that it is about.")] = "A",
    groups: Annotated[
        str, typer.Option("--groups", metavar="IDS", help=f"Groups of areas that count, {_LIST}.")
    ] = "all",
    over: Annotated[
        str, typer.Option("--over", metavar="mean|worst", help="Of several groups, their mean or the worst of them.")
    ] = "mean",
    budget: Annotated[
        str | None,
        typer.Option(
            "--budget",
            metavar="UNIT:LIMIT",
            help="Most that the units in question may cost: units:N, hours:N a week, fte:N, or nok:N a year "
            "[default: today's full-time positions].",
        ),
    ] = None,
    fte_price: Annotated[float, typer.Option("--fte-price", min=0, help="NOK a year for a full-time position.")] = 0.0,
    unit_price: Annotated[float, typer.Option("--unit-price", min=0, help="NOK a year for a vehicle.")] = 0.0,
    station_price: Annotated[float, typer.Option("--station-price", min=0, help="NOK a year for a station.")] = 0.0,
    stations: Annotated[
        str | None,
        typer.Option(
            "--stations", metavar="IDS", help=f"Stations in question, {_LIST} [default: all within the study's areas]."
        ),
    ] = None,
    candidates: Annotated[
        str,
        typer.Option(
            "--candidates",
            metavar="SOURCES",
            help="Where stations may be opened: standby points, stations of alternatives, places, or a CSV file with "
            f"id, name, lat and lon; {_LIST}.",
        ),
    ] = "standby,alternatives",
    rosters: Annotated[
        str | None, typer.Option("--rosters", metavar="IDS", help="Rosters that units may have [default: all].")
    ] = None,
    kinds: Annotated[
        str | None, typer.Option("--kinds", metavar="IDS", help="Kinds of unit in question [default: main units].")
    ] = None,
    shift: Annotated[
        str | None, typer.Option("--shift", metavar="IDS", help="Rosters whose hours may change [default: none].")
    ] = None,
    lock: Annotated[
        str | None, typer.Option("--lock", metavar="IDS", help="Stations that must keep a unit [default: none].")
    ] = None,
    most_opened: Annotated[int, typer.Option("--open", min=0, metavar="N", help="Stations opened at most.")] = 1,
    most_closed: Annotated[int, typer.Option("--close", min=0, metavar="N", help="Stations left at most.")] = 0,
    across: Annotated[
        bool, typer.Option("--across-organisations", help="Let units go to another organisation's stations.")
    ] = False,
    keep_rosters: Annotated[
        bool, typer.Option("--keep-rosters", help="As many units on each roster as today: only move them.")
    ] = False,
    years: Annotated[
        float, typer.Option("--years", min=1, metavar="N", help="Years of incidents that may be simulated.")
    ] = 60.0,
    held_out: Annotated[
        int, typer.Option("--held-out", min=0, metavar="N", help="Periods not seen that the answer is tested on.")
    ] = 10,
    alpha: Annotated[float, typer.Option("--alpha", min=0.0001, max=0.5, help="Level of both errors of a race.")] = 0.2,
    number: Annotated[
        int, typer.Option("--seed", min=0, metavar="N", help="Number of the search: other numbers, other incidents.")
    ] = 0,
    name: Annotated[str, typer.Option("--id", metavar="ID", help="Id of the alternative that is written.")] = "search",
    jobs: Annotated[int, typer.Option("--jobs", min=1, metavar="N", help="Threads; the results are the same.")] = 1,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Folder for journal, answer.toml and tables; a search that was stopped there is gone on with "
            "[default: STUDY-search here].",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Search for the best stations, units and rosters under a budget, and test the answer on periods not seen."""
    with faults_as_exit_codes(as_json), StopWish() as stop, TerminalProgress() as progress:
        with paused_collector():
            loaded = load_checked_study(study)

            # Only now the kernels: a faulty study is told at once.
            from beredt.simulation.kernel_cache import prepare_kernel_cache

            prepare_kernel_cache()
            from beredt.decision.search.budget import Prices
            from beredt.decision.search.objective import Objective
            from beredt.decision.search.options import SearchOptions
            from beredt.decision.search.race import RaceRules
            from beredt.decision.search.search_study import search_study

        options = SearchOptions(
            objective=Objective(objective, urgency, _names(groups), over),  # type: ignore[arg-type]  # it looks itself
            budget=budget,
            prices=Prices(fte_price, unit_price, station_price),
            stations=_names(stations),
            candidates=_names(candidates),
            kinds=_names(kinds),
            rosters=_names(rosters),
            shift=_names(shift),
            lock=_names(lock),
            most_opened=most_opened,
            most_closed=most_closed,
            across_owners=across,
            keep_rosters=keep_rosters,
            years=years,
            number=number,
            held_out=held_out,
            race=RaceRules(alpha=alpha),
            id=name,
            jobs=jobs,
        )
        folder = out or Path(f"{Path(study).resolve().name}-search")
        answer = search_study(loaded, options, folder, progress, progress.say, stop)
    if as_json:
        print_json(answer.as_json())
    else:
        typer.echo(answer.as_text())


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())
