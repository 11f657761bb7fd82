"""The main job on the tiny study, from the folder to the report, with real simulations and real processes."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from beredt.errors import UnknownIdError
from beredt.model.dictionary import list_result_tables, load_fields
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.run_study import chosen_services, run_results, run_study
from beredt.report.study_answer import StudyAnswer
from tests.tiny_comparison import write_comparison
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_comparison(write_tiny_study(tmp_path_factory.mktemp("tiny"))))


def run(study: Study, out: Path, jobs: int, said: list[str] | None = None) -> StudyAnswer:
    return run_study(
        study,
        out=out,
        replications=3,
        jobs=jobs,
        language=None,
        alternatives=(),
        progress=lambda stage, done, total: None,
        say=(said if said is not None else []).append,
    )


@pytest.fixture(scope="module")
def done(study: Study, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, StudyAnswer, list[str]]:
    out, said = tmp_path_factory.mktemp("run"), list[str]()
    return out, run(study, out, jobs=1, said=said), said


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


def test_the_same_study_gives_the_same_bytes_for_any_number_of_workers(
    study: Study, done: tuple[Path, StudyAnswer, list[str]], tmp_path: Path
) -> None:
    run(study, tmp_path, jobs=2)
    assert contents(tmp_path) == contents(done[0])
    assert {"report.html", "report.en.html", "results/results.json"} <= set(contents(tmp_path))


def test_every_table_is_there_with_the_columns_of_its_dictionary(done: tuple[Path, StudyAnswer, list[str]]) -> None:
    folder = done[0] / "results"
    assert {path.stem for path in folder.glob("*.parquet")} == {*list_result_tables(), "data_dictionary"}
    for name in list_result_tables():
        assert pl.read_parquet(folder / f"{name}.parquet").columns == [f.name for f in load_fields(f"results/{name}")]


def test_no_key_names_two_rows(done: tuple[Path, StudyAnswer, list[str]]) -> None:
    for name in list_result_tables():
        key = [field.name for field in load_fields(f"results/{name}") if field.key]
        table = pl.read_parquet(done[0] / "results" / f"{name}.parquet")
        assert key, name
        assert table.select(key).is_unique().all(), name


def test_the_facts_tell_what_was_run_and_not_where_or_when(
    study: Study, done: tuple[Path, StudyAnswer, list[str]]
) -> None:
    text = (done[0] / "results" / "results.json").read_text()
    facts = json.loads(text)
    assert facts["inputs"] == study.fingerprint
    assert facts["replications"] == 3
    assert facts["seed"] == study.settings.simulation.seed
    assert str(done[0]) not in text
    assert "jobs" not in facts


def test_the_answer_points_to_what_was_written(done: tuple[Path, StudyAnswer, list[str]]) -> None:
    out, answer, said = done
    assert [Path(one) for one in answer.reports] == [out / "report.html", out / "report.en.html"]
    assert set(answer.verdicts) == {"2"}
    assert answer.as_text()
    assert "summary" not in answer.as_json()
    assert len(said) == 1
    assert said[0].startswith("After 1 of 3 replications")


def test_another_number_of_replications_is_another_fingerprint(
    study: Study, done: tuple[Path, StudyAnswer, list[str]], tmp_path: Path
) -> None:
    run_results(
        study, out=tmp_path, replications=1, jobs=1, alternatives=(), progress=lambda stage, done, total: None,
        say=lambda line: None,
    )  # fmt: skip
    one, three = (json.loads((out / "results" / "results.json").read_text()) for out in (tmp_path, done[0]))
    assert (one["replications"], three["replications"]) == (1, 3)
    assert one["fingerprint"] != three["fingerprint"]
    assert one["inputs"] == three["inputs"]


def test_the_baseline_is_always_run(study: Study) -> None:
    assert list(chosen_services(study, ["2"])) == ["today", "0+", "2"]
    assert list(chosen_services(study, ["today"])) == ["today", "0+"]
    assert list(chosen_services(study, [])) == ["today", *(one.id for one in study.alternatives)]


def test_unknown_names_are_told_before_the_work(study: Study, tmp_path: Path) -> None:
    with pytest.raises(UnknownIdError, match="alternative"):
        chosen_services(study, ["22"])
    with pytest.raises(UnknownIdError, match="language"):
        run_study(
            study,
            out=tmp_path,
            replications=1,
            jobs=1,
            language="xx",
            alternatives=(),
            progress=lambda stage, done, total: None,
            say=lambda line: None,
        )
    assert not list(tmp_path.iterdir())
