"""A workbook that is written, filled in and read back says what was filled in, in any language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beredt.errors import OptionError
from beredt.model.read import load_study, read_study
from beredt.model.study import Study
from beredt.report.risk_form import layout
from beredt.report.risk_form.personal import holds_personal, looks_personal
from beredt.report.risk_form.read_form import read_risk_forms
from beredt.report.risk_form.write_form import Sheet, empty_sheets, filled_sheets, write_risk_form
from beredt.report.risk_form.write_scores import write_scores
from beredt.report.words import load_words
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study

KEYS = ("role", "assessor", "event", "alternative")
PAIR = st.one_of(st.tuples(st.none(), st.none()), st.tuples(st.integers(1, 5), st.integers(1, 5)))
PRINTED = st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn", "Co", "Cf"))
TEXT = st.text(PRINTED, min_size=1, max_size=30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_opinions(write_tiny_study(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    return load_study(str(folder))


@st.composite
def scores(draw: st.DrawFn) -> list[dict[str, Any]]:
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(["crew", "desk"]), st.integers(1, 999), st.sampled_from(["late", "lost", "dear"]),
                      st.sampled_from(["0+", "2"])),
            min_size=1, max_size=8, unique=True,
        )
    )  # fmt: skip
    rows = []
    for role, assessor, event, alternative in keys:
        before, after = draw(PAIR), draw(PAIR)
        knowledge = draw(st.sampled_from([None, "weak", "moderate", "strong"]))
        measures = draw(st.none() | TEXT.filter(lambda text: not holds_personal(text)))
        if before == after == (None, None) and knowledge is None and measures is None:
            before = (3, 3)
        rows.append(
            {
                "event": event, "alternative": alternative, "role": role, "assessor": assessor,
                "likelihood_before": before[0], "consequence_before": before[1],
                "likelihood_after": after[0], "consequence_after": after[1],
                "knowledge": knowledge, "measures": measures,
            }
        )  # fmt: skip
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=scores(), language=st.sampled_from(["en", "nb"]))
def test_what_goes_out_comes_back(study: Study, tmp_path: Path, rows: list[dict[str, Any]], language: str) -> None:
    given_scores = pl.DataFrame(rows, schema=study.decision["risk_scores"].schema)
    path = tmp_path / "form.xlsx"
    write_risk_form(study, load_words(language), path, filled_sheets(given_scores))
    found, issues = read_risk_forms(study, [path])
    assert not issues, [issue.text() for issue in issues]
    assert found.sort(KEYS).equals(given_scores.sort(KEYS))


def test_it_becomes_a_table_that_the_study_reads(study: Study, folder: Path, tmp_path: Path) -> None:
    forms = tmp_path / "forms.xlsx"
    write_risk_form(study, load_words("en"), forms, filled_sheets(study.decision["risk_scores"]))
    found, _ = read_risk_forms(study, [forms])
    other = write_opinions(write_tiny_study(tmp_path / "again"))
    with pytest.raises(OptionError, match="there already"):
        write_scores(found, other / "risk_scores.csv", replace=False)
    write_scores(found, other / "risk_scores.csv", replace=True)
    again = load_study(str(other)).decision["risk_scores"]
    assert again.sort(KEYS).equals(study.decision["risk_scores"].sort(KEYS))


def test_several_files_merge_and_the_same_assessor_twice_is_told(study: Study, tmp_path: Path) -> None:
    table = study.decision["risk_scores"]
    paths = []
    for number, part in enumerate((table.filter(pl.col("role") == "crew"), table.filter(pl.col("role") == "desk"))):
        paths.append(tmp_path / f"{number}.xlsx")
        write_risk_form(study, load_words("nb"), paths[-1], filled_sheets(part))
    found, issues = read_risk_forms(study, paths)
    assert not issues
    assert found.sort(KEYS).equals(table.sort(KEYS))
    _, twice = read_risk_forms(study, [paths[0], paths[0]])
    assert {issue.field for issue in twice} == {"assessor"}
    assert all("answered this before, in 0.xlsx" in issue.message for issue in twice)


def test_the_same_study_gives_the_same_bytes(study: Study, tmp_path: Path) -> None:
    words = load_words("nb")
    for name in ("a.xlsx", "b.xlsx"):
        write_risk_form(study, words, tmp_path / name, empty_sheets(study, words, ["crew", "desk"]))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


Cells = list[list[Any]]


def spoilt(study: Study, path: Path, change: Callable[[Cells], None]) -> list[tuple[int | None, str | None, str]]:
    """Write a form of one answer, let somebody meddle with its cells, and read it back: what the issues say."""
    import fastexcel
    from xlsxwriter import Workbook

    sheet = Sheet("1", "crew", 1, {("late", "2"): {"likelihood_before": 2, "consequence_before": 3}})
    write_risk_form(study, load_words("en"), path, [sheet])
    table = fastexcel.read_excel(path).load_sheet("1", header_row=None, dtypes="string").to_polars()
    cells = [list(row) for row in table.iter_rows()]
    change(cells)
    with Workbook(str(path)) as book:
        target = book.add_worksheet("1")
        for number, row in enumerate(cells):
            for column, cell in enumerate(row):
                if cell is not None:
                    target.write(number, column, cell)
    _, issues = read_risk_forms(study, [path])
    return [(issue.row, issue.field, issue.message) for issue in issues]


def answered(cells: Cells) -> list[Any]:
    return next(row for row in cells[layout.FIRST_ROW :] if row[:2] == ["late", "2"])


def column(key: str) -> int:
    return layout.COLUMN_KEYS.index(key)


def put(key: str, value: Any) -> Callable[[Cells], None]:
    return lambda cells: answered(cells).__setitem__(column(key), value)


def head(row: int, value: Any) -> Callable[[Cells], None]:
    return lambda cells: cells[row].__setitem__(4, value)


def widen(heading: str, value: str) -> Callable[[Cells], None]:
    def change(cells: Cells) -> None:
        for number, row in enumerate(cells):
            row.append(heading if number == layout.HEAD_ROW else value if number > layout.HEAD_ROW else None)

    return change


ANSWER_ROW = layout.FIRST_ROW + 2
"""Of "late" under 2, counted as a spreadsheet counts."""


@pytest.mark.parametrize(
    ("change", "row", "field", "message"),
    [
        (put("likelihood_before", "7"), ANSWER_ROW, "likelihood_before", "not a whole number from 1 to 5"),
        (put("likelihood_before", "2,5"), ANSWER_ROW, "likelihood_before", "not a whole number from 1 to 5"),
        (put("consequence_before", None), ANSWER_ROW, "consequence_before", "one of likelihood and consequence"),
        (put("knowledge", "so-so"), ANSWER_ROW, "knowledge", "no such strength of knowledge"),
        (put("measures", "ask kari@example.org"), ANSWER_ROW, "measures", "an e-mail address"),
        (put("measures", "x" * 501), ANSWER_ROW, "measures", "longer than 500"),
        (put("event", "lte"), ANSWER_ROW, "event", "the study has no such event"),
        (put("alternative", "9"), ANSWER_ROW, "alternative", "the study has no such alternative"),
        (head(layout.ROLE_ROW, "Crewss"), layout.ROLE_ROW + 1, "role", "there is no such role"),
        (head(layout.ROLE_ROW, None), layout.ROLE_ROW + 1, "role", "no role is chosen"),
        (head(layout.ASSESSOR_ROW, "Somebody"), layout.ASSESSOR_ROW + 1, "assessor", "not a number"),
        (head(layout.ASSESSOR_ROW, "0"), layout.ASSESSOR_ROW + 1, "assessor", "not a number from 1 to 999"),
        (head(layout.ASSESSOR_ROW, None), layout.ASSESSOR_ROW + 1, "assessor", "no number is given"),
        (widen("Navn", "x"), layout.HEAD_ROW + 1, "Navn", "a column that names people"),
        (widen("Remarks", "x"), layout.HEAD_ROW + 1, "Remarks", "a column that the form does not have"),
        (lambda cells: cells.pop(layout.KEY_ROW), None, None, "the hidden row that names the columns is gone"),
        (lambda cells: cells[0].__setitem__(0, None), None, None, "no sheet of the workbook is a risk form"),
    ],
)  # fmt: skip
def test_every_fault_is_an_issue_with_its_place(
    study: Study, tmp_path: Path, change: Callable[[Cells], None], row: int | None, field: str | None, message: str
) -> None:
    found = spoilt(study, tmp_path / "form.xlsx", change)
    assert any(one[:2] == (row, field) and one[2].startswith(message) for one in found), found


def test_an_untouched_form_is_told_and_what_is_no_workbook_too(study: Study, tmp_path: Path) -> None:
    path, text = tmp_path / "form.xlsx", tmp_path / "form.txt"
    write_risk_form(study, load_words("en"), path, empty_sheets(study, load_words("en"), []))
    text.write_text("late", encoding="utf-8")
    scores_read, issues = read_risk_forms(study, [path, text])
    assert scores_read.is_empty()
    assert [issue.severity for issue in issues] == ["warning", "error"]
    assert issues[0].message == "nobody has answered anything on this sheet"


@pytest.mark.parametrize(
    "heading", ["Name", "Navn", "E-post", "full name", "Fødselsdato", "User ID", "NAMN:", "Etternavn"]
)
def test_headings_that_ask_who_somebody_is(heading: str) -> None:
    assert looks_personal(heading)


@pytest.mark.parametrize(
    "heading", ["Event", "Likelihood before", "Kunnskapsstyrke", "Remarks", "measures", "Alternativ"]
)
def test_other_headings(heading: str) -> None:
    assert not looks_personal(heading)


def test_a_study_without_a_risk_analysis_or_such_a_role_says_so(study: Study, tmp_path: Path) -> None:
    words = load_words("en")
    with pytest.raises(OptionError, match="use one of crew, desk"):
        empty_sheets(study, words, ["nurse"])
    empty = replace(study, decision={**study.decision, "risk_events": study.decision["risk_events"].clear()})
    with pytest.raises(OptionError, match="has no risk_events"):
        write_risk_form(empty, words, tmp_path / "a.xlsx", empty_sheets(study, words, []))


def test_half_an_answer_in_the_table_itself_is_an_issue(tmp_path: Path) -> None:
    folder = write_opinions(write_tiny_study(tmp_path))
    path = folder / "risk_scores.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("late,0+,crew,1,1,4,", "late,0+,crew,1,1,,"), encoding="utf-8"
    )
    (folder / "risk_matrix.csv").write_text("likelihood,consequence,level\n1,1,1\n1,2,8\n", encoding="utf-8")
    levels = "level,name_en,name_nb,name_nn,colour,symbol\n1,low,lav,,green,x\n"
    (folder / "risk_levels.csv").write_text(levels, encoding="utf-8")
    study, issues = read_study(folder)
    assert study is None
    assert [(issue.file, issue.field) for issue in issues] == [
        ("risk_scores.csv", "likelihood_before"),
        ("risk_matrix.csv", "level"),
        ("risk_matrix.csv", "level"),
        ("risk_levels.csv", "colour"),
    ]
