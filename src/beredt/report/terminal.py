"""The summary of a run in a terminal: the headline, one row per alternative, and what it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.report import form
from beredt.report.context import ReportContext, make_context
from beredt.report.estimate import Estimate
from beredt.report.findings.change import is_better
from beredt.report.findings.gate import answers, gate_finding
from beredt.report.findings.key_sentences import key_sentences
from beredt.report.measures import LEVEL_MEAN, P90, TARGET_SHARE, measure
from beredt.report.results import read_results
from beredt.report.words import load_words

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

ACUTE = "A"
COLUMNS = (TARGET_SHARE, LEVEL_MEAN, P90)
_COLOURS = {"meets": "green", "fails": "red", "undecided": "yellow"}


def terminal_summary(results_dir: Path, study: Study, language: str) -> RenderableType:
    """What a person at the terminal is told of the results in `results_dir`, for `rich.console.Console.print`.

    Raises ResultsError without results and UnknownIdError without the language.
    """
    from rich.console import Group
    from rich.text import Text

    ctx = make_context(study, read_results(results_dir), load_words(language))
    sentences = [Text(gate_finding(ctx), style="bold"), *(Text(f"· {line}") for line in key_sentences(ctx))]
    return Group(_table(ctx), *sentences)


def terminal_text(results_dir: Path, study: Study, language: str, width: int = 100) -> str:
    """The same as plain text of this width, for logs and pipes."""
    from io import StringIO

    from rich.console import Console

    out = StringIO()
    console = Console(file=out, width=width, color_system=None, force_terminal=False)
    console.print(terminal_summary(results_dir, study, language))
    return out.getvalue().rstrip("\n")


def _table(ctx: ReportContext) -> Table:
    """One row per alternative: the verdict, and every measure's level with the difference from the baseline below."""
    from rich import box
    from rich.table import Table

    table = Table(title=_title(ctx), caption=_caption(ctx), box=box.SIMPLE_HEAD, title_justify="left")
    table.caption_justify = "left"
    table.add_column(ctx.words("terminal.alternative"))
    table.add_column(ctx.words("terminal.verdict"))
    for key in COLUMNS:
        table.add_column(measure(key).name(ctx.words, ctx.numbers), justify="right")
    verdicts = {one.alternative: one.verdict for one in answers(ctx)}
    for one in ctx.alternatives:
        verdict = verdicts.get(one)
        answer = ctx.words(f"verdict.short.{verdict}") if verdict else ctx.words("number.none")
        colour = _COLOURS.get(verdict or "", "default")
        table.add_row(_name(ctx, one), f"[{colour}]{answer}[/]", *(_cell(ctx, one, key) for key in COLUMNS))
    return table


def _title(ctx: ReportContext) -> str:
    from rich.markup import escape

    simulation = ctx.study.settings.simulation
    text = ctx.words(
        "terminal.title",
        study=ctx.words.local(ctx.study.settings.study.title),
        replications=ctx.numbers.whole(int(ctx.results.fact("replications", simulation.replications))),
        days=ctx.numbers.whole(int(ctx.results.fact("days", simulation.days))),
    )
    return escape(text)


def _caption(ctx: ReportContext) -> str:
    from rich.markup import escape

    baseline = ctx.names.alternatives((ctx.baseline,))
    return escape(ctx.words("terminal.caption", group=ctx.names.group(_group(ctx)), baseline=baseline))


def _group(ctx: ReportContext) -> str:
    return ctx.local_group or "all"


def _name(ctx: ReportContext, alternative: str) -> str:
    from rich.markup import escape

    return escape(ctx.names.alternative_title(alternative))


def _cell(ctx: ReportContext, alternative: str, key: str) -> str:
    from rich.markup import escape

    what = measure(key)
    level = ctx.levels.find(alternative, key, ACUTE, _group(ctx))
    lines = [escape(ctx.numbers.estimate(level, what.level))]
    if alternative not in (TODAY, ctx.baseline):
        difference = ctx.changes.find(alternative, key, ACUTE, _group(ctx))
        colour = {True: "green", False: "red", None: "dim"}[is_better(what, difference)]
        lines.append(f"[{colour}]{escape(_difference(ctx, difference, what.difference))}[/]")
    return "\n".join(lines)


def _difference(ctx: ReportContext, difference: Estimate | None, how: form.Form) -> str:
    if difference is not None and difference.is_exactly_zero:
        return ctx.words("change.none_short")
    return ctx.numbers.estimate(difference, how, signed=True)
