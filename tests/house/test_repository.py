"""What may not stand in the repository, and what must."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import beredt

# Written apart, so that this file does not hold them.
FORBIDDEN = [
    "/" + "opt/",
    "/" + "root/",
    "/" + "home/",
    "/" + "work/",
    "FIX" + "ME",
    "TO" + "DO",
    "X" * 3,
]


def tracked_files(root: Path) -> list[Path]:
    """List what git tracks, or skip where this is no clone."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"not a git clone: {done.stderr.strip()}")
    return [root / name for name in done.stdout.split("\0") if name and (root / name).is_file()]


def read_text(path: Path) -> str:
    """Read a file as text; nothing of a binary one."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_holds_a_path_of_a_machine_or_unfinished_work(root: Path) -> None:
    found = [
        f"{path.relative_to(root)}: {word}"
        for path in tracked_files(root)
        if path.name != "LICENSE"
        for word in FORBIDDEN
        if word in read_text(path)
    ]
    assert not found, "\n".join(found)


def test_the_lock_file_names_only_the_public_index(root: Path) -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (root / "uv.lock").read_text(encoding="utf-8")))
    assert hosts <= {"pypi.org", "files.pythonhosted.org"}


def test_the_version_is_the_same_everywhere(root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["version"] == beredt.__version__
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {beredt.__version__}" in citation


@pytest.mark.parametrize("script", ["dev", ".ci/run"])
def test_scripts_can_be_run_and_parsed(root: Path, script: str) -> None:
    path = root / script
    assert path.stat().st_mode & 0o111
    shell = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("#!").split()[-1]
    subprocess.run([shell, "-n", str(path)], check=True)


def test_an_unknown_verb_of_dev_is_refused_without_installing(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "dev"
    copy.write_text((root / "dev").read_text(encoding="utf-8"), encoding="utf-8")
    done = subprocess.run(["sh", str(copy), "frog"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no verb 'frog'" in done.stderr
    assert not (tmp_path / ".venv").exists()
