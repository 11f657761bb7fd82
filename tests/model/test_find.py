"""Finding a study by path or name."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.errors import StudyError, StudyNotFoundError
from beredt.model.find import bundled_studies, find_study_folder
from beredt.model.read import load_study
from tests.tiny_study import write_tiny_study


def test_a_folder_is_itself(tmp_path: Path) -> None:
    folder = write_tiny_study(tmp_path / "mine")
    assert find_study_folder(folder) == folder
    assert find_study_folder(str(folder)) == folder
    assert find_study_folder(folder / "study.toml") == folder


def test_a_folder_without_settings_is_still_what_was_meant(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"study\.toml: the file is missing"):
        load_study(tmp_path)


def test_bundled_names_have_hyphens() -> None:
    for name, folder in bundled_studies().items():
        assert name == folder.name.replace("_", "-")
        assert find_study_folder(name) == folder


def test_a_stranger_is_told_the_bundled_names(tmp_path: Path) -> None:
    with pytest.raises(StudyNotFoundError) as caught:
        find_study_folder(tmp_path / "nowhere")
    assert caught.value.name.endswith("nowhere")
    assert len(caught.value.issues) == 1
    assert "there is no such study" in str(caught.value)
