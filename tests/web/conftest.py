"""A server on a tiny study, asked as a browser on the same machine would ask it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from beredt.web.app import create_app
from beredt.web.library import Library, open_library
from beredt.web.parts import Parts
from tests.tiny_study import write_tiny_study

ADDRESS = "http://127.0.0.1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny study of one's own."""
    return write_tiny_study(tmp_path / "tiny")


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Library:
    """That study, opened."""
    return open_library([str(folder)], tmp_path / "data")


@pytest.fixture
def client(library: Library, tmp_path: Path) -> Iterator[TestClient]:
    """A browser at a server that has it open, and no screen."""
    with TestClient(create_app(Parts(library, screen=tmp_path / "no-screen")), base_url=ADDRESS) as browser:
        yield browser
