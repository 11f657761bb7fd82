"""Studio on a tiny study, served and looked at as its users do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from beredt.web.static import FIRST_PAGE, built_screen
from tests.browser.studio.studio_page import StudioPage, open_page
from tests.browser.studio.studio_server import StudioServer
from tests.tiny_study import write_tiny_study

Open = Callable[..., StudioPage]


@pytest.fixture(scope="session")
def screen() -> Path:
    """The built front end."""
    folder = built_screen()
    if not (folder / FIRST_PAGE).is_file():
        pytest.skip(f"the screen of Studio is not built in {folder}: ./dev web builds it")
    return folder


@pytest.fixture(scope="session")
def server(screen: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioServer]:
    """A server that all tests share: they may save nothing and stop nothing."""
    del screen
    yield from _served(
        str(write_tiny_study(tmp_path_factory.mktemp("studio") / "tiny")), tmp_path_factory.mktemp("data")
    )


@pytest.fixture
def own_server(screen: Path, tmp_path: Path) -> Iterator[StudioServer]:
    """A server of the test's own, with a study that may be changed."""
    del screen
    yield from _served(str(write_tiny_study(tmp_path / "tiny")), tmp_path / "data")


def _served(study: str, data_folder: Path) -> Iterator[StudioServer]:
    server = StudioServer((study,), data_folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def open_studio(browser: Browser) -> Iterator[Open]:
    """Opens pages; afterwards none of them may have complained, or asked anybody but its server."""
    opened: list[StudioPage] = []
    with ExitStack() as stack:

        def open_one(server: StudioServer, **how: Any) -> StudioPage:
            studio = open_page(browser, server, **how)
            stack.callback(studio.context.close)
            opened.append(studio)
            return studio

        yield open_one
        faults = [fault for one in opened for fault in one.faults]
        elsewhere = [url for one in opened for url in one.elsewhere]
    assert faults == []
    assert elsewhere == []


@pytest.fixture
def studio(open_studio: Open, server: StudioServer) -> StudioPage:
    """A page at desk width in English."""
    return open_studio(server)
