"""What a run found that alternatives ask of units and do for patients, as the page of the comparison asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from beredt.decision.consequences import OF_UNITS
from beredt.model.read import load_study
from beredt.report.measures import measure
from beredt.report.number_format import NumberFormat
from beredt.report.words import load_words
from beredt.web.app import create_app
from beredt.web.jobs.job_files import STUDY, JobFiles
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.open_jobs import JOBS
from beredt.web.library import open_library
from beredt.web.parts import Parts
from tests.browser.studio.finished_run import RUN, put_finished_run
from tests.tiny_study import write_tiny_study
from tests.web.conftest import ADDRESS

ROUTE = f"/api/runs/{RUN}/consequences"


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of jobs with one run that is done."""
    folder = tmp_path_factory.mktemp("data") / JOBS
    put_finished_run(write_tiny_study(tmp_path_factory.mktemp("tiny") / "tiny"), folder, "tiny")
    return folder


@pytest.fixture(scope="module")
def browser(jobs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    study = write_tiny_study(tmp_path_factory.mktemp("open") / "tiny")
    library = open_library([str(study)], jobs.parent)
    with TestClient(create_app(Parts(library, screen=Path("none"), jobs=JobQueue(jobs))), base_url=ADDRESS) as one:
        yield one


@pytest.mark.parametrize("lang", ["nn", "nb", "en"])
def test_figures_of_a_run_are_told_in_the_words_of_its_report(browser: TestClient, jobs: Path, lang: str) -> None:
    found = browser.get(ROUTE, params={"lang": lang}).json()
    study = load_study(JobFiles(jobs).folder_of(RUN) / STUDY)
    assert found["fingerprint"] == study.fingerprint
    names = [row["name"] for row in found["rows"]]
    assert len(set(names)) == len(names) == len(OF_UNITS) + len(study.service.hospitals)
    missions = found["rows"][OF_UNITS.index("missions")]
    words = load_words(lang)
    assert missions["name"] == measure("missions").name(words, NumberFormat(words))
    assert re.sub(r"\D", "", missions["today"]).startswith("3001")
    others = [one.id for one in study.alternatives]
    assert list(missions["changes"]) == others
    assert all(missions["changes"][one].startswith(f"+{place}") for place, one in enumerate(others, start=1))


def test_what_is_no_run_that_is_done_is_not_there(browser: TestClient) -> None:
    assert browser.get("/api/runs/20260101-120000-000000/consequences").status_code == 404
    assert browser.get(ROUTE, params={"lang": "se"}).status_code == 422
