"""Studio on a tiny study, served and looked at as its users do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from beredt.web.jobs.open_jobs import JOBS
from beredt.web.static import FIRST_PAGE, built_screen
from tests.browser.studio.finished_run import put_finished_answers, put_finished_run
from tests.browser.studio.studio_page import StudioPage, open_page
from tests.browser.studio.studio_server import StudioServer
from tests.tiny_study import write_tiny_study

Open = Callable[..., StudioPage]


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the built front end: whoever builds it anew meanwhile takes no file away."""
    folder = built_screen()
    if not (folder / FIRST_PAGE).is_file():
        pytest.skip(f"the screen of Studio is not built in {folder}: ./dev web builds it")
    return Path(shutil.copytree(folder, tmp_path_factory.mktemp("screen") / "static"))


@pytest.fixture(scope="session")
def server(screen: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioServer]:
    """A server that all tests share, with one run that is done. They may save nothing in its study."""
    study = write_tiny_study(tmp_path_factory.mktemp("studio") / "tiny")
    data = tmp_path_factory.mktemp("data")
    put_finished_run(study, data / JOBS, "tiny")
    put_finished_answers(data / JOBS, "tiny")
    server = StudioServer((str(study),), data, screen)
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
