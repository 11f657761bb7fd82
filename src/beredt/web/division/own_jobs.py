"""The queue as one organisation sees it: no route gets another one, so no route can tell of the jobs of others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from beredt.errors import NotYoursError, UnknownIdError
from beredt.web.jobs.job import Job
from beredt.web.jobs.job_files import JobFiles
from beredt.web.jobs.job_queue import JobQueue

OF_LOG = "log"
"""The option of a job that names the mission log that it is about."""


class OwnJobs(JobQueue):
    """The jobs of an organisation in the one queue, and those of others whose results it may see."""

    def __init__(
        self, whole: JobQueue, organisation: str, studies: Collection[str], results_of: Collection[str] = ()
    ) -> None:
        """Everything is asked of the one queue, which the server starts and ends.

        Args:
            whole: the one queue.
            organisation: whose jobs these are.
            studies: that it opens; jobs of others are not seen.
            results_of: those of which it sees the jobs of all but for such as are about a mission log.
        """
        self._whole, self._organisation = whole, organisation
        self._studies, self._results_of = frozenset(studies), frozenset(results_of)
        self.listeners = whole.listeners
        self.files = _OwnFiles(whole.files, self)

    def list_jobs(self) -> tuple[Job, ...]:
        """Those that are seen, the newest first."""
        return tuple(job for job in self._whole.list_jobs() if self._sees(job))

    def get(self, job_id: str) -> Job:
        """One of them. Raises UnknownIdError for any other, be it there or not."""
        try:
            job = self._whole.get(job_id)
        except UnknownIdError:
            job = None
        if job is None or not self._sees(job):
            raise UnknownIdError("job", job_id, [one.id for one in self.list_jobs()])
        return job

    def ask(
        self,
        kind: str,
        study: str,
        fingerprint: str,
        options: Mapping[str, Any],
        prepare: Callable[[Path], None],
        organisation: str = "",
    ) -> Job:
        """Put a job of this organisation into the queue; see :meth:`JobQueue.ask`."""
        del organisation  # it is always this one
        return self._whole.ask(kind, study, fingerprint, options, prepare, self._organisation)

    def ask_again(self, job_id: str) -> Job:
        """Begin an own job once more. Raises UnknownIdError, NotYoursError, and OptionError for others."""
        return self._whole.ask_again(self._own(job_id))

    def cancel(self, job_id: str) -> Job:
        """Stop an own job. Raises UnknownIdError and NotYoursError."""
        return self._whole.cancel(self._own(job_id))

    def remove(self, job_id: str) -> None:
        """Throw away an own job with all it made. Raises UnknownIdError and NotYoursError."""
        self._whole.remove(self._own(job_id))

    def start(self) -> None:
        """Nothing: the one queue is started by the server."""

    def close(self) -> None:
        """Nothing: the one queue is closed by the server."""

    def is_working(self) -> bool:
        """Whether jobs are done."""
        return self._whole.is_working()

    def _sees(self, job: Job) -> bool:
        if job.study not in self._studies:
            return False
        return job.organisation == self._organisation or (job.study in self._results_of and OF_LOG not in job.options)

    def _own(self, job_id: str) -> str:
        job = self.get(job_id)
        if job.organisation != self._organisation:
            raise NotYoursError("another organisation has asked for this job: only it, and whoever looks after this "
                                "server, can stop it, throw it away or begin it again")  # fmt: skip
        return job.id


class _OwnFiles(JobFiles):
    """The folders of jobs that are seen, and no others."""

    def __init__(self, whole: JobFiles, jobs: OwnJobs) -> None:
        self._whole, self._jobs = whole, jobs

    def folder_of(self, job_id: str) -> Path:
        """Where a job lies. Raises UnknownIdError for one that is not seen."""
        return self._whole.folder_of(self._jobs.get(job_id).id)

    def read_all(self) -> dict[str, Job]:
        """All that are seen."""
        return {job.id: job for job in self._jobs.list_jobs()}
