"""The model against published figures: every deviation, plainly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from beredt.report import form
from beredt.report.chapters.parts import missing, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.figures.axis import Scale
from beredt.report.figures.interval_chart import IntervalPanel, IntervalRow, draw_intervals
from beredt.report.figures.look import Look
from beredt.report.findings.published_name import published_name
from beredt.report.form import Form
from beredt.report.page.blocks import Block, Bullets, Cell, Chapter, Column, Figure, Heading, Paragraph, Row, Table
from beredt.report.theme import ACCENT, ALTERNATIVE_INKS
from beredt.report.translated import translated

MOST_ROWS = 18
MET, MISSED = "met", "missed"
INPUT, FLOW = "input", "flow"
Line = Mapping[str, Any]

_UNITS: Mapping[str, Form] = {
    "min": Form("min", 1.0, 1), "s": form.SECONDS, "%": Form("percent", 1.0, 1), "pp": Form("points", 1.0, 1),
}  # fmt: skip


def published_chapter(ctx: ReportContext) -> Chapter:
    """Printed beside simulated, those that are missed first; sources in a list at the end."""
    title = ctx.words("chapter.published")
    table = ctx.results.find_table("published")
    if table is None:
        return Chapter("published", title, ctx.words("published.no_finding"), (missing(ctx, "published"),))
    lines = list(table.iter_rows(named=True))
    sources = list(dict.fromkeys(str(line["source"]) for line in lines))
    chosen: dict[str, list[Line]] = {
        "missed": [line for line in tests_of(lines) if line["within"] is False],
        "met": [line for line in tests_of(lines) if line["within"] is True],
        "input": [line for line in lines if line["rule"] == INPUT],
        "open": [line for line in tests_of(lines) if line["within"] is None],
    }
    blocks: list[Block] = [Paragraph(ctx.words("published.intro"))]
    figure = _figure(ctx, tests_of(lines))
    blocks += [figure] if figure else []
    for key, some in chosen.items():
        if some:
            blocks += [Heading(ctx.words(f"published.{key}_title")), _table(ctx, some, key, sources)]
    blocks += [
        Heading(ctx.words("published.sources_title"), 4),
        Bullets(tuple(translated(ctx, one) for one in sources), ordered=True),
    ]
    return Chapter("published", title, _finding(ctx, lines), tuple(blocks))


def tests_of(lines: Sequence[Line]) -> list[Line]:
    """Those that the model could have missed: what was put into it is no test of it."""
    return [line for line in lines if line["rule"] != INPUT]


def _finding(ctx: ReportContext, lines: Sequence[Line]) -> str:
    judged = [line for line in tests_of(lines) if line["within"] is not None]
    flows = [line for line in judged if line["rule"] == FLOW]
    known = [line for line in judged if _share(line) is not None]
    if not known:
        return ctx.words("published.no_finding")
    worst = max(known, key=lambda line: abs(_share(line) or 0.0))
    return ctx.words(
        "published.finding",
        met=ctx.numbers.whole(sum(1 for line in judged if line["within"])),
        all=ctx.numbers.whole(len(judged)),
        flows_met=ctx.numbers.whole(sum(1 for line in flows if line["within"])),
        flows=ctx.numbers.whole(len(flows)),
        worst=_name(ctx, worst),
        printed=_amount(ctx, worst, "printed"),
        simulated=_amount(ctx, worst, "simulated"),
    )


def _share(line: Line) -> float | None:
    """Deviation as a share of what is printed; None where nothing was computed or zero is printed."""
    share = line["deviation_share"]
    return float(share) if share is not None and isfinite(share) and line["printed"] else None


def _name(ctx: ReportContext, line: Line) -> str:
    return published_name(ctx, str(line["indicator"]), str(line["id"]))


def _amount(ctx: ReportContext, line: Line, key: str, *, signed: bool = False) -> str:
    value = line[key]
    if value is None:
        return ctx.words("number.none")
    return ctx.numbers.text(float(value), _UNITS.get(line["unit"], form.COUNT), signed=signed)


def _table(ctx: ReportContext, lines: Sequence[Line], key: str, sources: Sequence[str]) -> Table:
    keys = ("figure", "printed", "simulated", "deviation", "tolerance", "note", "source")
    words = ("figure", "note")
    columns = tuple(Column(ctx.words(f"published.column.{one}"), figures=one not in words) for one in keys)
    rows = []
    for line in lines:
        share = _share(line)
        cells = [
            Cell(_name(ctx, line)), Cell(_amount(ctx, line, "printed")), Cell(_simulated(ctx, line)),
            Cell(_deviation(ctx, line), share), Cell(_amount(ctx, line, "tolerance")),
            Cell(_note(ctx, line), style="words"),
            Cell(ctx.numbers.label(sources.index(str(line["source"])) + 1)),
        ]  # fmt: skip
        rows.append(Row(tuple(cells)))
    return Table(columns, tuple(rows), ctx.words(f"published.{key}_caption"), source(ctx, "published"), dense=True)


def _simulated(ctx: ReportContext, line: Line) -> str:
    low, high = line["low"], line["high"]
    if line["simulated"] is None or low is None or high is None:
        return _amount(ctx, line, "simulated")
    one = Estimate(float(line["simulated"]), float(low), float(high))
    unit = _UNITS.get(line["unit"], form.COUNT)
    return ctx.numbers.estimate(one, unit) if one.has_interval and low != high else ctx.numbers.text(one.value, unit)


def _deviation(ctx: ReportContext, line: Line) -> str:
    share = _share(line)
    if share is None:
        return _amount(ctx, line, "deviation", signed=True)
    return ctx.numbers.text(share, form.PERCENT, signed=True)


def _note(ctx: ReportContext, line: Line) -> str:
    """Why nothing could be computed, where it could not; then what the study says of the figure."""
    reason = f"published.missing.{line.get('missing')}"
    parts = [ctx.words(reason)] if line.get("missing") and ctx.words.has(reason) else []
    return " ".join([*parts, *([translated(ctx, str(line["note"]))] if line["note"] else [])])


def _figure(ctx: ReportContext, lines: Sequence[Line]) -> Figure | None:
    """Deviations as shares of what is printed, the greatest first."""
    known = [line for line in lines if _share(line) is not None]
    shown = sorted(known, key=lambda line: -abs(_share(line) or 0.0))[:MOST_ROWS]
    if not shown:
        return None
    rows = []
    for line in shown:
        printed = float(line["printed"])
        value = _share(line) or 0.0
        ends = [value if line[key] is None else float(line[key]) / printed - 1.0 for key in ("low", "high")]
        one = Estimate(value, *ends)
        rows.append(IntervalRow(_name(ctx, line), ({MISSED if line["within"] is False else MET: one},)))
    looks = {
        MET: Look(ACCENT.light, "o", "-", ctx.words("published.within")),
        MISSED: Look(ALTERNATIVE_INKS[2].light, "D", "-", ctx.words("published.outside")),
    }
    panel = IntervalPanel("", Scale(ctx.words("axis.deviation"), form.PERCENT, signed=True))
    svg = draw_intervals(rows, (panel,), looks, ctx.numbers, "published")
    caption = ctx.words("published.chart_caption", shown=ctx.numbers.whole(len(shown)))
    return Figure(svg, _finding(ctx, lines), caption, source(ctx, "published"))
