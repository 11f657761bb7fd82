"""The tiny study, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.model.read import load_study
from beredt.model.study import Study
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The tiny study of `tests/tiny_study.py`."""
    folder: Path = tmp_path_factory.mktemp("decision") / "tiny"
    return load_study(write_tiny_study(folder))
