"""The queue of jobs: one is done at a time, the others wait; each stays where it is when the server stops."""

from __future__ import annotations

import shutil
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from threading import Condition, Thread
from typing import Any, Protocol

from beredt.errors import OptionError, UnknownIdError
from beredt.web.errors import title_of
from beredt.web.faults import Problem
from beredt.web.jobs.job import AGAIN, ENDED, Job, Progress, State, new_id
from beredt.web.jobs.job_files import LOG_FILE, JobFiles
from beredt.web.jobs.listeners import Listeners
from beredt.web.jobs.process import WorkProcess

LOG_TAIL = 2_000
"""Letters from the end of a job's log that are told when it ended without a word."""


class Work(Protocol):
    """A process that does a job."""

    def messages(self) -> Iterable[Mapping[str, Any]]: ...  # noqa: D102
    def wait(self) -> int: ...  # noqa: D102
    def stop(self) -> None: ...  # noqa: D102


class JobQueue:
    """All jobs of a data folder. Every method may be called from any thread."""

    def __init__(self, folder: Path | None, begin: Callable[[Path], Work] = WorkProcess) -> None:
        """Look at what is there: a job that a stopped server left undone is marked as interrupted.

        Args:
            folder: of all jobs, made when the first one is asked for; None for a server that does none.
            begin: makes the process that does a job, from the job's folder.
        """
        self.files = JobFiles(folder)
        self.listeners = Listeners()
        self._begin = begin
        self._changed = Condition()
        self._jobs = self.files.read_all()
        self._waiting: deque[str] = deque()
        self._running: tuple[str, Work] | None = None
        self._closing = False
        self._thread: Thread | None = None
        for job in list(self._jobs.values()):
            if job.state not in ENDED:
                self._put(replace(job, state="interrupted", ended_s=time.time()))

    # ---- asked for by people

    def list_jobs(self) -> tuple[Job, ...]:
        """All jobs, the newest first."""
        with self._changed:
            return tuple(sorted(self._jobs.values(), key=lambda job: job.id, reverse=True))

    def get(self, job_id: str) -> Job:
        """One job as it is now. Raises UnknownIdError."""
        with self._changed:
            if job_id not in self._jobs:
                raise UnknownIdError("job", job_id, self._jobs)
            return self._jobs[job_id]

    def find_before(self, job: Job) -> Job | None:
        """The last finished job of the same kind and study, by which the length of this one is guessed."""
        return next(
            (one for one in self.list_jobs() if (one.kind, one.study, one.state) == (job.kind, job.study, "done")), None
        )

    def ask(
        self,
        kind: str,
        study: str,
        fingerprint: str,
        options: Mapping[str, Any],
        prepare: Callable[[Path], None],
        organisation: str = "",
    ) -> Job:
        """Put a job of an organisation into the queue; `prepare` lays into its folder what it is made from.

        Raises OptionError when the folder cannot be written.
        """
        now_s = time.time()
        job = Job(
            id=new_id(now_s),
            kind=kind,
            study=study,
            fingerprint=fingerprint,
            options=dict(options),
            asked_s=now_s,
            organisation=organisation,
        )
        folder = self.files.folder_of(job.id)
        try:
            folder.mkdir(parents=True)
            prepare(folder)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            message = f"nothing can be kept in {folder.parent}: {error.strerror or error}"
            raise OptionError("job", kind, message, "make room there, or give another folder with --data") from error
        return self._queue(job)

    def ask_again(self, job_id: str) -> Job:
        """Begin a job once more that did not come to its end. Raises UnknownIdError, and OptionError for others."""
        job = self.get(job_id)
        if job.state not in AGAIN:
            remedy = "wait for it" if job.state not in ENDED else "ask for a new one"
            raise OptionError("job", job_id, f"it is {job.state} and cannot be begun again", remedy)
        self.files.clear(job_id)
        return self._queue(
            replace(job, state="waiting", begun_s=None, ended_s=None, said=(), problem=None, progress=None)
        )

    def cancel(self, job_id: str) -> Job:
        """Stop a job, or take it out of the queue; one that has ended stays as it is. Raises UnknownIdError."""
        with self._changed:
            job = self.get(job_id)
            if job.state in ENDED:
                return job
            job = self._put(replace(job, state="cancelled", ended_s=time.time(), progress=None))
            if job_id in self._waiting:
                self._waiting.remove(job_id)
            running = self._running
        if running is not None and running[0] == job_id:
            running[1].stop()
        return job

    def remove(self, job_id: str) -> None:
        """Throw away a job and all it made; one that has not ended is cancelled first. Raises UnknownIdError."""
        job = self.cancel(job_id)
        with self._changed:
            self._changed.wait_for(lambda: self._running is None or self._running[0] != job_id)
            self.files.remove(job)
            del self._jobs[job_id]
        self.listeners.tell()

    # ---- the work

    def start(self) -> None:
        """Begin to work off the queue, in a thread."""
        self._closing = False
        self._thread = Thread(target=self._work, name="jobs", daemon=True)
        self._thread.start()

    def is_working(self) -> bool:
        """Whether the queue is worked off."""
        return self._thread is not None and self._thread.is_alive()

    def close(self) -> None:
        """Stop: what is under way is interrupted, what waits is kept as interrupted, and both can be begun again."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            undone = [job for job in self._jobs.values() if job.state not in ENDED]
            for job in undone:
                self._put(replace(job, state="interrupted", ended_s=time.time(), progress=None))
            running = self._running
        if running is not None:
            running[1].stop()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or bool(self._waiting))
                if self._closing:
                    return
                job_id = self._waiting.popleft()
                self._put(replace(self._jobs[job_id], state="running", begun_s=time.time()))
                try:
                    work = self._begin(self.files.folder_of(job_id))
                except OSError as error:
                    self._failed(job_id, f"no process could be begun for it: {error.strerror or error}")
                    continue
                self._running = (job_id, work)
            for message in work.messages():
                self._hear(job_id, message)
            code = work.wait()
            with self._changed:
                self._running = None
                self._ended(job_id, code)
                self._changed.notify_all()

    def _hear(self, job_id: str, message: Mapping[str, Any]) -> None:
        """Take what the process tells: progress, a line, or its end."""
        with self._changed:
            job = self._jobs[job_id]
            if job.state != "running":
                return
            if "stage" in message:
                last = job.progress
                same = last is not None and last.stage == message["stage"]
                begun_s = last.begun_s if same and last is not None else time.time()
                progress = Progress(str(message["stage"]), int(message["done"]), int(message["total"]), begun_s)
                self._put(replace(job, progress=progress), keep=False)
            elif "say" in message:
                self._put(job.saying(str(message["say"])))
            elif "summary" in message:
                self._put(self._end(job, "done", summary=message["summary"]))
            elif "problem" in message:
                self._put(self._end(job, "failed", problem=message["problem"]))

    def _ended(self, job_id: str, code: int) -> None:
        """The process is gone: without a word of its own, that is a failure."""
        if self._jobs[job_id].state == "running":
            self._failed(job_id, last_words(self.files.folder_of(job_id), code))

    def _failed(self, job_id: str, detail: str) -> None:
        self._put(self._end(self._jobs[job_id], "failed", problem=failure_of(detail)))

    @staticmethod
    def _end(job: Job, state: State, **found: Any) -> Job:
        return replace(job, state=state, ended_s=time.time(), progress=None, **found)

    def _queue(self, job: Job) -> Job:
        with self._changed:
            self._put(job)
            self._waiting.append(job.id)
            self._changed.notify_all()
        return job

    def _put(self, job: Job, *, keep: bool = True) -> Job:
        self._jobs[job.id] = job
        if keep:
            try:
                self.files.write(job)
            except OSError as error:  # a full disk must not stop the queue; what is in memory stays true
                sys.stderr.write(f"The job {job.id} could not be kept: {error}\n")
        self.listeners.tell()
        return job


def failure_of(detail: str) -> dict[str, Any]:
    """Why a job failed, as a problem."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return Problem(title=title_of(status), status=status, detail=detail).model_dump()


def last_words(folder: Path, code: int) -> str:
    """What the process of a job left behind that ended without a word of its own."""
    log = (folder / LOG_FILE).read_text(encoding="utf-8", errors="replace")
    return f"the work ended with code {code} before it was done. Its last words: {log[-LOG_TAIL:] or 'none'}"
