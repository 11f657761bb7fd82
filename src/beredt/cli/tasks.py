"""``beredt tasks``: how many planned tasks a day a service can carry without worse response."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JobsOption, JsonOption, StudyArgument
from beredt.cli.progress import TerminalProgress
from beredt.simulation.paused_collector import paused_collector

if TYPE_CHECKING:
    from beredt.decision.estimated import Estimated
    from beredt.decision.standby.task_capacity import Capacity, Carried

DEFAULT_NUMBERS = "4,8,16,32"
DEFAULT_REPLICATIONS = 10


def tasks(
    study: StudyArgument,
    task: Annotated[str, typer.Option("--task", metavar="ID", help="The form of task whose number is tried.")],
    alternative: Annotated[
        str | None, typer.Option("--alternative", metavar="ID", help="Whose tasks [default: the study's base].")
    ] = None,
    a_day: Annotated[
        str, typer.Option("--a-day", metavar="N,N,…", help="Numbers of tasks a day that are tried.")
    ] = DEFAULT_NUMBERS,
    group: Annotated[
        str, typer.Option("--group", metavar="ID", help="Areas in which response is looked at: a municipality or all.")
    ] = "all",
    margin: Annotated[
        float,
        typer.Option("--margin", min=0.01, metavar="PP", help="Points that the share within the target may fall by."),
    ] = 0.5,
    replications: Annotated[
        int, typer.Option("--replications", min=2, metavar="N", help="Simulated years behind every figure.")
    ] = DEFAULT_REPLICATIONS,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="The table as CSV [default: no file].")
    ] = None,
    jobs: JobsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find how many planned tasks a day a service can carry without worse response to acute incidents.

    The same years without the tasks and with more and more of them; a number holds when the share within the target
    falls by less than the margin, told by the lower end of the paired 95 % interval.
    """
    numbers = _numbers(a_day)
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        with paused_collector():
            loaded = load_checked_study(study, () if alternative is None else (alternative,))

            # Only now the kernels: a faulty study is told at once.
            from beredt.simulation.kernel_cache import prepare_kernel_cache

            prepare_kernel_cache()
            from beredt.decision.standby.run_capacity import run_capacity

        capacity = run_capacity(
            loaded,
            alternative=alternative,
            task=task,
            numbers=numbers,
            group=group,
            margin_pp=margin,
            replications=replications,
            jobs=jobs,
            progress=progress,
        )
    rows = _rows(capacity)
    if out is not None:
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    if as_json:
        print_json({"task": task, "group": group, "margin_pp": margin, "most_a_day": capacity.most, "carried": rows})
    else:
        typer.echo("\n".join(_lines(capacity)))


def _numbers(text: str) -> tuple[float, ...]:
    try:
        numbers = sorted({float(part) for part in text.split(",")})
    except ValueError:
        numbers = []
    if not numbers or any(not 0 < number <= 1000 for number in numbers):
        message = f"{text}: give numbers above 0 with commas between, as {DEFAULT_NUMBERS}"
        raise typer.BadParameter(message, param_hint="--a-day")
    return tuple(numbers)


def _rows(capacity: Capacity) -> list[dict[str, float | bool | None]]:
    rows: list[dict[str, float | bool | None]] = []
    for one in capacity.carried:
        row: dict[str, float | bool | None] = {"per_day": one.per_day}
        for name in ("done_share", "late_share", "share_change_pp", "mean_change_s"):
            found: Estimated = getattr(one, name)
            row |= found.columns(name)
        rows.append(row | {"holds": one.holds})
    return rows


def _lines(capacity: Capacity) -> list[str]:
    lines = ["a day    done    late  done a day    within target, points       mean response, s        holds"]
    for one in capacity.carried:
        share, mean = one.share_change_pp, one.mean_change_s
        lines.append(
            f"{one.per_day:>5g}  {one.done_share.value:>5.1%}  {one.late_share.value:>6.1%}  {_done_a_day(one):>10.1f}"
            f"    {share.value:+6.2f} ({share.low:+.2f} to {share.high:+.2f})"
            f"    {mean.value:+6.1f} ({mean.low:+.1f} to {mean.high:+.1f})    {'yes' if one.holds else 'no'}"
        )
    margin = f"{capacity.margin_pp:g} points"
    most = next((one for one in capacity.carried if one.per_day == capacity.most), None)
    lines.append(
        f"{capacity.task}: up to {capacity.most:g} a day cost less than {margin} in {capacity.group}; "
        f"of so many, {_done_a_day(most):.1f} a day are done"
        if most is not None
        else f"{capacity.task}: for none of these it is shown that it costs less than {margin} in {capacity.group}"
    )
    return lines


def _done_a_day(carried: Carried) -> float:
    """What a service carries: of more tasks a day than it can do it leaves the rest."""
    return carried.per_day * carried.done_share.value
