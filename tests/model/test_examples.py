"""Examples beside a study: read by name, and never in the place of what the study has."""

from __future__ import annotations

from pathlib import Path

from beredt.model.examples import read_examples
from beredt.model.find import find_study_folder
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
