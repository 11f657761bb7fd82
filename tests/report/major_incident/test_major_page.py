"""The page of a major incident: the figures of its tables, in every language, nothing left out."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.model.dictionary import load_fields
from beredt.model.read import load_study
from beredt.report.major_incident.page import MajorAnswer, major_chapters, major_context, render_major
from beredt.report.page.blocks import Details, Figure, Notice, Table
from beredt.report.results import read_results
from tests.tiny_study import write_tiny_study

ASKED = ["--at", "w1", "--at", "s1", "--after", "0", "--after", "30", "--patients", "4,3,20", "--samples", "3"]
MORE = ["--capacity", "hosp-west=2,1,4", "--call-in", "50,30", "--crisis-borders", "seamless:2", "--when", "fri-10:00"]


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
        assert [field.name for field in load_fields(f"major/{name}")] == table.columns
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
    assert sum(isinstance(one, Table) for one in flat) == 3 + 2 + 3 + 1 + 1
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
