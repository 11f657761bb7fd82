"""The tiny study with a risk analysis, and a workshop over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from beredt.web.app import create_app
from beredt.web.library import Library, open_library
from beredt.web.open_study import OpenStudy
from beredt.web.parts import Parts
from beredt.web.risk.open_workshop import open_workshop
from beredt.web.risk.workshop import Workshop
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study
from tests.web.access.conftest import accounts, clock  # noqa: F401
from tests.web.conftest import ADDRESS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny study with events, roles and some scores of its own."""
    return write_opinions(write_tiny_study(tmp_path / "tiny"))


@pytest.fixture
def opened(library: Library) -> OpenStudy:
    return library.get("tiny")


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Library:
    return open_library([str(folder)], tmp_path / "data")


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return open_workshop(tmp_path / "data")


@pytest.fixture
def client(library: Library, workshop: Workshop, tmp_path: Path) -> Iterator[TestClient]:
    """The person at this machine."""
    parts = Parts(library, workshop=workshop, screen=tmp_path / "no-screen")
    with TestClient(create_app(parts), base_url=ADDRESS) as browser:
        yield browser
