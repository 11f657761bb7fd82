"""``beredt policies``: rules for free units beside one another, with what each asks of crews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JobsOption, JsonOption, StudyArgument
from beredt.cli.progress import TerminalProgress
from beredt.simulation.paused_collector import paused_collector

if TYPE_CHECKING:
    from beredt.decision.estimated import Estimated
    from beredt.decision.moving.compare_rules import Compared

DEFAULT_REPLICATIONS = 4


def policies(
    study: StudyArgument,
    rules: Annotated[
        list[str] | None,
        typer.Option(
            "--rule",
            metavar="RULE[:PARAMETER]",
            help="Where free units go: home, stay, standby, dmexclp:Q, zhang:Q, compliance:TABLE, priority_list:TABLE, "
            "or ddsm:TIMES, a table made here whose outer standard allows so many times the driving [2]; repeat it "
            "[default: home, standby, dmexclp, zhang, ddsm].",
        ),
    ] = None,
    alternative: Annotated[
        str | None, typer.Option("--alternative", metavar="ID", help="Whose service [default: the study's base].")
    ] = None,
    replications: Annotated[
        int, typer.Option("--replications", min=2, metavar="N", help="Simulated years behind every figure.")
    ] = DEFAULT_REPLICATIONS,
    jobs: JobsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare rules of relocation on the same incidents: gain and cost side by side.

    Acute incidents within the target and their mean response, each with the paired difference from the first rule; the
    municipality that fares worst; moves, moves by night and kilometres of a unit in a shift of a day at most; and the
    share of the time on duty in which crews rest at a station.
    """
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        with paused_collector():
            loaded = load_checked_study(study, () if alternative is None else (alternative,))

            # Only now the kernels: a faulty study is told at once.
            from beredt.simulation.kernel_cache import prepare_kernel_cache

            prepare_kernel_cache()
            from beredt.decision.moving.rule_words import DEFAULT_RULES
            from beredt.decision.moving.run_rules import run_rules

        asked = tuple(dict.fromkeys(rules or DEFAULT_RULES))
        found = run_rules(
            loaded, asked, alternative=alternative, replications=replications, jobs=jobs, progress=progress
        )
    if as_json:
        print_json({"rules": [_row(one) for one in found]})
    else:
        typer.echo("\n".join(_lines(found)))


def _row(one: Compared) -> dict[str, float | str | None]:
    row: dict[str, float | str | None] = {}
    for name, value in one._asdict().items():
        row |= {name: value} if isinstance(value, str) else value.columns(name)
    return row


def _lines(found: tuple[Compared, ...]) -> list[str]:
    width = max(len("rule"), *(len(one.rule) for one in found))
    worst = max(len("worst municipality"), *(len(one.worst) + 8 for one in found))
    lines = [
        f"{'rule':<{width}}  within target, %              mean response, s             {'worst municipality':<{worst}}"
        "  a shift: moves  by night     km   rest"
    ]
    for one in found:
        share = _with_change(one.share_pp, one.share_change_pp, ".2f")
        mean = _with_change(one.mean_s, one.mean_change_s, ".1f")
        place = f"{one.worst} {one.worst_share_pp.value:.1f} %"
        lines.append(
            f"{one.rule:<{width}}  {share:<28}  {mean:<27}  {place:<{worst}}"
            f"  {one.moves_per_shift.value:>14.2f}  {one.night_moves_per_shift.value:>8.2f}"
            f"  {one.km_per_shift.value:>5.1f}  {one.rest_share.value:>5.1%}"
        )
    return lines


def _with_change(level: Estimated, change: Estimated, form: str) -> str:
    if change.low == change.high == 0.0:
        return f"{level.value:{form}}"
    return f"{level.value:{form}} ({change.low:+{form}} to {change.high:+{form}})"
