"""A report is verified against the folder it lies in, its results, and its study."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from beredt.errors import ResultsError, StudyNotFoundError
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.run_study import run_study
from beredt.report.verify.check import Verification
from beredt.report.verify.verify_report import verify_report
from beredt.report.write_index import sha256_of
from tests.tiny_study import write_tiny_study


def quiet(stage: str, done: int, total: int) -> None:
    pass


@pytest.fixture(scope="module")
def study_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_study(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def written(study_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run")
    run_study(
        load_study(study_folder), out=out, replications=2, jobs=1, language="en", alternatives=(), progress=quiet,
        say=lambda line: None,
    )  # fmt: skip
    return out


@pytest.fixture
def out(written: Path, tmp_path: Path) -> Path:
    shutil.copytree(written, tmp_path / "out")
    return tmp_path / "out"


def verify(report: Path, study: Path | None, *, again: bool = False) -> Verification:
    name = None if study is None else str(study)
    return verify_report(report, name, load_study, again=again, jobs=1, progress=quiet)


def outcomes(answer: Verification) -> dict[str, str]:
    return {check.name: check.outcome for check in answer.checks}


def test_an_untouched_report_agrees_file_by_file_and_table_by_table(written: Path, study_folder: Path) -> None:
    answer = verify(written / "report.html", study_folder, again=True)
    assert answer.agrees, answer.as_text()
    assert list(outcomes(answer)) == ["Files", "Study", "Report", "Simulation"]
    assert answer.as_text().endswith("The report agrees.")
    assert json.dumps(answer.as_json())


@pytest.mark.parametrize("name", ["areas.gpkg", "results/units.parquet"])
def test_a_changed_file_is_found(out: Path, study_folder: Path, name: str) -> None:
    with (out / name).open("ab") as file:
        file.write(b" ")
    answer = verify(out, study_folder)
    assert not answer.agrees
    assert outcomes(answer)["Files"] == "differs"
    assert f"{name}: changed since it was written" in answer.checks[0].lines


def test_a_missing_file_and_one_of_somebody_else_are_found(out: Path, study_folder: Path) -> None:
    (out / "areas.gpkg").unlink()
    assert "areas.gpkg: missing" in verify(out, study_folder).checks[0].lines
    shutil.copy(out / "report.html", out / "mine.html")
    answer = verify(out / "mine.html", None)  # files are looked at without the study, too
    assert "mine.html: not among the files that this run wrote" in answer.checks[0].lines


def test_a_page_changed_together_with_its_checksum_is_found_by_making_it_again(out: Path, study_folder: Path) -> None:
    page = out / "report.html"
    page.write_text(page.read_text(encoding="utf-8").replace("1", "2", 1), encoding="utf-8")
    sign(out, "report.html")
    answer = verify(page, study_folder)
    assert outcomes(answer) == {"Files": "agrees", "Study": "agrees", "Report": "differs"}
    assert answer.checks[2].lines == ("report.html: differs",)


def test_a_table_changed_with_all_that_was_made_from_it_is_found_only_by_simulating(
    out: Path, study_folder: Path
) -> None:
    path = out / "results" / "units.parquet"
    table = pl.read_parquet(path)
    table.with_columns(pl.when(pl.int_range(pl.len()) == 0).then(pl.col("km") + 1e3).otherwise("km").alias("km")).pipe(
        lambda changed: changed.write_parquet(path, compression="zstd", statistics=True)
    )
    forge(out, load_study(study_folder))
    answer = verify(out, study_folder, again=True)
    assert outcomes(answer) == {"Files": "agrees", "Study": "agrees", "Report": "agrees", "Simulation": "differs"}
    assert answer.checks[3].lines == ("units: unlike in km (1 rows, by at most 1e+03)",)


def sign(out: Path, *names: str) -> None:
    index = out / "results.json"
    facts = json.loads(index.read_text(encoding="utf-8"))
    facts["files"] |= {name: sha256_of(out / name) for name in names}
    index.write_text(json.dumps(facts), encoding="utf-8")


def forge(out: Path, study: Study) -> None:
    """Everything a forger with this program would do."""
    from beredt.report.write_outputs import write_outputs

    inner = out / "results" / "results.json"
    facts = json.loads(inner.read_text(encoding="utf-8"))
    facts["files"]["units.parquet"] = sha256_of(out / "results" / "units.parquet")
    inner.write_text(json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    write_outputs(out, study, ("en",), quiet)


def test_another_study_does_not_make_the_report_again(out: Path, study_folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(study_folder, other)
    settings = other / "study.toml"
    text = settings.read_text(encoding="utf-8")
    seed = next(line for line in text.splitlines() if line.startswith("seed"))
    settings.write_text(text.replace(seed, "seed = 999"), encoding="utf-8")
    answer = verify(out, other)
    assert outcomes(answer) == {"Files": "agrees", "Study": "differs", "Report": "not done"}


def test_another_version_is_told_and_makes_nothing_again(out: Path, study_folder: Path) -> None:
    index = out / "results.json"
    facts = json.loads(index.read_text(encoding="utf-8"))
    index.write_text(json.dumps(facts | {"version": "0.0.0"}), encoding="utf-8")
    answer = verify(out, study_folder)
    assert outcomes(answer) == {"Files": "agrees", "Study": "differs", "Report": "not done"}
    assert any("0.0.0" in line for line in answer.checks[1].lines)


def test_a_study_that_is_not_at_hand_is_asked_for(out: Path) -> None:
    answer = verify(out, None)
    assert not answer.agrees
    assert "--study" in answer.checks[1].lines[0]
    with pytest.raises(StudyNotFoundError):
        verify(out, out / "nowhere")


@pytest.mark.parametrize("spoil", [lambda i: i.unlink(), lambda i: i.write_text("{"), lambda i: i.write_text("{}")])
def test_a_folder_without_a_sound_index_is_refused(out: Path, spoil: Callable[[Path], object]) -> None:
    spoil(out / "results.json")
    with pytest.raises(ResultsError):
        verify(out, None)
    with pytest.raises(ResultsError, match="does not exist"):
        verify(out / "nothing.html", None)
