"""`[report] money = false`: no form of a report has a chapter, a sheet, a column or a sentence about money."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from pathlib import Path

import polars as pl
import pytest
from pypdf import PdfReader

from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.chapters.comparison import comparison_chapter
from beredt.report.chapters.method import limits_chapter
from beredt.report.chapters.patient_travel import patient_travel_chapter
from beredt.report.chapters.summary import summary_chapter
from beredt.report.context import make_context
from beredt.report.figures.atlas import make_atlas
from beredt.report.results import read_results
from beredt.report.run_study import run_results
from beredt.report.without_money import MONEY_COLUMNS, MONEY_TABLES, without_money
from beredt.report.words import list_languages, load_words
from beredt.report.write_outputs import write_outputs
from beredt.report.write_results import write_results
from tests.report.synthetic_results import write_synthetic_results
from tests.report.whole_study import write_whole_study
from tests.tiny_study import write_tiny_study

MONEY = re.compile(r"\bNOK\b|nok_|\bkroner\b|\bpenger\b|\bpengar\b|\bmoney\b|inntekt|\bincome|driftskost|running cost")
SETTING = re.compile(r"report\.money.{0,12}?(no|nei).{0,160}?(flytter|move)\b", re.DOTALL)
"""The row of the appendix that says that nothing of the kind is told."""

AREAS = "id,name_en,name_nb,name_nn,criterion,beside_gate\npatients,Patients,Pasienter,,,1\n"


def silent(study: Study) -> Study:
    report = study.settings.report.model_copy(update={"money": False})
    return replace(study, settings=study.settings.model_copy(update={"report": report}))


def words_of(out: Path) -> dict[str, str]:
    """What can be read in each file of a run; text of pages without the scripts and drawings in it."""
    found = {}
    for path in out.rglob("*"):
        if path.suffix == ".html":
            page = re.sub(r"<(script|style)\b.*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            found[path.name] = re.sub(r"<[^>]*>", " ", page)
        elif path.suffix == ".pdf":
            found[path.name] = " ".join(page.extract_text() for page in PdfReader(path).pages)
        elif path.suffix == ".xlsx":
            sheets = pl.read_excel(path, sheet_id=0, has_header=False, raise_if_empty=False)
            cells = (str(value) for sheet in sheets.values() for row in sheet.iter_rows() for value in row)
            found[path.name] = " ".join([*sheets, *cells])
        elif path.suffix == ".parquet":
            table = pl.read_parquet(path)
            found[path.name] = " ".join([path.stem, *table.columns])
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Path]:
    folder = tmp_path_factory.mktemp("money")
    study = load_study(write_whole_study(folder / "study", risk_areas=AREAS))
    return study, write_synthetic_results(study, folder / "results")


def write_silent(study: Study, results: Path, out: Path) -> dict[str, str]:
    """What a run of a silent study would leave, from tables that still know of money."""
    tables = {name: table for name, table in read_results(results).tables.items() if name != "data_dictionary"}
    facts = json.loads((results.parent / "results.json").read_text(encoding="utf-8"))
    told = {key: value for key, value in facts.items() if key not in ("files", "settings")}
    write_results(out / "results", without_money(tables), told)
    write_outputs(out, study, ("nb",), lambda stage, done, total: None)
    return words_of(out)


def test_nothing_of_it_is_left_in_any_file(whole: tuple[Study, Path], tmp_path: Path) -> None:
    study, results = whole
    left = write_silent(silent(study), results, tmp_path / "out")
    assert {"report.html", "report.pdf", "tables.xlsx"} <= set(left)
    for name, text in left.items():
        plain = SETTING.sub(" ", text)
        assert [plain[max(0, m.start() - 80) : m.end() + 60] for m in MONEY.finditer(plain)] == [], name


@pytest.mark.parametrize("language", list_languages())
def test_chapters_that_stay_say_no_word_of_it(whole: tuple[Study, Path], language: str) -> None:
    study, results = whole
    for one, there in ((study, True), (silent(study), False)):
        ctx = make_context(one, read_results(results), load_words(language))
        travel = patient_travel_chapter(ctx, make_atlas(one))
        chapters = (summary_chapter(ctx), travel, comparison_chapter(ctx), limits_chapter(ctx))
        found = [bool(MONEY.search(json.dumps(asdict(chapter), ensure_ascii=False))) for chapter in chapters]
        assert found == [there, there, False, False]


def test_a_run_writes_no_table_or_column_of_it(tmp_path: Path) -> None:
    study = silent(load_study(write_tiny_study(tmp_path / "study")))
    run_results(
        study, out=tmp_path / "out", replications=2, jobs=1, alternatives=(),
        progress=lambda stage, done, total: None, say=lambda line: None,
    )  # fmt: skip
    tables = read_results(tmp_path / "out").tables
    assert not MONEY_TABLES & set(tables)
    assert not any(MONEY_COLUMNS & set(table.columns) for table in tables.values())
    assert not MONEY_TABLES & set(tables["data_dictionary"]["table"].to_list())
