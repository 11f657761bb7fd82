"""The unit and the container file say what is there, and confine what they run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy" / "beredt@.service"
MOST_EXPOSED = 20
"""Tenths: the unit's own exposure is 1.4 of 10."""


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a program that is there."""
    made = tmp_path / "beredt@studio.service"
    made.write_text(UNIT.read_text().replace("/usr/local/lib/beredt/bin/beredt", sys.executable))
    return made


def analyse(*words: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze on this machine")
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


def test_the_unit_is_understood(unit: Path) -> None:
    found = analyse("verify", str(unit))
    assert (found.returncode, found.stderr) == (0, "")


def test_the_unit_confines_what_it_runs(unit: Path) -> None:
    found = analyse("security", "--offline=yes", f"--threshold={MOST_EXPOSED}", "--no-pager", str(unit))
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_container_file_installs_what_the_project_has() -> None:
    text = (ROOT / "deploy" / "Containerfile").read_text()
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert set(re.findall(r"--extra (\w+)", text)) == set(extras)
    (pinned,) = re.findall(r"uv==([\d.]+)", text)
    assert f"UV_VERSION={pinned}" in (ROOT / "dev").read_text()
    assert text.rindex("USER 10001") > text.rindex("FROM ")
