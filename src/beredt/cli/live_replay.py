"""``beredt live replay``: past days run through the live picture and its advice."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.generated_logs import tell_generated
from beredt.cli.options import JsonOption
from beredt.cli.progress import TerminalProgress
from beredt.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from beredt.live.replay.answer import ReplayAnswer
    from beredt.live.replay.past import Stretch
    from beredt.live.replay.sums import Figure


def live_replay(
    store: Annotated[
        Path, typer.Argument(metavar="STORE", help="Store of missions, or data folder of a live server with its log.")
    ],
    study: Annotated[
        str, typer.Option("--study", metavar="STUDY", help="Whose stations, units, roads and rules they are.")
    ],
    day: Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help="The first day.")] = None,
    days: Annotated[int, typer.Option("--days", min=1, metavar="N", help="How many days.")] = 1,
    shadow: Annotated[bool, typer.Option("--shadow", help="All days of the log, as one summary.")] = False,
    speed: Annotated[
        float | None,
        typer.Option("--speed", min=0.1, metavar="X", help="Past seconds in a second [default: as fast as it goes]."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="New or empty folder for the tables and the page in all languages."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Replay past days: what happened beside what would have been advised. For the centre itself: single incidents."""
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise typer.BadParameter(f"{out} exists and is not an empty folder. Name a new one.", param_hint="--out")
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        first = _first_day(day, shadow)
        loaded = load_checked_study(study)

        # Before anything imports numba.
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        from beredt.live.ground.ground import make_ground
        from beredt.live.replay.answer import replay_log
        from beredt.live.replay.past import Stretch
        from beredt.simulation.study_roads import load_or_build_roads

        roads = load_or_build_roads(loaded, services=[loaded.service], progress=progress)
        ground = make_ground(loaded, loaded.service, roads)
        stretch: Stretch | None = None if first is None else Stretch(first, days)
        answer = replay_log(store, ground, stretch, _pace(speed))
        if out is not None:
            from beredt.live.replay.tables import replay_tables, write_replay_tables
            from beredt.report.replay.write_pages import write_replay_pages

            write_replay_tables(replay_tables(answer.found, answer.sums), out)
            write_replay_pages(answer, out)
    if as_json:
        print_json({**answer.as_json(), "out": None if out is None else str(out)})
        return
    _tell(answer)
    if out is not None:
        typer.echo(f"{out}: replay.html, tables as Parquet. They tell of single incidents: for the centre itself.")


def _first_day(day: str | None, shadow: bool) -> date | None:
    if shadow and day is None:
        return None
    if day is None or shadow:
        raise OptionError("--day", day or "", "either a day or --shadow says what is replayed", "give one of them")
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise OptionError("--day", day, "that is no day", "write it as YYYY-MM-DD") from None


def _pace(speed: float | None) -> Callable[[int], None]:
    """Waits as long as passed between two decisions, by the speed that is asked for."""
    last_ms: list[int] = []

    def wait(at_ms: int) -> None:
        if speed is not None and last_ms:
            time.sleep(max(0, at_ms - last_ms[0]) / 1000 / speed)
        last_ms[:] = [at_ms]

    return wait


def _tell(answer: ReplayAnswer) -> None:
    told = answer.as_json()
    tell_generated(bool(answer.generated))
    typer.echo(f"{told['log']} beside the rules of {told['study']}, {told['first_day']} to {told['last_day']}")
    for one in answer.sums:
        typer.echo(
            f"  {one.urgency:<11}{one.incidents:>6} incidents, advice followed in {_told(one.agreed, 100, 1)} %; "
            f"expected response {_told(one.difference, 1, 0)} s against the unit sent "
            f"({one.sooner} sooner, {one.later} later)"
        )
    whole = answer.sums[0]
    typer.echo(f"  Stamped less expected: {_told(whole.error, 1, 0)} s in the mean, over {whole.errors} incidents")
    for cause, count in told["causes"].items():
        typer.echo(f"  Advice was another: {count} {cause.replace('_', ' ')}")
    moves = told["moves"]
    typer.echo(f"  Moves advised: {moves['advised']}, {moves['km']:.1f} km")
    places = "told by the log" if answer.places_told else "reckoned between stamps"
    typer.echo(f"  Places of units are {places}; what following the advice changes for later incidents is not reckoned")
    for name in ("not_reckoned", "left_out", "noted"):
        for reason, count in told[name].items():
            typer.echo(f"  {name.replace('_', ' ')}: {count} {reason.replace('_', ' ')}")


def _told(figure: Figure, factor: float, digits: int) -> str:
    if figure.value is None:
        return "–"
    text = f"{figure.value * factor:.{digits}f}"
    if figure.low is None or figure.high is None:
        return f"{text} (no interval)"
    return f"{text} ({figure.low * factor:.{digits}f} to {figure.high * factor:.{digits}f})"
