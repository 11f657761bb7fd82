"""Staff over the years against the need; where ages are not known, a yardstick and what to bring."""

from __future__ import annotations

import polars as pl

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.figures.axis import Scale
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import Look, alternative_looks
from beredt.report.form import Form
from beredt.report.page.blocks import Block, Cell, Column, Details, Figure, Heading, Notice, Paragraph, Row, Table
from beredt.report.theme import TEXT
from beredt.report.translated import translated

ALL = "all"
LABEL = Form("count")
FIGURES = ("retirement_age", "turnover_share", "intake", "intake_age", "demand_growth_share")


def years_blocks(ctx: ReportContext) -> list[Block]:
    """The projection, or what to bring for one."""
    blocks: list[Block] = [Heading(ctx.words("staff.years.title"))]
    years = ctx.results.find_table("staff_years")
    if years is None:
        return [*blocks, *_asked(ctx)]
    blocks += [Paragraph(_finding(ctx, years), lead=True), Paragraph(ctx.words("staff.years.intro"))]
    table = Details(ctx.words("staff.years.table_title"), (_table(ctx, years),))
    return [*blocks, _figure(ctx, years), table]


def _asked(ctx: ReportContext) -> list[Block]:
    frame = ctx.study.decision.get("staff_figures")
    known = {} if frame is None else {row["figure"]: row for row in frame.iter_rows(named=True)}
    lacking = [ctx.words(f"staff.figure.{one}") for one in FIGURES if one not in known]
    text = [ctx.words("staff.years.none"), ctx.words("staff.bring", files="staff_ages.csv")]
    if lacking:
        figures = ctx.words.listed(lacking)
        text.append(ctx.words("staff.bring_figures", file="staff_figures.csv", figures=figures))
    blocks: list[Block] = [Notice(" ".join(text))]
    retiring = ctx.results.find_table("staff_retiring")
    share = known.get("retiring_elsewhere_share")
    if retiring is None or share is None:
        return blocks
    values = {end: ctx.numbers.text(share[end], form.PERCENT) for end in ("low", "high")}
    blocks.append(Paragraph(ctx.words("staff.years.elsewhere", source=translated(ctx, share["source"]), **values)))
    return [*blocks, _yardstick(ctx, retiring)]


def _yardstick(ctx: ReportContext, retiring: pl.DataFrame) -> Table:
    columns = [Column(ctx.words("staff.column.alternative"), figures=False)]
    columns.append(Column(ctx.words("staff.years.column.organisation"), figures=False))
    columns += [Column(ctx.words(f"staff.years.column.{one}")) for one in ("now", "retiring")]
    rows = []
    lines = [row for row in retiring.iter_rows(named=True) if row["alternative"] in (ctx.baseline, *ctx.compared)]
    # The sum of an alternative stands below its parts.
    for row in sorted(lines, key=lambda row: (ctx.alternatives.index(row["alternative"]), row["organisation"] == ALL)):
        name = row["organisation"]
        estimate = Estimate(row["retiring"], row["retiring_low"], row["retiring_high"])
        rows.append(
            Row(
                (
                    Cell(ctx.names.alternative(row["alternative"])),
                    Cell(ctx.words("staff.whole_row") if name == ALL else ctx.names.get("organisations", name)),
                    Cell(ctx.numbers.plain(row["fte"], form.FTE), row["fte"]),
                    Cell(_amount(ctx, estimate), row["retiring"]),
                ),
                "total" if name == ALL else "",
            )
        )
    caption = ctx.words("staff.years.yardstick_caption")
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "staff_retiring"))


def _finding(ctx: ReportContext, years: pl.DataFrame) -> str:
    """The last year of the alternative with the largest gap."""
    last = int(years["year"].max())  # type: ignore[arg-type]  # a table with rows
    own = years.filter((pl.col("year") == last) & (pl.col("alternative") != TODAY)).sort("gap")
    row = own.row(0, named=True) if own.height else years.filter(pl.col("year") == last).row(0, named=True)
    low, gap, high = row["gap_low"], row["gap"], row["gap_high"]
    if low < 0.0 < high:
        ends = {"low": ctx.numbers.text(-low, form.FTE), "high": ctx.numbers.text(high, form.FTE)}
        text = ctx.words("staff.years.unclear", **ends)
    else:
        ends_of = (-high, -low) if gap < 0 else (low, high)
        interval = ctx.words("number.brackets", inside=ctx.numbers.span(*ends_of, form.FTE))
        key = "staff.years.gap" if gap < 0 else "staff.years.over"
        text = ctx.words(key, gap=ctx.numbers.text(abs(gap), form.FTE), interval=interval)
    return ctx.words(
        "staff.years.finding", year=ctx.numbers.label(last), gap=text,
        alternative=ctx.names.alternatives([row["alternative"]]),
    )  # fmt: skip


def _figure(ctx: ReportContext, years: pl.DataFrame) -> Figure:
    shown = tuple(one for one in ctx.alternatives if one != TODAY) or (TODAY,)
    looks = {one: Look(look.colour, look.marker, look.line, ctx.words("staff.years.need", alternative=look.name))
             for one, look in alternative_looks(ctx).items()}  # fmt: skip
    looks["staff"] = Look(TEXT.light, "o", "-", ctx.words("staff.years.staff"))
    first = years.filter(pl.col("alternative") == shown[0]).sort("year")
    curves = {one: _curve(years.filter(pl.col("alternative") == one).sort("year"), "need") for one in shown}
    curves["staff"] = _curve(first, "staff")
    most = max(max(curve.high) for curve in curves.values())
    ends = float(first["year"][0]), float(first["year"][-1])
    frame = CurveFrame(
        Scale(ctx.words("staff.years.column.year"), LABEL), Scale(ctx.words("staff.column.fte"), form.COUNT), ends,
        (0.0, most * 1.05), x_at=(),
    )  # fmt: skip
    marks = {float(year): ctx.numbers.label(year) for year in first["year"].to_list()[:-1:5]}
    svg = draw_curves(
        [CurvePanel("", curves, upright=marks)], frame, looks, ctx.numbers, "staff-years", columns=1, height_in=2.4,
    )  # fmt: skip
    last = first.row(-1, named=True)
    clause = ctx.words(
        "staff.years.chart_clause", staff=ctx.numbers.text(last["staff"], form.FTE),
        need=ctx.numbers.text(last["need"], form.FTE), year=ctx.numbers.label(last["year"]),
    )  # fmt: skip
    alt = ctx.words("staff.years.chart_alt", clauses=clause)
    return Figure(svg, alt, ctx.words("staff.years.chart_caption"), source(ctx, "staff_years"))


def _curve(rows: pl.DataFrame, name: str) -> Curve:
    return Curve(
        [float(year) for year in rows["year"].to_list()],
        *(rows[column].to_list() for column in (name, f"{name}_low", f"{name}_high")),
    )


def _table(ctx: ReportContext, years: pl.DataFrame) -> Table:
    names = ("year", "staff", "need", "gap", "retired", "left", "joined")
    columns = [Column(ctx.words("staff.column.alternative"), figures=False)]
    columns += [Column(ctx.words(f"staff.years.column.{one}")) for one in names]
    rows = []
    for row in years.filter(pl.col("alternative") != TODAY).iter_rows(named=True):
        cells = [Cell(ctx.names.alternative(row["alternative"])), Cell(ctx.numbers.label(row["year"]), row["year"])]
        for name in ("staff", "need", "gap"):
            estimate = Estimate(row[name], row[f"{name}_low"], row[f"{name}_high"])
            cells.append(Cell(_amount(ctx, estimate, signed=name == "gap"), row[name]))
        for name in ("retired", "left", "joined"):
            cells.append(Cell(ctx.numbers.plain(row[name], form.FTE), row[name]))
        rows.append(Row(tuple(cells)))
    caption = ctx.words("staff.years.table_caption")
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "staff_years"), dense=True)


def _amount(ctx: ReportContext, estimate: Estimate, *, signed: bool = False) -> str:
    text = ctx.numbers.plain(estimate.value, form.FTE, signed=signed)
    return (
        text if estimate.low == estimate.high else f"{text} {ctx.numbers.interval(estimate, form.FTE, signed=signed)}"
    )
