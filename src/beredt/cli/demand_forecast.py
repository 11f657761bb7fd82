"""``beredt demand forecast``: incidents of the next hours, by the model that was best on the past."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import available_timezones

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption
from beredt.cli.progress import TerminalProgress
from beredt.errors import OptionError

if TYPE_CHECKING:
    from datetime import date

    from beredt.demand.forecast.counts import Counts
    from beredt.demand.forecast.forecast import Forecast
    from beredt.demand.forecast.question import Model

TABLES = ("forecast", "sums", "sum_coverage", "scores", "differences", "calibration", "last_days")


def demand_forecast(
    store: Annotated[
        Path, typer.Argument(metavar="STORE|FILE", help="Store of missions, or counts as CSV: time,area,urgency,count.")
    ],
    hours: Annotated[int, typer.Option("--hours", min=1, max=24 * 7 * 8, metavar="N", help="Hours ahead.")] = 72,
    by: Annotated[
        str, typer.Option("--by", metavar="all|municipality|district|tettsted", help="Areas of a store.")
    ] = "municipality",
    groups: Annotated[
        Path | None,
        typer.Option("--groups", metavar="FILE", help="Groups of areas, CSV: area,group.", exists=True, dir_okay=False),
    ] = None,
    step: Annotated[int, typer.Option("--step", metavar="60|30", help="Minutes of a step.")] = 60,
    origins: Annotated[
        int, typer.Option("--origins", min=4, metavar="N", help="Moments of the past at which models are tried.")
    ] = 26,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="Model to ask [default: what the backtest chooses].")
    ] = None,
    tried: Annotated[
        str | None, typer.Option("--models", metavar="NAMES", help="Models to try, by commas [default: all that can].")
    ] = None,
    weather: Annotated[
        Path | None,
        typer.Option(
            "--weather",
            metavar="FILE",
            help="Weather of past and future, CSV: time and columns of numbers.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    holidays: Annotated[
        str,
        typer.Option("--holidays", metavar="no|none|FILE", help="Special days: Norway's, none, or CSV: date,kind."),
    ] = "no",
    zone: Annotated[str, typer.Option("--zone", metavar="NAME", help="Time zone of a CSV file.")] = "Europe/Oslo",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for the page, the tables as CSV, and answer.json."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Forecast incidents of the next hours per area and urgency, with quantiles and a backtest of all models."""
    # Small matrices by the thousand: more threads only wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        from beredt.demand.forecast.count_csv import read_weather
        from beredt.demand.forecast.forecast import forecast, models_for
        from beredt.report.forecast.files import forecast_facts

        if step not in {30, 60}:
            raise OptionError("--step", str(step), "steps are 60 or 30 minutes long", "choose one of them")
        counts, notes = _counts(store, by, groups, step, zone)
        models = _chosen(models_for(counts), tried)
        if model is not None and model not in models:
            raise OptionError("--model", model, "there is no such model here", f"choose from {', '.join(models)}")
        ahead = hours * 60 // step
        known = read_weather(weather, counts, ahead) if weather else None
        special = _special_days(holidays, counts, hours)
        answer = forecast(counts, special, ahead, models, origins, model, known, progress)
        told = {**forecast_facts(answer, hours), **notes}
        if out:
            _write(answer, told, out, store.name)
    if as_json:
        from beredt.demand.forecast.tables import forecast_table
        from beredt.report.forecast.files import iso_begin

        rows = forecast_table(answer).with_columns(begin=iso_begin())
        print_json({**told, "forecast": rows.to_dicts()})
    else:
        _tell(answer, told, out)


def _chosen(models: dict[str, Model], tried: str | None) -> dict[str, Model]:
    """Those that are named, in the usual order; a simple one must be among them, to hold the others against."""
    from beredt.demand.forecast.choose import SIMPLE

    if tried is None:
        return models
    names = {one.strip() for one in tried.split(",")}
    unknown = sorted(names - set(models))
    if unknown:
        raise OptionError("--models", unknown[0], "there is no such model here", f"choose from {', '.join(models)}")
    if not names & set(SIMPLE):
        raise OptionError("--models", tried, "no simple model is among them", f"add one of {', '.join(SIMPLE)}")
    return {name: one for name, one in models.items() if name in names}


def _counts(store: Path, by: str, groups: Path | None, step: int, zone: str) -> tuple[Counts, dict[str, Any]]:
    """Counts of a store or of a file, and what could not be counted."""
    from beredt.demand.forecast.count_csv import read_counts, read_groups
    from beredt.demand.forecast.count_store import AREAS, count_store

    if store.is_file():
        if zone not in available_timezones():
            raise OptionError("--zone", zone, "there is no such time zone", "name one such as Europe/Oslo")
        return read_counts(store, step, zone), {}
    if by not in AREAS:
        raise OptionError("--by", by, "incidents cannot be put together by that", f"choose from {', '.join(AREAS)}")
    from beredt.missions.store import open_store

    counted = count_store(open_store(store), by, step, read_groups(groups) if groups else None)
    return counted.counts, {"incidents_without_time": counted.without_time, "incidents_outside": counted.outside}


def _special_days(holidays: str, counts: Counts, hours: int) -> dict[date, str]:
    from beredt.demand.forecast.calendar import norwegian_days
    from beredt.demand.forecast.count_csv import read_special_days

    if holidays == "none":
        return {}
    if holidays == "no":
        return norwegian_days(counts.start, counts.end + timedelta(hours=hours))
    return read_special_days(Path(holidays))


def _write(answer: Forecast, told: dict[str, Any], out: Path, title: str) -> None:
    """Write every table as CSV, what was told as JSON, and the page in every language."""
    from beredt.report.forecast.files import write_forecast_files
    from beredt.report.forecast.write_pages import write_forecast_pages
    from beredt.report.words import list_languages

    write_forecast_files(answer, told, out)
    write_forecast_pages(answer, told, out, list(dict.fromkeys(("en", *list_languages()))), title)


def _tell(answer: Forecast, told: dict[str, Any], out: Path | None) -> None:
    """The terminal's answer: what to believe, how the models did, and the sum of each six hours."""
    from beredt.demand.forecast.choose import interval

    choice, tested = answer.choice, answer.backtest
    finest = tested.levels[0]
    typer.echo(
        f"{told['incidents']:,} incidents of {told['past_days']:,} days, {told['areas']} areas; {told['expected']:.1f} "
        f"expected in {told['hours']} hours from {told['from']}."
    )
    typer.echo(verdict(answer))
    typer.echo(f"\nBacktest: {told['backtest']['origins']} origins, {finest}; deviance is per count, less is better.")
    typer.echo(f"{'model':<22}{'deviance':>10}{'MAE':>9}{'pinball':>9}{'80 %':>8}{'95 %':>8}   skill against week_mean")
    for name in tested.said:
        scores = choice.scores[name, finest]
        skill = next(
            (d for d in choice.differences if (d.model, d.reference, d.level) == (name, "week_mean", finest)), None
        )
        line = (
            f"{name:<22}{scores.deviance.mean():>10.4f}{scores.mae.mean():>9.4f}{scores.pinball.mean():>9.4f}"
            f"{100 * interval(scores.cover80)[0]:>7.1f} {100 * interval(scores.cover95)[0]:>7.1f} "
        )
        typer.echo(
            line + (f"  {100 * skill.skill:+.1f} %, better at {100 * skill.better:.0f} % of origins" if skill else "")
        )
    _tell_hours(answer)
    if out:
        typer.echo(f"\n{out}: forecast.html, {', '.join(f'{name}.csv' for name in TABLES)}, answer.json")


def _tell_hours(answer: Forecast) -> None:
    """All areas and urgencies together, every sixth hour's step, with the interval."""
    import polars as pl

    from beredt.demand.forecast.tables import forecast_table

    rows = forecast_table(answer).filter(pl.col("level") == "total")
    every = max(1, 6 * 60 // answer.counts.step_min)
    typer.echo(f"\n{'step from':<18}{'expected':>10}{'80 %':>10}{'95 %':>10}")
    for row in rows.gather_every(every).iter_rows(named=True):
        low, high = f"{row['q10']}–{row['q90']}", f"{row['q025']}–{row['q975']}"
        typer.echo(f"{row['begin']:%a %d %b %H:%M}  {row['mean']:>10.2f}{low:>10}{high:>10}")


def verdict(answer: Forecast) -> str:
    """One sentence on which model is asked, and why."""
    choice = answer.choice
    against = choice.against_simple
    if against is None:
        return f"Asked: {answer.model}. No model did better than {choice.simple}, which is a simple mean."
    gain = f"{100 * against.skill:.1f} % less deviance ({against.value:.4f}, {against.low:.4f} to {against.high:.4f})"
    if choice.simple_is_as_good:
        return f"Asked: {answer.model}. {choice.best} has {gain}: no more than chance, so the simple mean is as good."
    return f"Asked: {answer.model}. Against the best simple mean, {choice.simple}, {choice.best} has {gain}."
