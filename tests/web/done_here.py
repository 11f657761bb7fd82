"""Jobs done in the process of the test: no second Python has to begin, and faults keep their trace."""

from __future__ import annotations

import io
import json
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from beredt.errors import BeredtError
from beredt.web.errors import problem_of
from beredt.web.jobs.job_files import JOB_FILE
from beredt.web.jobs.work import Teller, works


class DoneHere:
    """Does a job when its messages are read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def messages(self) -> Iterator[dict[str, Any]]:
        """Do it, and tell all that it told."""
        told = io.BytesIO()
        job = json.loads((self._folder / JOB_FILE).read_text(encoding="utf-8"))
        try:
            summary = works()[job["kind"]](self._folder, job["options"], Teller(told))
            end = {"summary": summary}
        except BeredtError as error:
            end = {"problem": problem_of(error).model_dump()}
        except Exception:
            end = {"problem": {"title": "fault", "status": 500, "detail": traceback.format_exc()}}
        yield from (json.loads(line) for line in told.getvalue().splitlines())
        yield json.loads(json.dumps(end))

    def wait(self) -> int:
        """It is always done."""
        return 0

    def stop(self) -> None:
        """Nobody stops it."""


def done(browser: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    """A job when it has ended."""
    for _ in range(6_000):
        if job["state"] not in ("waiting", "running"):
            return job
        time.sleep(0.01)
        job = browser.get(f"/api/jobs/{job['id']}").json()
    raise AssertionError(f"it goes on and on: {job}")
