"""A server with a tiny study and a data folder, at which a small log in the form of AMIS is uploaded and read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from beredt.web.access.local import LocalAccess
from beredt.web.app import create_app
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import open_library
from beredt.web.logs.peek import read_header
from beredt.web.logs.shelf import LogShelf
from beredt.web.open_access import Access
from beredt.web.parts import Parts
from tests.missions.importing.log_writer import export
from tests.tiny_study import write_tiny_study
from tests.web.conftest import ADDRESS
from tests.web.done_here import DoneHere

LOGS = "/api/studies/tiny/logs"
ROWS = 300


@dataclass
class Desk:
    """A person at a browser: `data` is the server's folder, `token` what every change brings."""

    client: TestClient
    data: Path
    token: str = ""

    def send(self, method: str, path: str, **how: Any) -> Response:
        """What the page's script sends."""
        headers = {"x-beredt-csrf": self.token, **how.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **how)

    def upload(self, content: bytes, name: str = "amis.csv", **asked: Any) -> Response:
        """Send a log as the page does."""
        return self.send("POST", LOGS, params={"name": name, "size": len(content), **asked}, content=content)

    def work(self, path: str, question: dict[str, Any]) -> dict[str, Any]:
        """Ask for a job, and follow it to its end."""
        asked = self.send("POST", path, json=question)
        assert asked.status_code == 202, asked.text
        lines = self.client.get(f"/api/jobs/{asked.json()['id']}/events").text.splitlines()
        told: dict[str, Any] = json.loads([line for line in lines if line.startswith("data: ")][-1][6:])
        return told

    def kept(self) -> list[str]:
        """Names of what lies in the folder of logs."""
        folder = self.data / "logs"
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


Make = Callable[..., Parts]


def make_parts(base: Path, access: Access) -> Parts:
    """A server whose jobs are done in this process, and which reads headers here, too."""
    study = base / "tiny"
    if not study.is_dir():
        write_tiny_study(study)
    data = base / "data"
    shelf = LogShelf(data / "logs", data / "incoming", read_header)
    queue = JobQueue(data / "jobs", DoneHere)
    return Parts(open_library([str(study)], data), access, jobs=queue, logs=shelf, screen=base / "none")


def sit_down(client: TestClient, base: Path) -> Desk:
    """A person who has opened the page."""
    token = client.get("/api/session").json()["csrf"]
    return Desk(client, base / "data", token)


@pytest.fixture(scope="session")
def amis() -> bytes:
    """A log in the form of AMIS, in windows-1252, with faults of many kinds. Everything in it is made up."""
    return export(ROWS, seed=3).encode("windows-1252")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A server of one's own, with the guard of a single machine before it."""
    app = create_app(make_parts(tmp_path, LocalAccess()))
    with TestClient(app, base_url=ADDRESS) as client:
        yield sit_down(client, tmp_path)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, amis: bytes) -> Iterator[tuple[Desk, str]]:
    """A server at which the log is imported, and the address of the log. Whoever changes it says so in its name."""
    base = tmp_path_factory.mktemp("imported")
    with TestClient(create_app(make_parts(base, LocalAccess())), base_url=ADDRESS) as client:
        desk = sit_down(client, base)
        log = desk.upload(amis).json()
        address = f"{LOGS}/{log['id']}"
        job = desk.work(f"{address}/import", {"profile": log["header"]["best"]})
        assert job["state"] == "done", job["problem"]
        yield desk, address
