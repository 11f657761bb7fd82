"""``beredt incident major``: what arrives by when at a major incident, and what is left for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JsonOption, StudyArgument
from beredt.cli.progress import TerminalProgress

if TYPE_CHECKING:
    import polars as pl

    from beredt.decision.major_incident.major_incident import Event
    from beredt.decision.major_incident.respond import Answered
    from beredt.model.study import Study


def incident_major(
    study: StudyArgument,
    at: Annotated[
        list[str] | None,
        typer.Option(
            "--at",
            metavar="PLACE",
            help="Where: LAT,LON, an area, or a place, station or hospital by id or name; several for several at once "
            "[default: the study's table major_incidents.csv].",
        ),
    ] = None,
    event: Annotated[
        str | None,
        typer.Option("--event", metavar="ID", help="Which event of the study's table, where it has several."),
    ] = None,
    patients: Annotated[
        list[str] | None,
        typer.Option(
            "--patients", metavar="RED,YELLOW,GREEN", help="Patients of each place, or of all [default: 5,10,15]."
        ),
    ] = None,
    after: Annotated[
        list[str] | None,
        typer.Option("--after", metavar="MINUTES", help="Alarm of each place after the first one [default: 0]."),
    ] = None,
    when: Annotated[
        str | None,
        typer.Option("--when", metavar="TIME", help="any, fri, 17:00 or fri-17:00 [default: as the table, else any]."),
    ] = None,
    alternative: Annotated[
        list[str] | None,
        typer.Option("--alternative", metavar="ID", help="Alternatives beside today; several [default: all]."),
    ] = None,
    samples: Annotated[
        int, typer.Option("--samples", min=1, max=10_000, metavar="N", help="Moments tried, each in a year of its own.")
    ] = 20,
    hours: Annotated[
        float, typer.Option("--hours", min=0.5, max=24, metavar="H", help="Hours followed after the first alarm.")
    ] = 4.0,
    step: Annotated[
        int, typer.Option("--step", min=1, max=60, metavar="MINUTES", help="Minutes between two looks.")
    ] = 5,
    per_unit: Annotated[
        str, typer.Option("--per-unit", metavar="RED,YELLOW,GREEN", help="Patients that share a unit.")
    ] = "1,2,4",
    needed: Annotated[
        list[str] | None,
        typer.Option(
            "--needed",
            metavar="NAME[:KIND/KIND]=UNITS[,MINUTES][,waited]",
            help="Units that each place needs beside those for patients, by kind, competence or equipment, and how "
            "long they stay; with waited nobody is treated before they have come. NAME@2 is for the second place "
            "alone [default: command=1,120, which any ambulance may do, or the study's table major_needed.csv].",
        ),
    ] = None,
    capacity: Annotated[
        list[str] | None,
        typer.Option(
            "--capacity",
            metavar="HOSPITAL=RED,YELLOW,GREEN",
            help="What a hospital takes in all [default: the study's table major_capacity.csv, else 4,8,16 with an "
            "emergency department and 0,0,8 without].",
        ),
    ] = None,
    call_in: Annotated[
        str,
        typer.Option(
            "--call-in",
            metavar="PERCENT,MINUTES",
            help="Crews called in for so many per cent of each station's units, on duty so many minutes after it.",
        ),
    ] = "0,60",
    crisis_borders: Annotated[
        str | None,
        typer.Option(
            "--crisis-borders",
            metavar="seamless[:HOURS]",
            help="Every centre may send every unit for so many hours after the alarm [default: the alternative's own "
            "borders].",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for the page, and results/ with its tables.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Let every alternative answer a major incident, over a sample of moments, beside the same days without it."""
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        loaded = load_checked_study(study, examples=alternative or ())
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()  # before anything imports numba
        from beredt.decision.major_incident.assumptions import Assumptions
        from beredt.decision.major_incident.chosen_services import chosen_services
        from beredt.decision.major_incident.facts import facts_of
        from beredt.decision.major_incident.parse_options import parse_call_in, parse_capacity, parse_per_unit
        from beredt.decision.major_incident.respond import respond
        from beredt.decision.major_incident.study_events import capacity_of_study
        from beredt.decision.major_incident.tables import major_tables
        from beredt.simulation.study_roads import load_or_build_roads

        share, minutes = parse_call_in(call_in)
        assumptions = Assumptions(
            per_unit=parse_per_unit(per_unit),
            capacity={**capacity_of_study(loaded), **parse_capacity(capacity or ())},
            call_in_share=share,
            call_in_min=minutes,
            seamless_h=_seamless_hours(crisis_borders, hours),
            horizon_min=round(hours * 60),
            step_min=step,
        )
        asked = _event(loaded, at, event, patients, after, when, needed or ())
        services = chosen_services(loaded, alternative)
        roads = load_or_build_roads(loaded, progress=progress, services=services.values())

        def tell(sample: int) -> None:
            progress("Major incident", sample + 1, samples)

        answered = respond(loaded, roads, services, asked, assumptions, samples, tell)
        tables = major_tables(answered)
        pages = _write(loaded, answered, tables, out) if out is not None else []
    if as_json:
        print_json({**facts_of(answered), **{name: table.to_dicts() for name, table in tables.items()}})
        return
    typer.echo(_as_text(tables))
    if out is not None:
        typer.echo(f"{out}: {', '.join([*(page.name for page in pages), 'results/'])}")


def _event(
    study: Study,
    at: list[str] | None,
    event: str | None,
    patients: list[str] | None,
    after: list[str] | None,
    when: str | None,
    needed: Sequence[str],
) -> Event:
    """What was asked for on the command line, else of the study's table."""
    from dataclasses import replace

    from beredt.decision.major_incident.needed import with_needed
    from beredt.decision.major_incident.parse_options import parse_event, parse_needed, parse_when
    from beredt.decision.major_incident.study_events import event_of_study

    if at and event:
        raise typer.BadParameter("give either places with --at, or an event of the table", param_hint="--event")
    if not at and (patients or after):
        raise typer.BadParameter(
            "patients and minutes of the table stand there: give --at too", param_hint="--patients"
        )
    asked = parse_event(study, at, patients or (), after or ()) if at else event_of_study(study, event)
    more = parse_needed(needed, [one.id for one in asked.incidents])
    asked = replace(asked, needed=with_needed(asked.needed, more))
    return replace(asked, when=parse_when(when)) if when else asked


def _seamless_hours(text: str | None, hours: float) -> float:
    if text is None:
        return 0.0
    policy, _, given = text.partition(":")
    try:
        span = float(given) if given else hours
    except ValueError:
        span = 0.0
    if policy != "seamless" or not 0.0 < span <= 48.0:
        raise typer.BadParameter("write seamless, or seamless:HOURS", param_hint="--crisis-borders")
    return span


def _write(study: Study, answered: Answered, tables: dict[str, pl.DataFrame], out: Path) -> list[Path]:
    from beredt.decision.major_incident.facts import facts_of
    from beredt.report.major_incident.page import MajorAnswer, write_major_pages

    return write_major_pages(MajorAnswer(study, tables, facts_of(answered)), out)


def _as_text(tables: dict[str, pl.DataFrame]) -> str:
    """One line per alternative: what comes by when, and what it costs the rest."""
    import polars as pl

    incidents, measures = tables["major_incidents"], tables["major_measures"]
    lines = [
        f"{row['place']} (area {row['area']}), minute {row['after_min']:g}: "
        f"{row['red']} red, {row['yellow']} yellow, {row['green']} green; {row['units']} units asked for"
        for row in incidents.iter_rows(named=True)
    ]
    samples = tables["major_samples"]["sample"].n_unique()
    over = "One moment" if samples == 1 else f"Medians over {samples} moments"
    lines += [
        f"{over}: minutes to the first unit, to five units, to a unit for every red patient, "
        "until the last patient has left; other acute incidents wait longer by, mean (95 % interval):"
    ]
    for key in measures["alternative"].unique(maintain_order=True):
        found: dict[str, dict[str, Any]] = {
            row["measure"]: row for row in measures.filter(pl.col("alternative") == key).iter_rows(named=True)
        }
        names = ("first_min", "many_min", "reds_min", "last_away_min")
        times = ", ".join(_plain(found[name]["median"], ".0f") for name in names)
        change = found["response_change_s"]
        wait = " to ".join(_plain(change[name], ".0f") for name in ("low", "high"))
        lines.append(f"  {key}: {times} min; {_plain(change['mean'], '+.0f')} s ({wait})")
    if not tables["major_needed"].is_empty():
        lines.append("Needed beside units for patients, median of the minutes until all of them are there:")
    lines += [_needed_line(row) for row in tables["major_needed"].iter_rows(named=True)]
    without = int(tables["major_samples"]["without_room"].max() or 0)  # type: ignore[arg-type]  # a column of numbers
    if without:
        lines.append(f"No hospital has room for {without} of the patients.")
    return "\n".join(lines)


def _needed_line(row: dict[str, Any]) -> str:
    """When what is needed was there, and in how many of the moments it was."""
    waited = ", waited for" if row["waited"] else ""
    return (
        f"  {row['alternative']}, {row['needed']} ({row['units']}{waited}): {_plain(row['median'], '.0f')} min, "
        f"in {row['reached']} of {row['samples']} moment{'' if row['samples'] == 1 else 's'}"
    )


def _plain(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)
