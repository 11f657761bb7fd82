"""The page of a major incident: the figures of its tables, in every language, nothing left out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.decision.major_incident.study_events import events_of_study
from beredt.decision.major_incident.study_tables import answer_events
from beredt.decision.major_incident.tables import no_major_tables
from beredt.model.alternative import TODAY
from beredt.model.dictionary import load_fields
from beredt.model.read import load_study
from beredt.report.chapters.major_incidents import major_incidents_chapters
from beredt.report.major_incident.page import MajorAnswer, major_chapters, major_context, render_major
from beredt.report.page.blocks import Details, Figure, Heading, Notice, Table
from beredt.report.results import Results, read_results
from beredt.report.run_facts import MAJOR
from beredt.roads.build import build_network
from tests.decision.major_incident.quiet_study import quiet_study
from tests.tiny_study import write_tiny_study

ASKED = ["--at", "w1", "--at", "s1", "--after", "0", "--after", "30", "--patients", "4,3,20", "--samples", "3"]
NEEDED = ["--needed", "single_responder=1,30", "--needed", "command=1"]
MORE = [
    *NEEDED,
    "--capacity",
    "hosp-west=2,1,4",
    "--call-in",
    "50,30",
    "--crisis-borders",
    "seamless:2",
    "--when",
    "fri-10:00",
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[MajorAnswer, Path, dict[str, object]]:
    folder = tmp_path_factory.mktemp("major")
    study, out = write_tiny_study(folder / "study"), folder / "out"
    words = [
        "incident",
        "major",
        str(study),
        *ASKED,
        *MORE,
        "--hours",
        "2",
        "--step",
        "30",
        "--out",
        str(out),
        "--json",
    ]
    done = CliRunner().invoke(build_app(), words)
    assert done.exit_code == 0, done.output
    results = read_results(out)
    return MajorAnswer(load_study(study), results.tables, results.facts), out, json.loads(done.stdout)


def test_the_answer_the_tables_and_the_page_are_one(
    written: tuple[MajorAnswer, Path, dict[str, object]],
) -> None:
    answer, out, told = written
    assert sorted(page.name for page in out.glob("*.html")) == ["major-incident.en.html", "major-incident.html"]
    for name, table in answer.tables.items():
        if name == "data_dictionary":
            continue
        assert told[name] == table.to_dicts()
        assert [field.name for field in load_fields(f"results/{name}")] == table.columns
        assert table.height
    samples = answer.tables["major_samples"]
    parts = samples.select(pl.sum_horizontal("delivered", "on_the_way", "waiting", "without_room"))
    assert parts.to_series().to_list() == samples["patients"].to_list() == [54] * samples.height
    assert samples["weekday"].unique().to_list() == [5]
    assert samples["hour"].unique().to_list() == [10]
    assert told["assumptions"]["seamless_h"] == 2.0  # type: ignore[index]  # JSON


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
def test_it_is_whole_in_every_language(written: tuple[MajorAnswer, Path, dict[str, object]], language: str) -> None:
    answer = written[0]
    ctx = major_context(answer, language)
    chapters = major_chapters(ctx)
    assert len(chapters) == 4
    blocks = [block for chapter in chapters for block in chapter.blocks]
    flat = [one for block in blocks for one in (block.blocks if isinstance(block, Details) else (block,))]
    assert sum(isinstance(one, Figure) for one in flat) == 3
    assert sum(isinstance(one, Table) for one in flat) == 4 + 2 + 3 + 1 + 1
    assert any(isinstance(one, Notice) for one in flat), "patients without room are told"
    page = render_major(answer, language)
    assert "{" not in "".join(chapter.finding for chapter in chapters)
    assert ctx.words("major.no_room") in page
    assert "Vestkrysset" not in page


def test_the_finding_has_the_figures_of_the_tables(written: tuple[MajorAnswer, Path, dict[str, object]]) -> None:
    answer = written[0]
    first, _, rest, _ = major_chapters(major_context(answer, "en"))
    measures = answer.tables["major_measures"].filter(pl.col("alternative") == "today")
    median = measures.filter(pl.col("measure") == "first_min")["median"].item()
    assert f"the first unit is there after {median:.0f} min" in first.finding.replace("\u00a0", " ")
    rows = answer.tables["major_rest"].filter((pl.col("alternative") == "today") & (pl.col("within_min") == 12))
    worst = rows.sort("change", "minute").row(0, named=True)
    assert f"in minute {worst['minute']}, {worst['people_with']:.1%} of people" in rest.finding


def test_the_report_has_a_chapter_for_the_events_that_the_study_names(
    written: tuple[MajorAnswer, Path, dict[str, object]],
) -> None:
    """Two events of the same name of places: each under its own heading, with the figures of its own rows."""
    answer = written[0]
    alone = major_context(answer, "en")
    assert major_incidents_chapters(replace(alone, results=Results({}, no_major_tables()))) == ()
    major = {name: table for name, table in answer.tables.items() if name.startswith("major_")}
    other = {name: table.with_columns(event=pl.lit("later")) for name, table in major.items()}
    both = {name: pl.concat([table, other[name]]) for name, table in major.items()}
    facts = {MAJOR: {"event": answer.facts, "later": {**answer.facts, "weekday": 7}}}
    (chapter,) = major_incidents_chapters(replace(alone, results=Results(facts, both)))
    headings = [one.text for one in chapter.blocks if isinstance(one, Heading) and one.level == 3]
    assert [one.rpartition(", ")[2] for one in headings] == ["Fri 10:00", "Sun 10:00"]
    own = [block for part in major_chapters(alone)[:3] for block in part.blocks if isinstance(block, Table)]
    told = [block for block in chapter.blocks if isinstance(block, Table)]
    assert told == [*own, *own]
    drawn = [block.svg for block in chapter.blocks if isinstance(block, Figure)]
    assert len(drawn) == 6
    assert drawn[0] != drawn[3], "ids are their own"


def test_every_alternative_answers_every_event_of_the_table(tmp_path: Path) -> None:
    rows = (
        "event,id,place,after_min,red,yellow,green,weekday,clock\nbus,a,w1,0,1,0,0,fri,17:00\nfire,a,e2,0,0,2,0,any,\n"
    )
    study = quiet_study(tmp_path / "study", major_incidents=rows)
    told: list[tuple[str, int, int]] = []
    network = build_network(study)
    services = {TODAY: study.service, "2": study.service}
    tables, facts = answer_events(study, network, services, events_of_study(study), 1, lambda *one: told.append(one))
    assert told == [("Major incident", 1, 2), ("Major incident", 2, 2)]
    assert facts.keys() == {"bus", "fire"}
    keys = {(row["event"], row["alternative"]) for row in tables["major_measures"].iter_rows(named=True)}
    assert keys == {(event, one) for event in ("bus", "fire") for one in (TODAY, "2")}
    assert tables["major_incidents"].select("event", "place", "red", "yellow").rows() == [
        ("bus", "w1", 1, 0),
        ("fire", "e2", 0, 2),
    ]
    empty, none = answer_events(study, network, services, (), 1, lambda *one: None)
    assert none == {}
    assert all(table.is_empty() and table.schema == tables[name].schema for name, table in empty.items())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "--at"),
        (["--at", "nowhere"], "nowhere"),
        (["--at", "w1", "--event", "x"], "--event"),
        (["--patients", "1,2,3"], "--at"),
        (["--at", "w1", "--crisis-borders", "open"], "seamless"),
        (["--at", "w1", "--capacity", "hosp-ost=1,2,3"], "hosp-ost"),
        (["--at", "w1", "--alternative", "9"], "9"),
    ],
)
def test_a_wrong_call_is_told(tmp_path: Path, words: list[str], message: str) -> None:
    done = CliRunner().invoke(build_app(), ["incident", "major", str(write_tiny_study(tmp_path / "study")), *words])
    assert done.exit_code == 2
    assert message in done.stderr
