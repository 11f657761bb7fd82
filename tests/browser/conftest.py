"""A browser of this machine, and the page of a small report in it that has every chapter filled in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from beredt.model.read import load_study
from beredt.report.context import make_context
from beredt.report.results import read_results
from beredt.report.words import load_words
from beredt.report.write_report import render_report
from tests.report.synthetic_results import write_synthetic_results
from tests.report.whole_study import write_whole_study

NAMES = ("chromium", "chromium-browser", "google-chrome")
DRAWN_BY_SOFTWARE = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
"""Maps are drawn by WebGL, also where there is no graphics card."""

DRAWN_ONCE = ("--disable-gpu-rasterization", "--disable-gpu-compositing")
"""All but maps is drawn without a graphics card that is played by the processor, as Debian's browser otherwise would: a
third of what its drawing takes."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"no browser on this machine; looked for {', '.join(NAMES)} (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        args = ["--no-sandbox", *DRAWN_BY_SOFTWARE, *DRAWN_ONCE]
        browser = playwright.chromium.launch(executable_path=program, args=args)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = load_study(write_whole_study(tmp_path_factory.mktemp("whole")))
    results = read_results(write_synthetic_results(study, tmp_path_factory.mktemp("results")))
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render_report(make_context(study, results, load_words("nb"))), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """The report at desk width; a fault of its scripts fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(60_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(report.as_uri())
    yield page
    context.close()
    assert faults == []
