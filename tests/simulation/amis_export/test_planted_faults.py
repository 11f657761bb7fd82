"""Every planted fault is found in its row, and nothing else is: read as any log, through a store."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest

from beredt.errors import OptionError
from beredt.missions.checks.rule import get_rule, load_rules
from beredt.missions.cleaning_context import CleaningContext
from beredt.missions.find_profile import load_profile
from beredt.missions.importing.import_log import import_log
from beredt.missions.importing.plan import ImportPlan
from beredt.missions.restore import restore
from beredt.missions.store import Store
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.simulation.amis_export.export_row import GEOMETRY, STAMP_COLUMNS
from beredt.simulation.amis_export.faults.catalogue import ALL_FAULTS
from beredt.simulation.amis_export.generate_export import ExportSummary, generate_export
from tests.tiny_study import tiny_files, write_files

OF_EACH = 4

NOT_HERE = {"foreign_bytes", "repeated_stamp"}
"""Rules for logs of other forms: several encodings in one file, cells that list units."""


class Read(NamedTuple):
    summary: ExportSummary
    planted: dict[str, Any]
    store: Store
    context: CleaningContext

    def lines(self) -> list[dict[str, str]]:
        """The file as any program reads it; the second line of the file is number 0."""
        text = Path(self.summary.file).read_text(encoding="cp1252")
        return list(csv.DictReader(text.splitlines()))


def nothing(*_: object) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Eleven months, with both nights in which clocks are moved."""
    files = dict(tiny_files())
    files["study.toml"] = files["study.toml"].replace("days = 28", "days = 330")
    return load_study(write_files(tmp_path_factory.mktemp("study"), files))


@pytest.fixture(scope="module", params=["loose", "numbered"])
def read(request: pytest.FixtureRequest, study: Study, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """An export, and what became of it."""
    folder = tmp_path_factory.mktemp("export")
    summary = generate_export(
        study,
        alternative=None,
        replication=0,
        faults=OF_EACH,
        wanted={"midnight": 3},
        numbered=request.param == "numbered",
        out=folder / "amis.csv",
        progress=nothing,
    )
    plan = ImportPlan((Path(summary.file),), load_profile(summary.profile), folder / "store")
    imported = import_log(plan, nothing, nothing)
    return Read(summary, json.loads(Path(summary.planted).read_text(encoding="utf-8")), imported.store, plan.context())


def test_every_rule_finds_exactly_what_was_planted(read: Read) -> None:
    assert dict(read.store.info.rules) == dict(read.summary.expected)


def test_every_rule_has_a_fault_that_is_planted_for_it() -> None:
    assert {fault.rule for fault in ALL_FAULTS} == set(load_rules()) - NOT_HERE - {"grouped"}


def test_every_planted_fault_is_found_in_its_row(read: Read) -> None:
    missions = dict(read.store.missions().select("row", "marks").collect().iter_rows())
    alone = dict(read.store.incidents().select("incident", "marks").collect().iter_rows())
    for fault in read.planted["list"]:
        row = fault["found_in"]
        marks = missions.get(row) or alone[row - 2]  # without a unit the incident is all there is
        assert marks & get_rule(fault["rule"]).mask, fault


def test_the_list_says_what_stands_in_the_file(read: Read) -> None:
    lines = read.lines()
    cells = [fault for fault in read.planted["list"] if fault["column"] not in {"", GEOMETRY}]
    assert len(cells) > 20 * OF_EACH
    for fault in cells:
        assert lines[fault["row"] - 2][fault["column"]] == fault["now"], fault


def test_no_row_is_lost(read: Read) -> None:
    info, summary = read.store.info, read.summary
    assert (info.rows_in, info.incidents, info.unit_responses) == (
        summary.rows,
        summary.incidents,
        summary.unit_responses,
    )


def test_findings_count_every_code_by_itself(read: Read) -> None:
    found = read.store.findings.filter(rule="unknown_urgency")
    written = pl.Series([fault["now"] for fault in read.planted["list"] if fault["rule"] == "unknown_urgency"])
    counted = dict(written.value_counts(name="count").iter_rows())
    assert dict(found.filter(field="urgency").select("value", "count").iter_rows()) == counted


def test_what_the_file_said_can_be_worked_out_from_the_store(read: Read) -> None:
    missions = read.store.missions().collect()
    corrections = read.store.corrections.collect()
    before = restore(missions, corrections, read.context)
    unreadable = set(corrections.filter(rule="unreadable_time").select("row_id", "field").iter_rows())
    lines = read.lines()
    for row in before.iter_rows(named=True):
        line = lines[row["row"] - 2]
        for stamp, column in STAMP_COLUMNS.items():
            if (row["row_id"], stamp) not in unreadable:
                assert row[stamp] == _stamp(line[column]), (row["row"], stamp)
        for name, column in (("x", "xcoor"), ("y", "ycoor")):
            assert row[name] == _number(line[column]), (row["row"], name)


def test_the_rows_as_they_would_have_been_are_those_of_the_simulation(study: Study, tmp_path: Path) -> None:
    """Without faults, cleaning finds nothing to do."""
    summary = _generate(study, tmp_path / "plain.csv", faults=0)
    plan = ImportPlan((Path(summary.file),), load_profile(summary.profile), tmp_path / "store")
    store = import_log(plan, nothing, nothing).store
    assert {rule for rule, count in store.info.rules.items() if count} <= {"grouped", "cancelled"}
    assert store.corrections.collect().is_empty()
    assert store.info.incidents == summary.incidents


def test_the_same_study_gives_the_same_file(study: Study, tmp_path: Path) -> None:
    one, other = (_generate(study, tmp_path / name, faults=2) for name in ("one.csv", "other.csv"))
    assert Path(one.file).read_bytes() == Path(other.file).read_bytes()
    assert Path(one.planted).read_bytes() == Path(other.planted).read_bytes()


def test_of_every_kind_as_many_are_planted_as_there_is_room_for(study: Study, tmp_path: Path) -> None:
    faults = _generate(study, tmp_path / "a.csv", faults=50).faults
    assert 0 < faults["midnight"] < 50
    assert faults["position_axes"] == 50


def test_a_fault_that_is_not_there_and_more_than_there_is_room_for_are_refused(study: Study, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="no such fault"):
        _generate(study, tmp_path / "a.csv", wanted={"midnigth": 1})
    with pytest.raises(OptionError, match="rows are left"):
        _generate(study, tmp_path / "a.csv", wanted={"midnight": 10_000_000})


def _generate(study: Study, out: Path, *, faults: int = 0, wanted: dict[str, int] | None = None) -> ExportSummary:
    return generate_export(
        study,
        alternative=None,
        replication=1,
        faults=faults,
        wanted=wanted or {},
        numbered=False,
        out=out,
        progress=nothing,
    )


def _stamp(text: str) -> datetime | None:
    return datetime.strptime(text, "%d.%m.%Y %H:%M:%S") if text else None


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None
