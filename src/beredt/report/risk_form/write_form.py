"""Write the workbook of a risk workshop: a guide, and a sheet per assessor with drop-downs in protected rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from beredt.decision.risk.matrix import STEPS
from beredt.errors import OptionError
from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.report.local_text import local_names, local_text
from beredt.report.number_format import NumberFormat
from beredt.report.risk_form import layout
from beredt.report.risk_form.asked import asked_alternatives, asked_events
from beredt.report.words import Words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Written into every file, so that the same study gives the same bytes."""

GUIDE_ROLES, GUIDE_KNOWLEDGE = 0, 1
_LISTS_ROW = 14
_WIDTHS = {"number": 5, "event_name": 34, "cause": 40, "alternative_name": 24, layout.MEASURES: 34}
_STEP_KEYS = ("a", "b", "c", "d", "e")

Score = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, who assesses (None: still to be filled in), and scores by (event, alternative)."""

    name: str
    role: str | None
    assessor: int | None
    scores: Mapping[tuple[str, str], Score]


def write_risk_form(study: Study, words: Words, path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the workbook; equal studies, words and sheets become equal bytes.

    Args:
        study: its events, roles and alternatives.
        words: of the language of headings; the study's own texts come in the same language.
        path: the file.
        sheets: at least one, each with a name of its own.

    Raises:
        OptionError: the study has no risk events or no roles.
    """
    from xlsxwriter import Workbook

    tables = study.decision
    for name in ("risk_events", "risk_roles"):
        if tables[name].is_empty():
            raise OptionError("STUDY", study.settings.study.id, f"has no {name}", f"give it the table {name}.csv")
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": CREATED})
        form = _Form(book, study, words)
        guide = words("risk.form.guide")
        for sheet in sheets:
            form.write_sheet(sheet, guide)
        form.write_guide(guide)


def empty_sheets(study: Study, words: Words, roles: Sequence[str]) -> tuple[Sheet, ...]:
    """One sheet per role, or a single one where the role is chosen. Raises OptionError for a role of nobody's."""
    names = local_names(words, study.decision["risk_roles"])
    for role in roles:
        if role not in names:
            raise OptionError("--role", role, "the study has no such role", f"use one of {', '.join(names)}")
    if not roles:
        return (Sheet(words("risk.form.sheet"), None, None, {}),)
    return tuple(Sheet(_sheet_name(number, role), role, None, {}) for number, role in enumerate(roles, start=1))


def filled_sheets(scores: pl.DataFrame) -> tuple[Sheet, ...]:
    """One sheet per assessor of the scores, in their order, filled in: for a second round."""
    found: dict[tuple[str, int], dict[tuple[str, str], Score]] = {}
    for row in scores.iter_rows(named=True):
        found.setdefault((row["role"], row["assessor"]), {})[row["event"], row["alternative"]] = row
    return tuple(
        Sheet(_sheet_name(number, role, assessor), role, assessor, given)
        for number, ((role, assessor), given) in enumerate(found.items(), start=1)
    )


def _sheet_name(number: int, role: str, assessor: int | None = None) -> str:
    """A name of its own within what Excel allows; ids hold nothing that it forbids."""
    return f"{number} {role}"[:26] + ("" if assessor is None else f" {assessor}")


class _Form:
    """The workbook while it is being written: what all sheets share."""

    def __init__(self, book: Workbook, study: Study, words: Words) -> None:
        self.book, self.study, self.words = book, study, words
        self.numbers = NumberFormat(words)
        self.areas = local_names(words, study.decision["risk_areas"])
        self.roles = local_names(words, study.decision["risk_roles"])
        self.knowledge = {one: words(f"risk.form.knowledge_value.{one}") for one in layout.KNOWLEDGE_CHOICES}
        self.titles = {TODAY: words.local(study.settings.study.base_title)}
        self.titles |= {one.id: words.local(one.title) for one in study.alternatives}
        edge = {"border": 1, "border_color": "#a9aeb4", "valign": "top", "text_wrap": True}
        self.bold = book.add_format({"bold": True, "font_size": 14})
        self.label = book.add_format({"bold": True})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format({**edge, "bold": True, "bg_color": "#e8eae7"})
        self.told = book.add_format(edge)
        self.input = book.add_format({**edge, "locked": False, "bg_color": "#e3f1e1"})

    def write_guide(self, name: str) -> None:
        """How to fill in, what the steps mean, and the lists that drop-downs choose from."""
        sheet, words = self.book.add_worksheet(name), self.words
        sheet.protect()
        sheet.set_column(0, 1, 34)
        sheet.set_column(2, 2, 34)
        sheet.write_string(0, 0, self._title(), self.bold)
        sheet.merge_range(1, 0, 1, 2, self._intro(), self.wrapped)
        sheet.set_row(1, 90)
        sheet.write_row(3, 0, [words("risk.form.scale"), *self._scale_titles()], self.label)
        for row, (step, key) in enumerate(zip(STEPS, _STEP_KEYS, strict=True), start=4):
            sheet.write_number(row, 0, step)
            sheet.write_string(row, 1, words(f"risk.form.likelihood_step.{key}"))
            sheet.write_string(row, 2, words(f"risk.form.consequence_step.{key}"))
        sheet.write_string(_LISTS_ROW - 1, GUIDE_ROLES, words("risk.form.role"), self.label)
        sheet.write_string(_LISTS_ROW - 1, GUIDE_KNOWLEDGE, words("risk.form.knowledge"), self.label)
        sheet.write_column(_LISTS_ROW, GUIDE_ROLES, list(self.roles.values()))
        sheet.write_column(_LISTS_ROW, GUIDE_KNOWLEDGE, list(self.knowledge.values()))

    def write_sheet(self, one: Sheet, guide: str) -> None:
        """A sheet to be filled in: only its green cells can be changed."""
        sheet = self.book.add_worksheet(one.name)
        sheet.protect("", {"format_rows": True, "format_columns": True})
        self._write_head(sheet, one)
        column = {key: number for number, key in enumerate(layout.COLUMN_KEYS)}
        row = layout.FIRST_ROW
        for number, event in enumerate(asked_events(self.study), start=1):
            for alternative in asked_alternatives(self.study):
                given = one.scores.get((event["id"], alternative), {})
                self._write_row(sheet, row, number, event, alternative, given)
                row += 1
        self._write_choices(sheet, column, row - 1, guide)
        sheet.freeze_panes(layout.FIRST_ROW, column["cause"])
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(layout.HEAD_ROW)

    def _write_head(self, sheet: Worksheet, one: Sheet) -> None:
        words = self.words
        sheet.write_string(layout.TITLE_ROW, 0, layout.MARKER)
        sheet.write_string(layout.TITLE_ROW, 2, self._title(), self.bold)
        for row, key in ((layout.ROLE_ROW, layout.ROLE), (layout.ASSESSOR_ROW, layout.ASSESSOR)):
            sheet.write_string(row, 0, key)
            sheet.merge_range(row, 2, row, 3, words(f"risk.form.{key}"), self.label)
            sheet.write_blank(row, 4, None, self.input)
        if one.role is not None:
            sheet.write_string(layout.ROLE_ROW, 4, self.roles.get(one.role, one.role), self.input)
        if one.assessor is not None:
            sheet.write_number(layout.ASSESSOR_ROW, 4, one.assessor, self.input)
        sheet.merge_range(layout.INTRO_ROW, 2, layout.INTRO_ROW, 6, self._intro(), self.wrapped)
        sheet.set_row(layout.INTRO_ROW, 64)
        sheet.set_row(layout.HEAD_ROW, 32)
        for column, key in enumerate(layout.COLUMN_KEYS):
            sheet.write_string(layout.KEY_ROW, column, key)
            if column > 1:
                text = "#" if key == "number" else words(f"risk.form.{key.removesuffix('_name')}")
                sheet.write_string(layout.HEAD_ROW, column, text, self.head)
                sheet.set_column(column, column, _WIDTHS.get(key, 13))
        sheet.set_row(layout.KEY_ROW, None, None, {"hidden": True})
        sheet.set_column(0, 1, None, None, {"hidden": True})

    def _write_row(self, sheet: Worksheet, row: int, number: int, event: Score, alternative: str, given: Score) -> None:
        told = (
            self.numbers.label(number),
            local_text(self.words, event),
            local_text(self.words, event, "cause"),
            self.titles.get(alternative, alternative),
        )
        sheet.write_string(row, 0, event["id"])
        sheet.write_string(row, 1, alternative)
        for column, text in enumerate(told, start=2):
            sheet.write_string(row, column, text, self.told)
        for column, key in enumerate(layout.INPUTS, start=2 + len(told)):
            value = given.get(key)
            if value is None:
                sheet.write_blank(row, column, None, self.input)
            elif key == layout.KNOWLEDGE:
                sheet.write_string(row, column, self.knowledge[value], self.input)
            elif key == layout.MEASURES:
                sheet.write_string(row, column, value, self.input)
            else:
                sheet.write_number(row, column, value, self.input)

    def _write_choices(self, sheet: Worksheet, column: Mapping[str, int], last: int, guide: str) -> None:
        """Drop-downs, and what Excel says to a value that is not among them."""
        words = self.words
        whole = words("risk.form.whole", low=self.numbers.label(STEPS[0]), high=self.numbers.label(STEPS[-1]))
        steps = {"validate": "list", "source": list(STEPS), "ignore_blank": True, "error_message": whole}
        for key in (*layout.BEFORE, *layout.AFTER):
            sheet.data_validation(layout.FIRST_ROW, column[key], last, column[key], steps)
        lists = (
            (column[layout.KNOWLEDGE], layout.FIRST_ROW, last, GUIDE_KNOWLEDGE, len(self.knowledge)),
            (4, layout.ROLE_ROW, layout.ROLE_ROW, GUIDE_ROLES, len(self.roles)),
        )
        for at, first, until, letter, count in lists:
            quoted = guide.replace("'", "''")
            name = "AB"[letter]
            source = f"='{quoted}'!${name}${_LISTS_ROW + 1}:${name}${_LISTS_ROW + count}"
            choice = {"validate": "list", "source": source, "error_message": words("risk.form.choose")}
            sheet.data_validation(first, at, until, at, choice)
        count_of = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": layout.MOST_ASSESSORS}
        sheet.data_validation(layout.ASSESSOR_ROW, 4, layout.ASSESSOR_ROW, 4, count_of)
        longest = {"validate": "length", "criteria": "<=", "value": layout.LONGEST_MEASURES}
        sheet.data_validation(layout.FIRST_ROW, column[layout.MEASURES], last, column[layout.MEASURES], longest)

    def _title(self) -> str:
        return self.words("risk.form.title", study=self.words.local(self.study.settings.study.title))

    def _intro(self) -> str:
        low, high = (self.numbers.label(step) for step in (STEPS[0], STEPS[-1]))
        return self.words("risk.form.intro", low=low, high=high)

    def _scale_titles(self) -> list[str]:
        return [self.words("risk.column.likelihood"), self.words("risk.column.consequence")]
