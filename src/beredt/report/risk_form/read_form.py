"""Read filled-in risk workbooks: scores of all assessors as one table, and every fault as an issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from beredt.decision.risk.matrix import STEPS
from beredt.model.alternative import TODAY
from beredt.model.did_you_mean import find_closest
from beredt.model.issue import Issue, shown
from beredt.model.study import Study
from beredt.report.local_text import LANGUAGES
from beredt.report.risk_form import layout
from beredt.report.risk_form.personal import holds_personal, looks_personal
from beredt.report.risk_form.scores_frame import scores_frame
from beredt.report.words import list_languages, load_words

Cell = str | None
Score = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What cells may hold: ids, and the words that stand for them in any language, in small letters."""

    events: Sequence[str]
    alternatives: Sequence[str]
    roles: Mapping[str, str]
    knowledge: Mapping[str, str]


@dataclass(slots=True)
class _Reading:
    """What has been found so far."""

    known: Known
    scores: dict[tuple[str, str, str, int], tuple[Score, str]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def tell(self, where: str, row: int | None, name: str | None, value: Cell, message: str, remedy: str,
             warning: bool = False) -> None:  # fmt: skip
        text = None if value is None else shown(value)
        severity = "warning" if warning else "error"
        self.issues.append(Issue(where, row, name, text, 1, message, remedy, severity=severity))  # type: ignore[arg-type]


def read_risk_forms(study: Study, paths: Sequence[Path]) -> tuple[pl.DataFrame, tuple[Issue, ...]]:
    """Scores in workbooks that `write_risk_form` wrote and people filled in.

    Sheets are told apart by a hidden mark, rows and columns by hidden keys, so that any language and order will do.
    A row that is empty is no answer. Nothing is dropped in silence: what cannot be used is an issue, and so is an
    assessor who answered nothing.

    Args:
        study: whose events, alternatives and roles there are.
        paths: workbooks, of one assessor or of several each.

    Returns:
        Scores with the columns of `risk_scores`, by role, assessor, event and alternative in the study's order; and
        all issues. With an error among them the scores are not to be used.
    """
    reading = _Reading(_known(study))
    for path in paths:
        _read_book(reading, path)
    rows = [score for score, _ in reading.scores.values()]
    return scores_frame(study, rows), tuple(reading.issues)


def _known(study: Study) -> Known:
    roles: dict[str, str] = {}
    for row in study.decision["risk_roles"].iter_rows(named=True):
        for name in (row["id"], *(row[f"name_{language}"] for language in LANGUAGES)):
            if name:
                roles[name.casefold()] = row["id"]
    knowledge = {one: one for one in layout.KNOWLEDGE_CHOICES}
    for language in list_languages():
        words = load_words(language)
        knowledge |= {words(f"risk.form.knowledge_value.{one}").casefold(): one for one in layout.KNOWLEDGE_CHOICES}
    alternatives = [TODAY, *(one.id for one in study.alternatives)]
    return Known(study.decision["risk_events"]["id"].to_list(), alternatives, roles, knowledge)


def _read_book(reading: _Reading, path: Path) -> None:
    import fastexcel

    try:
        book = fastexcel.read_excel(path)
        sheets = {name: _cells(book.load_sheet(name, header_row=None, dtypes="string").to_polars())
                  for name in book.sheet_names}  # fmt: skip
    except (fastexcel.FastExcelError, OSError) as error:
        reason = shown(str(error).splitlines()[0])
        reading.tell(path.name, None, None, None, f"the file cannot be read as a workbook: {reason}",
                     "save it as .xlsx, and give its path")  # fmt: skip
        return
    forms = {name: cells for name, cells in sheets.items() if cells and cells[0] and cells[0][0] == layout.MARKER}
    if not forms:
        reading.tell(path.name, None, None, None, "no sheet of the workbook is a risk form",
                     "fill in a workbook made by `beredt risk export`, and keep its hidden cells")  # fmt: skip
    for name, cells in forms.items():
        _read_sheet(reading, f"{path.name}, {name}", cells)


def _cells(table: pl.DataFrame) -> list[list[Cell]]:
    return [[None if cell is None or not cell.strip() else cell.strip() for cell in row] for row in table.iter_rows()]


def _read_sheet(reading: _Reading, where: str, cells: list[list[Cell]]) -> None:
    keys = next((number for number, row in enumerate(cells) if row[0] == layout.EVENT), None)
    if keys is None:
        reading.tell(where, None, None, None, "the hidden row that names the columns is gone",
                     "copy the answers into a new workbook")  # fmt: skip
        return
    columns = _columns(reading, where, cells, keys)
    rows = [(number, row) for number, row in enumerate(cells[keys + 2 :], start=keys + 3)]
    answered = [
        (number, row) for number, row in rows if any(row[at] for key, at in columns.items() if key in layout.INPUTS)
    ]
    if not answered:
        reading.tell(where, None, None, None, "nobody has answered anything on this sheet",
                     "fill it in, or leave the file out", warning=True)  # fmt: skip
        return
    who = _who(reading, where, cells[:keys])
    for number, row in answered:
        score = _score(reading, where, number, row, columns)
        if score is not None and who is not None:
            _keep(reading, where, number, {**score, "role": who[0], "assessor": who[1]})


def _columns(reading: _Reading, where: str, cells: list[list[Cell]], keys: int) -> dict[str, int]:
    """Place of every known column; columns that somebody has put in are told, and refused where they name people."""
    found: dict[str, int] = {}
    headings = cells[keys + 1] if keys + 1 < len(cells) else []
    for at, key in enumerate(cells[keys]):
        if key in layout.COLUMN_KEYS:
            found[str(key)] = at
            continue
        heading = key or (headings[at] if at < len(headings) else None)
        body = [row[at] for row in cells[keys + 1 :] if at < len(row) and row[at]]
        if heading is not None and looks_personal(heading):
            reading.tell(where, keys + 2, heading, None, "a column that names people",
                         "remove it: assessments are anonymous")  # fmt: skip
        elif body:
            reading.tell(where, keys + 2, heading, body[0], "a column that the form does not have",
                         "remove it; what belongs to a row goes into its own cells")  # fmt: skip
    for key in (layout.EVENT, layout.ALTERNATIVE, *layout.INPUTS):
        if key not in found:
            reading.tell(where, keys + 1, key, None, "the column is gone", "copy the answers into a new workbook")
    return found if {layout.EVENT, layout.ALTERNATIVE, *layout.INPUTS} <= found.keys() else {}


def _who(reading: _Reading, where: str, head: list[list[Cell]]) -> tuple[str, int] | None:
    """Role and number of the assessor; None, and an issue, where one is missing or means nothing."""
    given: dict[str, tuple[int, Cell]] = {}
    for number, row in enumerate(head, start=1):
        if row[0] in (layout.ROLE, layout.ASSESSOR):
            answers = [cell for cell in row[1:] if cell is not None][1:]  # the first is the label
            given[str(row[0])] = (number, answers[0] if answers else None)
        elif row[0] is not None and row[0] != layout.MARKER and looks_personal(row[0]):
            reading.tell(where, number, row[0], None, "a row that names people", "remove it: assessments are anonymous")
    line, role = given.get(layout.ROLE, (layout.ROLE_ROW + 1, None))
    known = reading.known.roles
    role_id = known.get((role or "").casefold())
    if role_id is None:
        close = find_closest((role or "").casefold(), known)
        hint = f"did you mean {close}?" if close else "choose one from the list in the cell"
        message = "no role is chosen" if role is None else "there is no such role"
        reading.tell(where, line, layout.ROLE, role, message, hint)
    line, text = given.get(layout.ASSESSOR, (layout.ASSESSOR_ROW + 1, None))
    number_of = _whole(text)
    if number_of is None or not 1 <= number_of <= layout.MOST_ASSESSORS:
        personal = text is not None and any(letter.isalpha() for letter in text)
        message = "no number is given" if text is None else "not a number" if personal else "not a number from 1 to 999"
        reading.tell(where, line, layout.ASSESSOR, None if personal else text, message,
                     "give a whole number that nobody else of the role has, and no name")  # fmt: skip
        return None
    return None if role_id is None else (role_id, number_of)


def _score(reading: _Reading, where: str, number: int, row: list[Cell], columns: Mapping[str, int]) -> Score | None:
    """One row as a score; None, and issues, where it cannot be used."""
    before = len(reading.issues)
    score: Score = {}
    for key, known in ((layout.EVENT, reading.known.events), (layout.ALTERNATIVE, reading.known.alternatives)):
        value = row[columns[key]]
        if value not in known:
            close = find_closest(value or "", known)
            reading.tell(where, number, key, value, f"the study has no such {key}",
                         f"did you mean {close}?" if close else "use a workbook made from this study")  # fmt: skip
        score[key] = value
    for pair in (layout.BEFORE, layout.AFTER):
        score |= _pair(reading, where, number, {key: row[columns[key]] for key in pair})
    score |= _told(reading, where, number, row, columns)
    return score if len(reading.issues) == before else None


def _pair(reading: _Reading, where: str, number: int, given: Mapping[str, Cell]) -> Score:
    found: Score = {}
    for key, text in given.items():
        found[key] = _whole(text)
        if text is not None and found[key] not in STEPS:
            reading.tell(where, number, key, text, f"not a whole number from {STEPS[0]} to {STEPS[-1]}",
                         "choose one from the list in the cell, or empty it")  # fmt: skip
    empty = [key for key, text in given.items() if text is None]
    if len(empty) == 1:
        reading.tell(where, number, empty[0], None, "one of likelihood and consequence is given and the other is not",
                     "give both, or neither")  # fmt: skip
    return found


def _told(reading: _Reading, where: str, number: int, row: list[Cell], columns: Mapping[str, int]) -> Score:
    """Strength of knowledge and measures."""
    knowledge, measures = row[columns[layout.KNOWLEDGE]], row[columns[layout.MEASURES]]
    known = reading.known.knowledge
    if knowledge is not None and knowledge.casefold() not in known:
        reading.tell(where, number, layout.KNOWLEDGE, knowledge, "no such strength of knowledge",
                     f"use one of {', '.join(known)}, or empty the cell")  # fmt: skip
    if measures is not None and holds_personal(measures):
        reading.tell(where, number, layout.MEASURES, None, "an e-mail address or a national identity number",
                     "take it out: assessments are anonymous")  # fmt: skip
    if measures is not None and len(measures) > layout.LONGEST_MEASURES:
        reading.tell(where, number, layout.MEASURES, measures, f"longer than {layout.LONGEST_MEASURES} characters",
                     "say it shorter")  # fmt: skip
    told = None if knowledge is None else known.get(knowledge.casefold())
    return {layout.KNOWLEDGE: told, layout.MEASURES: measures}


def _keep(reading: _Reading, where: str, number: int, score: Score) -> None:
    """Take a score in, unless the same assessor has answered the same question before."""
    key = (score["event"], score["alternative"], score["role"], score["assessor"])
    if key in reading.scores:
        _, first = reading.scores[key]
        name = f"{score['role']} {score['assessor']}"
        reading.tell(where, number, layout.ASSESSOR, name, f"the same assessor has answered this before, in {first}",
                     "give every assessor of a role a number of their own, and every file once")  # fmt: skip
        return
    reading.scores[key] = (score, f"{where}, row {number}")


def _whole(text: Cell) -> int | None:
    """A whole number as spreadsheets write it ("3", "3.0"); None for anything else."""
    try:
        value = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return int(value) if value.is_integer() else None
