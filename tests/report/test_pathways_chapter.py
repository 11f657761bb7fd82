"""The chapters on pathways and outcomes: there where they are used, in three languages, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from beredt.decision.consequences import consequences_table
from beredt.decision.pathways.tables import pathway_tables
from beredt.decision.standby_work import standby_table
from beredt.indicators.observed import CrisesSeen
from beredt.indicators.paths.tally_paths import Outcomes, PathTally
from beredt.indicators.standby.tally import TaskTally, WardTally
from beredt.indicators.utilisation import UnitSum
from beredt.model.alternative import TODAY
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study
from beredt.model.service import Service
from beredt.report.chapters.comparison import comparison_chapter
from beredt.report.chapters.cover import make_cover
from beredt.report.chapters.gate import gate_chapter
from beredt.report.chapters.outcomes import outcomes_chapters
from beredt.report.chapters.pathways import pathways_chapters
from beredt.report.chapters.standby_work import standby_chapters
from beredt.report.context import ReportContext, make_context
from beredt.report.findings.gate import gate_finding, other_incidents_line
from beredt.report.page.blocks import Notice, Table
from beredt.report.page.render import render_page
from beredt.report.results import read_results
from beredt.report.words import list_languages, load_words
from tests.report.synthetic_results import write_synthetic_results
from tests.tiny_comparison import write_comparison
from tests.tiny_study import write_tiny_study

TRIAGE = "true_urgency,given_urgency,share\nA,A,0.9\nA,H,0.1\nH,A,0.3\nH,H,0.6\nH,V,0.1\nV,H,0.2\nV,V,0.8\n"
CONDITIONS = (
    "id,name,urgency,share,measure,curve,until,class_min,source\n"
    "cardiac-arrest,Cardiac arrest,A,0.1,survival,larsen,,,Assumed\n"
    "own,Own condition,A,0.1,delay,,delivery,45;60,\n"
)
EDITS = """
[[edits]]
edit = "add_pathway"
id = "see"
name = "see-and-treat"
stage = "scene"
urgency = "H"
share = 0.2

[[edits]]
edit = "close_department"
hospital = "hosp-east"
urgency = "A"

[[edits]]
edit = "scale_triage"
direction = "over"
factor = 0.5

[[edits]]
edit = "set_crisis"
centre = "centre-east"
begins_free = 0
ends_free = 1
lends = "no"

[[edits]]
edit = "set_planned_task"
id = "visits"
wanted_kinds = ["ambulance"]
per_day = 4
municipalities = ["vest"]
start = "09:00"
end = "15:00"
window_s = 3600
stay_s = 1800

[[edits]]
edit = "set_hospital_places"
hospital = "hosp-east"
places = 3
stay_s = 7200

[[edits]]
edit = "set_by_pass"
hospital = "hosp-east"
to_hospital = "hosp-west"
waiting = 2
urgencies = "HV"
"""


def made_up(service: Service, number: int) -> Any:
    """A replication that never was; counts grow with its number."""
    needs = np.arange(45).reshape(3, 3, 5).astype(np.int64) * 10 + number
    needs[..., 2] *= 600_000
    tally = PathTally(
        needs=needs,
        second_calls=number,
        sent=9000 - 100 * number,
        operator_ms=3_600_000 * (900 + number),
        taken=np.full((len(service.pathways), len(service.municipalities)), 40 + number),
        delivered=np.full(len(service.hospitals), 500 + number),
        outcomes=Outcomes(np.array([30, 20]), np.array([7.0 + number, 0.0]), np.array([[0] * 4, [9, 6, 4, 1]])),
    )
    tasks = TaskTally(np.array([[100 + number, 90, 8, 10 + number, 5, 90 * 1_800_000]]))
    crises = CrisesSeen(np.full(2, number, np.int32), np.full(2, 7200.0 * number), 2 * 365 * 86_400.0)
    wards = WardTally(np.array([[600, 60, 6, 60 * 600_000, 9]] * len(service.hospitals)))
    return SimpleNamespace(
        days=365,
        units=np.full((2, len(UnitSum)), 3_600_000 * (1000 + number)),
        paths=tally,
        crises=crises if service.pathways else None,
        tasks=tasks if service.planned_tasks else None,
        wards=wards if service.hospital_places else None,
    )


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    folder = tmp_path_factory.mktemp("used")
    made = write_comparison(write_tiny_study(folder / "study", triage=TRIAGE, conditions=CONDITIONS))
    path = made / "alternatives" / "2.toml"
    path.write_text(path.read_text(encoding="utf-8") + EDITS, encoding="utf-8")
    study = load_study(str(made))
    results = write_synthetic_results(study, folder)
    services = {TODAY: study.service} | {one.id: apply_edits(study.service, one.edits) for one in study.alternatives}
    tallies = {
        name: [made_up(service, replication + len(service.pathways)) for replication in range(3)]
        for name, service in services.items()
    }
    for name, table in pathway_tables(study, services, tallies).items():
        table.write_parquet(results / f"{name}.parquet")
    consequences_table(study, services, tallies).write_parquet(results / "consequences.parquet")
    standby_table(services, tallies).write_parquet(results / "standby_work.parquet")
    return study, read_results(results)


@pytest.mark.parametrize("language", list_languages())
def test_both_chapters_are_told_in_every_language(used: tuple[Any, Any], language: str) -> None:
    ctx = make_context(*used, load_words(language))
    chapters = (*pathways_chapters(ctx), *outcomes_chapters(ctx), *standby_chapters(ctx), comparison_chapter(ctx))
    assert [chapter.id for chapter in chapters] == ["pathways", "outcomes", "standby-work", "comparison"]
    page = render_page(make_cover(ctx), chapters, ctx.words, ctx.numbers, ctx.fingerprint)
    assert "see-and-treat" in page
    assert {"en": "Own condition", "nb": "Hjertestans", "nn": "Hjartestans"}[language] in page
    tables = [block for chapter in chapters for block in chapter.blocks if isinstance(block, Table)]
    rows = [(table, row) for table in tables for row in table.rows if row.style != "group"]
    assert all(len(row.cells) == len(table.columns) for table, row in rows)


def test_figures_are_those_of_the_tables(used: tuple[Any, Any]) -> None:
    ctx = make_context(*used, load_words("en"))
    (chapter,) = pathways_chapters(ctx)
    tables = [block for block in chapter.blocks if isinstance(block, Table)]
    sent = next(row for table in tables for row in table.rows if row.cells[0].text == "Calls that a unit is sent to")
    # Replications 0, 1, 2 of today; the edited alternative has one pathway, so its numbers are one higher.
    assert sent.cells[1].sort == pytest.approx(9000 - 100)
    assert sent.cells[-1].sort == pytest.approx(-100)
    (outcomes,) = outcomes_chapters(ctx)
    lines = [row for block in outcomes.blocks if isinstance(block, Table) for row in block.rows]
    survivors = next(row for row in lines if len(row.cells) > 1 and row.cells[1].text == "Expected survivors")
    assert survivors.cells[2].sort == pytest.approx(8.0)
    assert survivors.cells[-1].sort == pytest.approx(1.0)


def test_consequences_are_the_same_wherever_they_are_told(used: tuple[Any, Any]) -> None:
    ctx = make_context(*used, load_words("en"))
    compared, ways = comparison_chapter(ctx), pathways_chapters(ctx)[0]
    rows, others = (
        {row.cells[0].text: row.cells for block in one.blocks if isinstance(block, Table) for row in block.rows}
        for one in (compared, ways)
    )
    # Replications 0, 1, 2 of today; the edited alternative has one pathway, so its numbers are one higher. Two units.
    hours = rows["Unit-hours on missions a year"]
    assert hours[1].sort == pytest.approx(2 * 1001)
    assert hours[-1].sort == pytest.approx(2)
    assert hours == others["Unit-hours on missions a year"]
    place = rows["Patients delivered: Øst sykehus"]
    assert place[1].sort == pytest.approx(501)
    assert place == others["Patients delivered: Øst sykehus"]
    assert rows["Expected survivors: Cardiac arrest"][1].sort == pytest.approx(8.0)
    assert rows["Patients delivered, all places"][-1].sort == pytest.approx(len(ctx.study.service.hospitals))
    # Two years were simulated with their warm-up: one in a year, where replications had one, two and three.
    centre = ctx.names.get("centres", ctx.study.service.centres[0].id)
    assert rows[f"Crises: {centre}"][-1].sort == pytest.approx(1)
    assert rows[f"Hours in a crisis: {centre}"][-1].sort == pytest.approx(2)
    assert rows[f"Crises: {centre}"][1].sort == 0
    km = rows["Kilometres driven a year"][1]
    assert km.sort == pytest.approx(2 * 3_600 * 1001)


def test_tasks_and_waits_stand_beside_a_today_that_has_none(used: tuple[Any, Any]) -> None:
    (chapter,) = standby_chapters(make_context(*used, load_words("en")))
    rows = {row.cells[0].text: row.cells for block in chapter.blocks if isinstance(block, Table) for row in block.rows}
    assert rows["visits: planned"][-1].sort == pytest.approx(100 + 1 + 1)  # replications 0, 1, 2, and one pathway
    assert rows["visits: hours at the place"][-1].sort == pytest.approx(90 * 0.5)
    assert rows["Øst sykehus: mean wait of all"][-1].sort == pytest.approx(60.0)
    assert rows["Øst sykehus: taken past it"][-1].sort == pytest.approx(9)
    assert all(cells[1].text == "–" for name, cells in rows.items() if name.startswith(("visits", "Øst sykehus: ")))


def test_a_run_without_ways_has_neither_chapter(english: ReportContext, results_dir: Path) -> None:
    assert (results_dir / "pathways.parquet").exists()
    assert pathways_chapters(english) == ()
    assert outcomes_chapters(english) == ()
    assert standby_chapters(english) == ()


@pytest.mark.parametrize("language", list_languages())
def test_the_gate_says_where_triage_makes_it_compare_other_incidents(used: tuple[Any, Any], language: str) -> None:
    ctx = make_context(*used, load_words(language))
    notices = [block.text for block in gate_chapter(ctx).blocks if isinstance(block, Notice)]
    told = [one for one in ctx.alternatives if other_incidents_line(ctx, one)]
    assert told == ["2"]
    assert other_incidents_line(ctx, "2") in notices
    assert gate_finding(ctx).count("triage") == 1


def test_the_gate_says_nothing_of_other_incidents_where_triage_stays(english: ReportContext) -> None:
    assert not any(other_incidents_line(english, one) for one in english.alternatives)
    assert "triage" not in gate_finding(english)
