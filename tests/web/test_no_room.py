"""No room on the disk under Studio: what cannot be kept is refused with the reason, and reading goes on."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from beredt.web.app import create_app
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import open_library
from beredt.web.logs.data_folder import open_shelf
from beredt.web.parts import Parts
from beredt.web.risk.open_workshop import open_workshop
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study
from tests.web.conftest import ADDRESS

TINY = "/api/studies/tiny"
CHANGES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "an alternative": (
        "POST",
        f"{TINY}/alternatives",
        {"json": {"id": "9", "title": {"en": "Nine"}, "description": {"en": "Nine."}, "edits": []}},
    ),
    "a job": ("POST", f"{TINY}/runs", {"json": {"replications": 1}}),
    "a log": ("POST", f"{TINY}/logs", {"params": {"name": "a.csv", "size": 40}, "content": b"x" * 40}),
    "somebody in a workshop": ("POST", f"{TINY}/risk/assessors", {"json": {"role": "desk", "name": "x"}}),
}


@pytest.fixture
def browser(tmp_path: Path) -> TestClient:
    data = tmp_path / "data"
    parts = Parts(
        open_library([str(write_opinions(write_tiny_study(tmp_path / "tiny")))], data),
        screen=tmp_path / "no-screen",
        jobs=JobQueue(data / "jobs"),
        logs=open_shelf(data),
        workshop=open_workshop(data),
    )
    return TestClient(create_app(parts), base_url=ADDRESS)  # not begun: nobody works on jobs


@contextmanager
def no_room() -> Iterator[None]:
    """The system lets no file grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files(folder: Path) -> set[Path]:
    """All files but those of databases."""
    return {path for path in folder.rglob("*") if path.is_file() and ".sqlite" not in path.name}


@pytest.mark.parametrize("what", CHANGES)
def test_what_cannot_be_kept_is_refused_and_can_be_done_later(what: str, browser: TestClient, tmp_path: Path) -> None:
    method, path, sent = CHANGES[what]
    looks = [TINY, f"{TINY}/risk", "/api/jobs"]
    for look in looks:
        assert browser.get(look).status_code == 200, look
    before = files(tmp_path)
    with no_room():
        refused = browser.request(method, path, **sent)
        told = [browser.get(look).status_code for look in looks]
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.status_code in {422, 503, 507}, refused.text
    assert "fault of Beredt" not in refused.text
    assert told == [200] * len(looks)
    assert files(tmp_path) == before
    assert browser.request(method, path, **sent).status_code in {200, 201, 202}
