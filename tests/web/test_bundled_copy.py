"""A user's copy of a bundled study tells when the bundled one is another by now, and stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from beredt.cli.serve import _tell
from beredt.web.bundled_copy import MARK, copy_bundled, find_newer, version_of
from beredt.web.describe_study import head_of
from beredt.web.exports.study_zip import study_files
from beredt.web.library import Library
from beredt.web.open_study import OpenStudy
from tests.tiny_study import write_tiny_study


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    return write_tiny_study(tmp_path / "bundled")


@pytest.fixture
def copy(bundled: Path, tmp_path: Path) -> Path:
    copy_bundled(bundled, tmp_path / "copy")
    return tmp_path / "copy"


def upgrade(bundled: Path) -> None:
    settings = bundled / "study.toml"
    settings.write_text(settings.read_text("utf-8") + "\n# another\n", encoding="utf-8")


def test_what_the_user_changes_makes_no_copy_older(bundled: Path, copy: Path) -> None:
    (copy / "study.toml").write_text("mine", encoding="utf-8")
    (copy / "alternatives" / "9.toml").write_text("mine", encoding="utf-8")
    assert find_newer(copy, bundled) is None
    assert copy / MARK not in study_files(copy)


def test_another_bundled_study_is_told_with_its_version(bundled: Path, copy: Path) -> None:
    upgrade(bundled)
    opened = OpenStudy("tiny", copy, bundled=bundled)
    assert head_of(opened).newer_bundled == version_of(bundled)
    assert head_of(OpenStudy("tiny", copy)).newer_bundled is None


def test_a_copy_without_a_mark_is_held_against_what_would_be_copied_now(bundled: Path, copy: Path) -> None:
    (copy / MARK).unlink()
    shutil.rmtree(copy / "alternatives")
    assert find_newer(copy, bundled) is None
    upgrade(bundled)
    assert find_newer(copy, bundled) == version_of(bundled)


def test_the_terminal_says_what_to_do(bundled: Path, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    upgrade(bundled)
    _tell("http://localhost/", Library([OpenStudy("tiny", copy, bundled=bundled)]), as_json=False)
    assert "Move the folder away to get a new copy" in capsys.readouterr().out
