"""The chapter of people and demand, and the same as a page: told once, in every language, and only what there is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.decision.demand.tables import demand_tables
from beredt.demand.projection.printed_table import PrintedTable, read_printed
from beredt.demand.projection.project import Usage
from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.report.chapters.demand import demand_chapter
from beredt.report.context import ReportContext
from beredt.report.demand.page import DemandAnswer, demand_chapters, demand_context, write_demand_pages
from beredt.report.page.blocks import Block, Details, Figure, Notice, Paragraph, Table
from tests.demand.projected_study import doubling
from tests.demand.varied_study import Rows, varied

UNITS = pl.DataFrame({"alternative": [TODAY], "active_h": [10_512.0]})
COMMUTERS: Rows = [
    {"id": "o", "from_area": "e1", "to_area": "w4", "people": 1500.0, "weekdays": [1, 2, 3], "start": 28_800,
     "end": 57_600},
]  # fmt: skip
SPREAD: Rows = [{"rate_region": "city", "urgency": "A", "relative_sd": 0.2}]
PRINTED = "age_band,before,after,factor\n70-79,10,20,2.1\n80-89,10,15,1.5\nall,20,36,\n"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> DemandAnswer:
    study = doubling(tmp_path_factory.mktemp("pages") / "study")
    return DemandAnswer(study, demand_tables(study, {TODAY: study.service}, UNITS), replications=1)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> PrintedTable:
    path = tmp_path_factory.mktemp("printed") / "printed.csv"
    path.write_text(PRINTED, encoding="utf-8")
    return read_printed(path)


def flat(blocks: tuple[Block, ...]) -> list[Block]:
    return [one for block in blocks for one in (flat(block.blocks) if isinstance(block, Details) else [block])]


def table_of(ctx: ReportContext, chapter: str, key: str, **values: str) -> Table:
    caption = ctx.words(key, **values)
    chapters = demand_chapters(ctx, DemandAnswer(ctx.study, ctx.results.tables))
    blocks = flat(next(one for one in chapters if one.id == chapter).blocks)
    return next(one for one in blocks if isinstance(one, Table) and one.caption == caption)


def test_the_chapter_opens_with_calls_and_growth_and_holds_every_part(grown: DemandAnswer) -> None:
    ctx = demand_context(grown, "en")
    chapter = demand_chapter(ctx)
    assert chapter.finding.startswith("2,412 incidents are expected in 2026")
    assert "until 2040 that changes by +37.2% (+37.2 to +100.0)" in chapter.finding
    blocks = flat(chapter.blocks)
    assert sum(isinstance(one, Figure) for one in blocks) == 4
    assert not any(isinstance(one, Notice) for one in blocks)
    assert all(one.alt and one.caption for one in blocks if isinstance(one, Figure))


def test_people_by_day_and_open_rates_are_told_where_the_study_has_them(grown: DemandAnswer) -> None:
    study = varied(grown.study, {"commuters": COMMUTERS, "rate_spread": SPREAD})
    tables = demand_tables(study, {TODAY: study.service}, UNITS)
    people = tables["demand_presence"].filter(weekday=2, hour=12)
    assert people["people"].sum() == pytest.approx(tables["demand_people"].filter(year=2026)["people"].sum())
    ctx = demand_context(DemandAnswer(study, tables), "en")
    told = {one.id: one for one in demand_chapters(ctx, DemandAnswer(study, tables))}
    lines = " ".join(one.text for one in told["demand-people"].blocks if isinstance(one, Paragraph))
    assert "Monday 08:00: 10,400 people are in Vest, where 8,900 live." in lines
    noon = next(one for one in flat(told["demand-people"].blocks)
                if isinstance(one, Table) and one.caption == ctx.words("demand.presence.caption"))  # fmt: skip
    east = next(row for row in noon.rows if row.cells[0].text == "Øst")
    assert east.cells[2].sort == pytest.approx(16_600 - 1_500 * 3 / 5, abs=1)
    assert (east.cells[4].sort or 0.0) > (east.cells[5].sort or 0.0) > 0.0
    rates = table_of(ctx, "demand-growth", "demand.rates.caption")
    assert [row.cells[0].text for row in rates.rows] == ["2026"] * 4 + ["2040"] * 4
    open_, sure = rates.rows[0].cells, rates.rows[1].cells
    assert sure[3].text == f"{sure[2].text}–{sure[2].text}"
    assert open_[3].text != open_[4].text or open_[2].sort
    whole = rates.rows[3]
    assert whole.style == "total"
    assert whole.cells[2].sort == pytest.approx(sum(row.cells[2].sort or 0.0 for row in rates.rows[:3]))
    for language in ("nb", "nn"):
        other = demand_context(DemandAnswer(study, tables), language)
        assert len(demand_chapter(other).blocks) == len(demand_chapter(ctx).blocks)


def test_staff_stands_beside_calls_where_people_are(grown: DemandAnswer) -> None:
    """People who leave the study take their calls along, in every year."""
    away = [{**COMMUTERS[0], "to_area": None}]
    study = varied(grown.study, {"commuters": away})
    plain, gone = (
        demand_tables(one, {TODAY: one.service}, UNITS)["demand_staff"].sort("year", "weekday", "hour")
        for one in (grown.study, study)
    )
    share = (gone["incidents"] / plain["incidents"]).to_numpy().reshape(2, 168)
    at_work = np.zeros(168, np.bool_)
    at_work[[day * 24 + hour for day in range(3) for hour in range(8, 16)]] = True
    assert (share[:, at_work] < 0.99).all()
    np.testing.assert_allclose(share[:, ~at_work], 1.0)
    np.testing.assert_allclose(share[0], share[1], rtol=0.02)


def test_growth_by_age_is_told_to_four_decimals(grown: DemandAnswer) -> None:
    ctx = demand_context(grown, "en")
    table = table_of(ctx, "demand-growth", "demand.growth.age_caption", own="2026", year="2040")
    told = {row.cells[0].text: row.cells[3].text for row in table.rows}
    assert told["60–69"] == "1.0000"
    assert told["70–79"] == "2.0000"
    assert told["All ages"] == "1.1200"


def test_staff_stands_beside_demand_of_both_years(grown: DemandAnswer) -> None:
    ctx = demand_context(grown, "en")
    table = table_of(ctx, "demand-staff", "demand.staff.caption_under_way")
    assert [one.title for one in table.columns[1:4]] == [
        "on duty, Mon–Fri", "on missions 2026, Mon–Fri", "on missions 2040, Mon–Fri",
    ]  # fmt: skip
    noon = next(row for row in table.rows if row.cells[0].text == "12:00")
    on_duty, now, later = (one.sort or 0.0 for one in noon.cells[1:4])
    assert on_duty > later > now > 0.0
    assert later / now == pytest.approx(1.372, abs=0.001)


def test_a_study_without_a_projection_or_a_run_says_so(tiny: Study) -> None:
    answer = DemandAnswer(tiny, demand_tables(tiny, {TODAY: tiny.service}))
    ctx = demand_context(answer, "en")
    chapter = demand_chapter(ctx)
    assert "no projection" in chapter.finding
    notices = [one.text for one in flat(chapter.blocks) if isinstance(one, Notice)]
    assert len(notices) == 2
    assert "projection.csv" in notices[0]
    assert "simulated" in notices[1]


def test_a_year_that_is_refused_is_told_with_the_reason(grown: DemandAnswer) -> None:
    holed = replace(grown.study, projection=grown.study.projection.filter(pl.col("age_band") != "0-9"))
    ctx = demand_context(DemandAnswer(holed, demand_tables(holed, {TODAY: holed.service})), "en")
    growth = next(one for one in demand_chapters(ctx, DemandAnswer(holed, {})) if one.id == "demand-growth")
    assert "2040 is left out" in str(growth.blocks)


def test_a_study_of_a_trace_says_nothing_of_people(grown: DemandAnswer) -> None:
    ctx = demand_context(replace(grown, tables={}), "en")
    assert demand_chapter(ctx).finding == ctx.words("demand.no_rates")


def test_what_does_not_add_up_is_marked(grown: DemandAnswer, printed: PrintedTable) -> None:
    answer = replace(grown, printed=printed)
    chapter = next(one for one in demand_chapters(demand_context(answer, "en"), answer) if one.id == "demand-printed")
    assert chapter.finding.startswith("2 of the printed sums")
    (table,) = (one for one in chapter.blocks if isinstance(one, Table))
    marked = [cell.text for row in table.rows for cell in row.cells if cell.style == "bad"]
    assert marked == ["2.1000", "36 printed, 35 worked out"]


def test_pages_in_every_language_with_the_tables_behind_them(
    grown: DemandAnswer, printed: PrintedTable, tmp_path: Path
) -> None:
    answer = replace(grown, usage=Usage(0.01, 0.0, 0.02), printed=printed)
    pages = write_demand_pages(answer, tmp_path)
    languages = grown.study.settings.study.languages
    assert [one.name for one in pages] == ["demand.html", *(f"demand.{one}.html" for one in languages[1:])]
    again = write_demand_pages(answer, tmp_path / "again")
    assert [one.read_bytes() for one in pages] == [one.read_bytes() for one in again]
    facts = json.loads((tmp_path / "results" / "results.json").read_text(encoding="utf-8"))
    assert {"demand_people.parquet", "demand_staff.parquet"} <= set(facts["files"])
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert 'id="summary"' in text
        assert text.count("<figure") >= 4
