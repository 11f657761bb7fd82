"""The tiny study and its roads, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.roads.network import Network
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The tiny study of `tests/tiny_study.py`."""
    folder: Path = tmp_path_factory.mktemp("decision") / "tiny"
    return load_study(write_tiny_study(folder))


@pytest.fixture(scope="session")
def tiny_network(tiny: Study) -> Network:
    """Its roads."""
    return build_network(tiny)
