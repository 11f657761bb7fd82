"""``beredt live feed``: a simulated day, sent to a live server as a dispatch centre would."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JsonOption, StudyArgument
from beredt.cli.progress import TerminalProgress

if TYPE_CHECKING:
    from beredt.model.study import Study


def live_feed(
    study: StudyArgument,
    to: Annotated[
        str | None, typer.Option("--to", metavar="URL", help="The server [default: http://127.0.0.1:8771/].")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the events, one a line, and send nothing.")
    ] = None,
    hours: Annotated[float, typer.Option("--hours", metavar="H", min=0.01, help="How long.")] = 24.0,
    speed: Annotated[
        float,
        typer.Option(
            "--speed", metavar="N", min=0.1, help="Simulated seconds in a second; times are those of sending."
        ),
    ] = 1.0,
    begin: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY|ISO", help="Simulated moment [default: this weekday and time of day]."),
    ] = None,
    alternative: Annotated[
        str | None, typer.Option("--alternative", metavar="ID", help="The alternative [default: the study's base].")
    ] = None,
    replication: Annotated[int, typer.Option("--replication", min=0, metavar="N", help="Which replication.")] = 0,
    key_file: Annotated[
        Path | None, typer.Option("--key-file", metavar="FILE", help="Holds the key of the feed, where one is needed.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Simulate a stretch of a day and send it as events: generated, never real. For trying `beredt live serve`."""
    from beredt.errors import StretchError

    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        loaded = load_checked_study(study)

        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        import time

        from beredt.live.feed.send import send_feed
        from beredt.live.feed.simulated_day import as_event, simulated_day
        from beredt.live.known import LOCAL
        from beredt.simulation.playback.record_playback import record_playback

        try:
            playback = record_playback(
                loaded,
                alternative=alternative,
                replication=replication,
                begin=begin or _like_now(loaded),
                days=hours / 24,
                progress=progress,
            )
        except StretchError as error:
            raise typer.BadParameter(str(error)) from None
        if out is not None:
            start = playback.start.replace(tzinfo=LOCAL)
            with out.open("w", encoding="utf-8") as file:
                count = 0
                for count, timed in enumerate(simulated_day(playback), start=1):
                    file.write(json.dumps(as_event(timed, count, start), ensure_ascii=False) + "\n")
        else:
            key = None if key_file is None else key_file.read_text(encoding="utf-8").strip()
            whole = round(hours * 3_600)

            def told(number: int, reach_s: float) -> None:
                progress("Sending", min(round(reach_s), whole), whole)

            count = send_feed(simulated_day(playback), to or "http://127.0.0.1:8771/", speed, key, told, time.sleep)
    if as_json:
        print_json({"events": count, "from": playback.start.isoformat(), "out": None if out is None else str(out)})
    else:
        typer.echo(f"{count} generated events of {hours:g} h from {playback.start.isoformat()}")


def _like_now(study: Study) -> str:
    """The first moment of the simulated period that has this weekday and time of day."""
    from beredt.demand.intensity import period_of
    from beredt.live.known import LOCAL

    now, first = datetime.now(LOCAL), period_of(study.settings).start
    day = first + timedelta(days=(now.weekday() - first.weekday()) % 7)
    return datetime.combine(day, now.time()).isoformat(timespec="seconds")
