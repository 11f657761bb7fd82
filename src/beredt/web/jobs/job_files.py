"""Jobs on disk: one folder each, which stays when the server stops."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from beredt.errors import OptionError, UnknownIdError
from beredt.web.jobs.job import ENDED, ID, Job

JOB_FILE = "job.json"
STUDY, OUT = "study", "out"
LOG_FILE = "log.txt"


class JobFiles:
    """The folders of all jobs below one folder; with None for it there are no jobs, and none can be."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def folder_of(self, job_id: str) -> Path:
        """Where a job lies, be it there or not. Raises UnknownIdError for what is not an id: no path gets through."""
        if self._folder is None:
            raise OptionError("job", job_id, "this server keeps no jobs", "start it with a data folder")
        if not ID.match(job_id):
            raise UnknownIdError("job", job_id)
        return self._folder / job_id

    def read_all(self) -> dict[str, Job]:
        """All jobs that can be read, oldest first. Folders without a whole `job.json` are left alone."""
        found: dict[str, Job] = {}
        if self._folder is None:
            return found
        for path in sorted(self._folder.glob(f"*/{JOB_FILE}")):
            try:
                job = Job.from_json(json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError, KeyError):
                continue
            if job.id == path.parent.name and ID.match(job.id):
                found[job.id] = job
        return found

    def write(self, job: Job) -> None:
        """Keep a job as it is now, in one step."""
        folder = self.folder_of(job.id)
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{JOB_FILE}"
        draft.write_text(json.dumps(job.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(draft, folder / JOB_FILE)

    def clear(self, job_id: str) -> None:
        """Throw away what a job has made, but not what it is made from."""
        shutil.rmtree(self.folder_of(job_id) / OUT, ignore_errors=True)

    def remove(self, job: Job) -> None:
        """Throw a job away that has ended, with all it made."""
        if job.state in ENDED:
            shutil.rmtree(self.folder_of(job.id), ignore_errors=True)
