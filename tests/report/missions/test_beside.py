"""What stands beside a log in its report: pathways over several logs, and the queue of missions under review."""

from __future__ import annotations

import json
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.indicators.review.queued import STATUSES, QueuedCase
from beredt.indicators.review.summary import summary_table
from beredt.model.dictionary import load_fields
from beredt.report.words import load_words
from tests.report.missions.generated_log import generated_log

RUNNER = CliRunner()
LINKS = """
zone = "UTC"
[sources.ambulance]
store = "store"

[sources.hospital]
file = "hospital.csv"
columns = { start = "inn", end = "ut" }

[[links]]
from = "ambulance"
to = "hospital"
measured = "end"
earliest_min = -15
latest_min = 60
threshold_bits = 1

[[durations]]
name = "call-to-discharge"
title = { en = "Call to discharge", nb = "Anrop til utskrivning" }
begin = "ambulance.start"
end = "hospital.end"
"""
TABLES = ("pathway_links", "pathway_durations", "pathway_weights", "pathway_thresholds", "repeat_callers",
          "repeat_within", "review_summary")  # fmt: skip


def done(*arguments: str) -> str:
    result = RUNNER.invoke(build_app(), list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log; a hospital that took in four of five; and a queue, with 20 cases closed and 3 waiting."""
    folder = tmp_path_factory.mktemp("beside")
    store = generated_log(folder / "store", 400)
    inn = pl.col("free_t") + pl.duration(minutes=2)
    arrived = store.missions().filter(pl.col("row_id") % 5 > 0).select(inn=inn, ut=inn + pl.duration(hours=5)).collect()
    arrived.write_csv(folder / "hospital.csv", datetime_format="%Y-%m-%d %H:%M:%S")
    (folder / "links.toml").write_text(LINKS, encoding="utf-8")
    (folder / "limits.toml").write_text("mobilisation_s = 100\nhandling_s = 110\n", encoding="utf-8")
    done("missions", "review", str(store.path), "flag", "--days", "0", "--limits", str(folder / "limits.toml"))
    cases = json.loads(done("missions", "review", str(store.path), "list", "--limit", "30", "--json"))["cases"]
    for number, case in enumerate(cases[:23]):
        status = "closed" if number < 20 else "waiting"
        done("missions", "review", str(store.path), "set", str(case["id"]), status, "--comment", "seen")
    return folder


@pytest.fixture(scope="module")
def report(folder: Path) -> Path:
    out = folder / "report"
    done("missions", "report", str(folder / "store"), "--links", str(folder / "links.toml"), "--lang", "nb",
         "--out", str(out))  # fmt: skip
    return out


@pytest.fixture(scope="module")
def everything(folder: Path) -> Path:
    """The report in English with nothing left out."""
    out = folder / "everything"
    links = str(folder / "links.toml")
    done("missions", "report", str(folder / "store"), "--links", links, "--min-count", "0", "--out", str(out))
    return out


def test_both_chapters_are_on_the_page_in_both_languages(report: Path, everything: Path) -> None:
    for language, page in (("nb", report), ("en", everything)):
        text, words = (page / "report.html").read_text(encoding="utf-8"), load_words(language)
        for key in ("log.chapter.pathways", "log.chapter.review", "log.pathways.lost_title", "log.review.look"):
            assert words(key) in text
        nobody_known = pl.read_parquet(page / "results" / "repeat_within.parquet")["incidents"].fill_null(1).sum() == 0
        assert (words("log.pathways.again_title") in text) is not nobody_known
    assert "Anrop til utskrivning" in (report / "report.html").read_text(encoding="utf-8")
    assert "Call to discharge" in (everything / "report.html").read_text(encoding="utf-8")


def test_their_tables_are_files_sheets_and_described(report: Path) -> None:
    told = pl.read_parquet(report / "results" / "data_dictionary.parquet")
    sheets = fastexcel.read_excel(report / "tables.xlsx").sheet_names
    for name in TABLES:
        columns = pl.read_parquet(report / "results" / f"{name}.parquet").columns
        assert columns == [field.name for field in load_fields(f"missions_report/{name}")] or set(columns) == {
            field.name for field in load_fields(f"missions_report/{name}")
        }
        assert set(told.filter(table=name)["field"]) == set(columns)
        assert name in sheets


def test_pathways_are_those_of_the_logs(everything: Path) -> None:
    links = pl.read_parquet(everything / "results" / "pathway_links.parquet").row(0, named=True)
    assert links["records"] == 400
    assert links["linked"] == pytest.approx(320, abs=10)


def test_small_counts_of_the_queue_are_left_out(report: Path) -> None:
    table = pl.read_parquet(report / "results" / "review_summary.parquet")
    counts = table.select("cases", *STATUSES)
    assert counts.filter(pl.any_horizontal(pl.all().is_between(1, 4))).is_empty()
    whole = table.row(by_predicate=pl.col("rule") == "", named=True)
    assert (whole["closed"], whole["waiting"]) != (20, 3)
    assert whole["left_out"]


def test_without_a_link_file_and_a_queue_there_are_no_such_chapters(tmp_path: Path) -> None:
    store = generated_log(tmp_path / "store", 50)
    done("missions", "report", str(store.path), "--out", str(tmp_path / "out"))
    assert load_words("en")("log.chapter.review") not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert not (tmp_path / "out" / "results" / "review_summary.parquet").exists()


def case(number: int, status: str, *rules: str) -> QueuedCase:
    return QueuedCase(number, "", "", "A", "", "", status, "", rules, 1.0)


def test_cases_are_counted_by_rule_and_once_among_all() -> None:
    cases = [case(n, "new", "late") for n in range(3)] + [case(n, "closed", "late", "misrouted") for n in range(3, 5)]
    table = summary_table([*cases, case(9, "open")], threshold=0)
    found = {row["rule"]: row for row in table.iter_rows(named=True)}
    assert [found[""][key] for key in ("cases", "new", "open", "closed")] == [6, 3, 1, 2]
    assert [found["late"][key] for key in ("cases", "new", "closed")] == [5, 3, 2]
    assert [found["misrouted"][key] for key in ("cases", "closed")] == [2, 2]
    assert summary_table(cases, threshold=5).filter(rule="misrouted")["cases"].to_list() == [None]
