"""A printed growth table beside what its own rows come to."""

from __future__ import annotations

from beredt.demand.projection.growth import ALL
from beredt.demand.projection.printed_table import PrintedTable
from beredt.report import form
from beredt.report.context import ReportContext
from beredt.report.demand.growth import FACTOR
from beredt.report.demand.part import DemandPart
from beredt.report.demand.people import age_text
from beredt.report.page.blocks import Cell, Column, Row, Table

WRONG = "bad"


def printed_part(ctx: ReportContext, printed: PrintedTable) -> DemandPart:
    """The table with every sum and factor that does not add up marked."""
    count = ctx.numbers.whole(len(printed.issues))
    finding = ctx.words("demand.printed.differs", count=count) if printed.issues else ctx.words("demand.printed.agrees")
    rows = []
    for row in printed.rows:
        factor = printed.factors.get(row.age_band)
        wrong = factor is not None and round(factor, 4) != row.factor
        cells = [Cell(age_text(ctx, row.age_band))]
        for number, value in enumerate((row.before, row.after)):
            told = printed.totals[number] if row.age_band == ALL and printed.totals else value
            if told == value:
                cells.append(Cell(ctx.numbers.text(value, form.PEOPLE), value))
            else:
                both = (ctx.numbers.text(one, form.PEOPLE) for one in (told, value))
                text = ctx.words("demand.printed.sum", **dict(zip(("printed", "computed"), both, strict=True)))
                cells.append(Cell(text, value, WRONG))
        cells.append(Cell(ctx.numbers.plain(row.factor, FACTOR), row.factor))
        none = Cell(ctx.words("number.none"), style="quiet")
        cells.append(
            none if factor is None else Cell(ctx.numbers.plain(factor, FACTOR), factor, WRONG if wrong else "")
        )
        rows.append(Row(tuple(cells), "total" if row.age_band == ALL else ""))
    names = ("column.age", "printed.before", "printed.after", "printed.factor", "printed.printed")
    columns = tuple(Column(ctx.words(f"demand.{one}"), figures=one != "column.age") for one in names)
    caption = ctx.words("demand.printed.caption", file=printed.file)
    table = Table(columns, tuple(rows), caption, printed.file, sortable=False)
    return DemandPart("demand-printed", ctx.words("demand.printed.title"), finding, (table,))
