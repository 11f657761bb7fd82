"""Examples beside a study: read by name, and never in the place of what the study has."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.errors import StudyError
from beredt.model.examples import read_examples
from beredt.model.find import find_study_folder
from beredt.model.issue import Issue
from beredt.model.read import read_study


def test_examples_of_the_bundled_study_fit_it_and_are_not_read_unasked() -> None:
    folder = find_study_folder("asker-baerum")
    names = sorted(path.stem for path in (folder / "examples").glob("*.toml"))
    assert {"see-and-treat", "hear-and-treat", "closed-department", "over-triage-down"} <= set(names)
    plain, _ = read_study(folder)
    study, issues = read_study(folder, instead=read_examples(folder, names))
    assert plain is not None
    assert study is not None
    assert not [issue for issue in issues if issue.severity == "error"]
    assert [one.id for one in plain.alternatives] == ["0+", "1", "2", "3"]
    assert set(names) <= {one.id for one in study.alternatives}
    assert not plain.service.triage
    assert study.service.triage
    assert study.fingerprint != plain.fingerprint


def test_what_a_study_has_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "alternatives").mkdir()
    (tmp_path / "examples" / "other").mkdir(parents=True)
    (tmp_path / "alternatives" / "own.toml").write_text("own", encoding="utf-8")
    for name in ("own", "other", "unasked"):
        (tmp_path / "examples" / f"{name}.toml").write_text(name, encoding="utf-8")
    (tmp_path / "triage.csv").write_text("own", encoding="utf-8")
    for table in ("triage", "conditions"):
        (tmp_path / "examples" / "other" / f"{table}.csv").write_text(table, encoding="utf-8")
    found = read_examples(tmp_path, ["own", "other", "nowhere"])
    assert found == {"alternatives/other.toml": b"other", "conditions.csv": b"conditions"}


def test_a_table_of_two_examples_has_the_rows_of_both(tmp_path: Path) -> None:
    bring(tmp_path, "a", "landing_points.csv", "id,name,lat,lon\nquay,Quay,59.8,10.5\n")
    bring(tmp_path, "b", "landing_points.csv", "id,lat,lon,name\npier,59.9,10.6,Pier\nquay,59.8,10.5,Quay\n")
    found = read_examples(tmp_path, ["a", "b"])["landing_points.csv"]
    assert found == b"id,name,lat,lon\nquay,Quay,59.8,10.5\npier,Pier,59.9,10.6\n"


def test_examples_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    bring(tmp_path, "a", "landing_points.csv", "id,name,lat,lon\nquay,Quay,59.8,10.5\n")
    bring(tmp_path, "b", "landing_points.csv", "id,name,lat,lon\npier,Pier,59.9,10.6\nquay,Quay,59.7,10.5\n")
    assert len(read_examples(tmp_path, ["b"])) == 2
    with pytest.raises(StudyError) as refused:
        read_examples(tmp_path, ["a", "b"])
    (issue,) = refused.value.issues
    assert isinstance(issue, Issue)
    assert (issue.file, issue.row, issue.field, issue.value) == ("examples/b/landing_points.csv", 3, "lat", "59.7")
    assert "examples/a/landing_points.csv says something else" in issue.message


def test_an_example_brings_settings_that_the_study_lacks(tmp_path: Path) -> None:
    own = '# ours\n[study]\nid = "s"\n\n[demand.variation]\ndraw_rates = true\n'
    bring(tmp_path, "a", "settings.toml", "[demand.variation]\nrepeat_share = 0.1\n")
    bring(tmp_path, "b", "settings.toml", "[demand.variation]\nrepeat_share = 0.2\n")
    bring(tmp_path, "c", "settings.toml", "[demand.variation]\ndraw_rates = false\n")
    (tmp_path / "study.toml").write_text(own, encoding="utf-8")
    assert read_examples(tmp_path, ["a"])["study.toml"].decode() == own + "repeat_share = 0.1\n"
    for names, first in ((["a", "b"], "examples/a/settings.toml"), (["c"], "study.toml")):
        with pytest.raises(StudyError) as refused:
            read_examples(tmp_path, names)
        (issue,) = refused.value.issues
        assert isinstance(issue, Issue)
        assert (issue.file, issue.row) == (f"examples/{names[-1]}/settings.toml", 2)
        assert issue.message == f"{first} has another value for this setting"


def test_a_broken_file_of_an_example_is_told_where_it_is_broken(tmp_path: Path) -> None:
    bring(tmp_path, "a", "landing_points.csv", "id,name,lat,lon\nquay,Quay,59.8,10.5\n")
    bring(tmp_path, "b", "landing_points.csv", "id,name,lat,lon\npier,Pier,59.9\n")
    bring(tmp_path, "c", "landing_points.csv", "")
    (tmp_path / "examples" / "c" / "landing_points.csv").write_bytes("id,name\nbåt,Båt\n".encode("latin-1"))
    bring(tmp_path, "d", "settings.toml", "[demand\n")
    (tmp_path / "study.toml").write_text("[study]\n", encoding="utf-8")
    for names, told in ((["a", "b"], "the row has 3 cells"), (["a", "c"], "not UTF-8"), (["d"], "not valid TOML")):
        with pytest.raises(StudyError) as refused:
            read_examples(tmp_path, names)
        (issue,) = refused.value.issues
        assert isinstance(issue, Issue)
        assert issue.file.startswith(f"examples/{names[-1]}/")
        assert told in issue.message
    (tmp_path / "study.toml").write_text("[study\n", encoding="utf-8")
    bring(tmp_path, "e", "settings.toml", "[demand]\n")
    assert read_examples(tmp_path, ["e"])["study.toml"] == b"[study\n", "whoever reads the study tells of it"


def bring(folder: Path, example: str, name: str, text: str) -> None:
    """An example with one file beside it."""
    (folder / "examples" / example).mkdir(parents=True)
    (folder / "examples" / f"{example}.toml").write_text(example, encoding="utf-8")
    (folder / "examples" / example / name).write_text(text, encoding="utf-8")
