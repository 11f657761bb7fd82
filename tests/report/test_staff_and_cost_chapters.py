"""Staff, cost and climate on the page: what is known is told, what is missing is asked for, and never is it a zero."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from beredt.decision.cost.tables import cost_tables
from beredt.decision.staffing.tables import staff_tables
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.chapters.climate import climate_chapter
from beredt.report.chapters.cost import cost_chapter
from beredt.report.chapters.staff import staff_chapter
from beredt.report.context import ReportContext, make_context
from beredt.report.page.blocks import Block, Bullets, Chapter, Details, Figure, Notice, Paragraph, Table
from beredt.report.results import Results, read_results
from beredt.report.words import list_languages, load_words
from tests.decision.cost.test_cost import services_of
from tests.decision.example_figures import shown_tables, tiny_tables
from tests.tiny_study import write_tiny_study

CHAPTERS = (staff_chapter, cost_chapter, climate_chapter)


def context_of(study: Study, results_dir: Path, language: str = "en") -> ReportContext:
    """The made-up results of the tiny study, with the real tables about staff and cost beside them."""
    results = read_results(results_dir)
    services = services_of(study)
    tables = dict(results.tables)
    tables |= staff_tables(study, services)
    tables |= cost_tables(study, services, tables)
    tables["climate"] = pl.DataFrame(
        [
            {"alternative": name, "organisation": "all", "km": 1e6, "km_change": 0.0, "co2_low_t": 280.0,
             "co2_t": 340.0, "co2_high_t": 400.0}
            for name in services
        ]
    )  # fmt: skip
    return make_context(study, Results(results.facts, tables), load_words(language))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("full") / "tiny", **tiny_tables()))


def texts(chapter: Chapter) -> str:
    """Everything that a reader reads, the alternative texts of figures among it."""

    def of(block: Block) -> list[str]:
        if isinstance(block, Table):
            cells = [cell.text for row in block.rows for cell in row.cells]
            return [block.caption, *(column.title for column in block.columns), *cells]
        if isinstance(block, Figure):
            return [block.alt, block.caption]
        if isinstance(block, Bullets):
            return list(block.lines)
        if isinstance(block, Details):
            return [block.title, *(text for inner in block.blocks for text in of(inner))]
        return [block.text] if isinstance(block, Notice | Paragraph) else []

    return "\n".join([chapter.finding, *(text for block in chapter.blocks for text in of(block))])


@pytest.mark.parametrize("language", list_languages())
def test_a_study_that_brings_everything_is_told_everything(full: Study, results_dir: Path, language: str) -> None:
    ctx = context_of(full, results_dir, language)
    staff, cost, climate = (texts(make(ctx)) for make in CHAPTERS)
    assert ".csv" not in staff + cost, "nothing is asked for"
    assert ctx.names.get("stations", "st-west") in staff
    assert ctx.words("cost.not_known") not in cost
    assert "climate_figures.csv" in climate, "the made-up results have no electric cars"
    for text in (staff, cost, climate):
        assert "nan" not in text.lower().split()
        assert "None" not in text


def test_the_transfer_and_the_new_car_stand_in_the_finding(full: Study, results_dir: Path) -> None:
    finding = staff_chapter(context_of(full, results_dir)).finding
    # The western car round the clock moves; the new one is 12, the desks are 12 - 3 + 2.
    assert "moves 12.0" in finding
    assert "+17.0" in finding


def test_a_study_that_brings_nothing_is_asked_by_name(tiny: Study, results_dir: Path) -> None:
    ctx = context_of(tiny, results_dir)
    staff, cost = texts(staff_chapter(ctx)), texts(cost_chapter(ctx))
    assert all(name in staff for name in ("crews.csv", "staff_figures.csv"))
    asked = ("nok_per_unit_year", "nok_per_km", "overrun_p85", "one_off_costs.csv", "desks.csv", "cost_figures.csv")
    assert all(name in cost for name in asked)
    assert "NOK\u00a0" not in cost, "no amount of money is told"


def test_a_missing_desk_is_told_as_not_stated(full: Study, results_dir: Path) -> None:
    desks = full.decision["desks"].filter(pl.col("id") != "amk-drammen-2")
    frames = {**full.decision, "desks": desks}
    study = load_study(full.folder)
    object.__setattr__(study, "decision", frames)
    ctx = context_of(study, results_dir)
    assert ctx.words("staff.not_stated") in texts(staff_chapter(ctx))
    assert ctx.words("staff.open_intro", file="desks.csv") in texts(staff_chapter(ctx))


def test_results_without_such_tables_say_so(context: ReportContext) -> None:
    for make in CHAPTERS:
        chapter = make(context)
        assert any(isinstance(block, Notice) for block in chapter.blocks)


def test_the_page_shows_every_table_of_the_two_chapters() -> None:
    assert set(shown_tables()) == {
        *("crews", "staff_figures", "desks", "staff_ages", "cost_figures", "one_off_costs", "climate_figures"),
    }


def test_what_would_make_a_printed_figure_right_is_told(full: Study, results_dir: Path) -> None:
    """Two people at every hour are twelve full-time equivalents, whatever the study has put on its desks."""
    head = "id,alternative,measure,work,owner,value,tolerance,positions,source,note\n"
    line = "centre,2,fte,centre,trust-west,8,0.5,2,printed,\n"
    files = {**tiny_tables(), "staff_published": head + line}
    study = load_study(write_tiny_study(full.folder.parent / "printed", **files))
    text = texts(staff_chapter(context_of(study, results_dir)))
    assert "17,520 hours a year; with 1,460 net hours that is 12.0\u00a0FTE" in text
    assert "2,190 net hours" in text
    assert "16.0 of the hours of the day" in text
