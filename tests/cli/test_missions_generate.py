"""`beredt missions generate` and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.missions.generated import is_generated
from tests.tiny_study import write_tiny_study

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four weeks in winter: no clock is moved."""
    return write_tiny_study(tmp_path_factory.mktemp("study"))


def test_it_writes_an_export_a_list_and_a_profile(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "amis.csv"
    call = ["missions", "generate", str(study), "--out", str(out), "--faults", "0", "--fault", "midnight=1", "--json"]
    done = RUNNER.invoke(build_app(), call)
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert answer["faults"] == {"midnight": 1}
    assert answer["expected"]["midnight"] == 1
    lines = out.read_text(encoding="cp1252").splitlines()
    assert len(lines) == answer["rows"] + 1
    assert is_generated(out, lines[0].split(","))
    assert json.loads(Path(answer["planted"]).read_text(encoding="utf-8"))["generated"] is True
    assert Path(answer["profile"]).read_text(encoding="utf-8").startswith('id = "amis-generated"')


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--fault", "midnight"], "RULE=N"),
        (["--fault", "midnigth=3"], "no such fault"),
        (["--fault", "missing_clock=1"], "rows are left"),
    ],
)
def test_a_wrong_call_is_told_so(study: Path, tmp_path: Path, options: list[str], said: str) -> None:
    call = ["missions", "generate", str(study), "--out", str(tmp_path / "a.csv"), "--faults", "0", *options]
    done = RUNNER.invoke(build_app(), call)
    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "a.csv").exists()
