"""The chapters of a calibration: what came of it, table by table, what stays and why, and how it is done."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from beredt import __version__
from beredt.decision.calibration.calibrate import TABLES, UNTOUCHED
from beredt.decision.calibration.change import FEWEST, Change
from beredt.decision.calibration.errors import TableError, table_errors
from beredt.decision.calibration.write_study import WHOLE_ROWS
from beredt.report import form
from beredt.report.calibration.page import CalibrationPage
from beredt.report.calibration.week_figure import week_figure
from beredt.report.page.blocks import Block, Bullets, Cell, Chapter, Column, Paragraph, Row, Table
from beredt.report.page.cover import Cover

SOURCE = "calibration/changes.csv"


def calibration_cover(page: CalibrationPage) -> Cover:
    """What was held against what."""
    told, words, numbers = page.calibration, page.words, page.numbers
    section = told.study.settings.study
    facts = (
        ("log", told.store.profile),
        ("period", words("calibration.period", first=told.first.isoformat(), last=told.last.isoformat())),
        ("counted", words("calibration.counted", incidents=numbers.whole(told.incidents),
                          missions=numbers.whole(told.missions))),
        ("left_out", words("calibration.left_out", unusable=numbers.whole(told.unusable),
                           outside=numbers.whole(told.outside))),
        ("people", numbers.label(told.people_year)),
        ("version", words("cover.version", version=__version__)),
        ("fingerprint", told.study.fingerprint),
    )  # fmt: skip
    return Cover(
        kicker=words("calibration.kicker"),
        title=words.local(section.title),
        question=words("calibration.question"),
        facts=tuple((words(f"calibration.fact.{key}"), text) for key, text in facts),
        generated=words("calibration.generated" if told.store.generated else "calibration.real"),
        footer=words("calibration.footer", fingerprint=told.study.fingerprint),
    )


def calibration_chapters(page: CalibrationPage) -> tuple[Chapter, ...]:
    """All chapters, in the order in which a reader needs them."""
    return (_summary(page), *(_table_chapter(page, table) for table in TABLES), _untouched(page), _method(page))


def _summary(page: CalibrationPage) -> Chapter:
    words, numbers = page.words, page.numbers
    errors = table_errors(page.calibration)
    better = [row.table for row in errors if row.n_test and row.error_new < row.error_before]
    finding = words(
        "calibration.finding" if better else "calibration.finding_none",
        replaced=numbers.whole(sum(row.replaced for row in errors)),
        rows=numbers.whole(sum(row.replaced + row.kept for row in errors)),
        better=words.listed(words(f"calibration.in_text.{table}") for table in better),
    )
    columns = ("table", "measure", "n_test", "error_before", "error_after", "error_new", "rows")
    table = Table(
        columns=tuple(
            Column(words(f"calibration.column.{name}"), name not in ("table", "measure")) for name in columns
        ),
        rows=tuple(_error_row(page, row) for row in errors),
        caption=words("calibration.summary_caption"),
        source=SOURCE,
        sortable=False,
    )
    return Chapter(
        "summary",
        words("calibration.title.summary"),
        finding,
        (Paragraph(words("calibration.held_out")), table, *_uncovered(page)),
    )


def _uncovered(page: CalibrationPage) -> list[Block]:
    names = {row.id: row.name for row in page.calibration.study.service.municipalities}
    left = [names[one] for one in page.calibration.uncovered]
    return [Paragraph(page.words("calibration.uncovered", places=page.words.listed(left)))] if left else []


def _error_row(page: CalibrationPage, row: TableError) -> Row:
    numbers = page.numbers
    smaller = row.n_test > 0 and row.error_new < row.error_before
    new = page.error(row.table, row.error_new)
    rows = page.words(
        "calibration.rows", replaced=numbers.whole(row.replaced), rows=numbers.whole(row.replaced + row.kept)
    )
    return Row(
        (
            Cell(page.words(f"calibration.title.{row.table}")),
            Cell(page.words(f"calibration.measure.{row.measure}")),
            Cell(numbers.whole(row.n_test), row.n_test),
            page.error(row.table, row.error_before),
            page.error(row.table, row.error_after),
            Cell(new.text, new.sort, "good" if smaller else new.style),
            Cell(rows, row.replaced),
        )
    )


def _table_chapter(page: CalibrationPage, table: str) -> Chapter:
    words, numbers = page.words, page.numbers
    changes = page.calibration.of_table(table)
    replaced = sum(change.replaced for change in changes)
    finding = words(
        "calibration.table_finding" if replaced else "calibration.table_kept",
        replaced=numbers.whole(replaced),
        rows=numbers.whole(len(changes)),
    )
    blocks: list[Block] = [Paragraph(words(f"calibration.how.{table}"))]
    if table == "profile":
        blocks.append(week_figure(page))
    blocks.append(_change_table(page, table, changes))
    if table == "area_factors" and page.calibration.leaves_open:
        blocks += [Paragraph(words("calibration.spread")), _spread_table(page)]
    return Chapter(table, words(f"calibration.title.{table}"), finding, tuple(blocks))


def _spread_table(page: CalibrationPage) -> Table:
    """How far each rate may be off."""
    words, numbers = page.words, page.numbers
    rows = tuple(
        Row((Cell(row.rate_region), Cell(words(f"urgency.{row.urgency}")), Cell(
            numbers.text(row.relative_sd, form.PERCENT), row.relative_sd)))
        for row in page.calibration.rate_spread
    )  # fmt: skip
    names = ("region", "urgency", "relative_sd")
    columns = tuple(Column(words(f"calibration.column.{name}"), name == "relative_sd") for name in names)
    return Table(columns, rows, words("calibration.spread_caption"), "rate_spread.csv")


def _change_table(page: CalibrationPage, table: str, changes: tuple[Change, ...]) -> Table:
    words = page.words
    valued = () if table in WHOLE_ROWS else ("field", "before", "after")
    columns = ("row", *valued, "n", "n_test", "error_before", "error_after", "verdict")
    return Table(
        columns=tuple(
            Column(words(f"calibration.column.{name}"), name not in ("row", "field", "verdict")) for name in columns
        ),
        rows=tuple(row for change in changes for row in _rows(page, change)),
        caption=words("calibration.table_caption", measure=words(f"calibration.error.{table}")),
        source=SOURCE,
        dense=True,
    )


def _rows(page: CalibrationPage, change: Change) -> Iterator[Row]:
    asked = isfinite(change.error_after)
    tail = (
        page.count(change.n),
        page.count(change.n_test),
        page.error(change.table, change.error_before),
        page.error(change.table, change.error_after),
        page.verdict(change),
    )
    name = Cell(page.row_name(change))
    if not change.before:
        yield Row((name, *tail))
    for field, value in change.before.items():
        after = page.value(field, change.after[field]) if asked else page.nothing()
        yield Row((name, Cell(page.words(f"calibration.field.{field}")), page.value(field, value), after, *tail))


def _untouched(page: CalibrationPage) -> Chapter:
    words = page.words
    lines = tuple(words(f"calibration.untouched.{name}") for name in UNTOUCHED)
    return Chapter(
        "untouched", words("calibration.title.untouched"), words("calibration.untouched_finding"), (Bullets(lines),)
    )


def _method(page: CalibrationPage) -> Chapter:
    words = page.words
    lines = tuple(
        words(f"calibration.method.{name}", fewest=page.numbers.whole(FEWEST)) for name in ("weeks", "rule", "new")
    )
    return Chapter("method", words("calibration.title.method"), words("calibration.method_finding"), (Bullets(lines),))
