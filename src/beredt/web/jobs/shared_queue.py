"""The queue of several servers over one PostgreSQL and one data folder: whoever has time takes the next job.

A server says twice a second that it lives. When it has not for a while, its job is given to another one; when it cannot
(the database is gone), it stops its own work before that, so that no two ever write into one job's folder. A server
that is stopped gives its job back at once.
"""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from beredt.errors import OptionError, UnknownIdError
from beredt.web.jobs.job import AGAIN, ENDED, Job, Progress
from beredt.web.jobs.job_files import JobFiles
from beredt.web.jobs.job_queue import JobQueue, Work, failure_of, last_words
from beredt.web.jobs.job_table import JobTable
from beredt.web.jobs.listeners import Listeners
from beredt.web.jobs.process import WorkProcess

T = TypeVar("T")

LOST_S = 15.0
"""A server that has said nothing for so long is taken to be dead."""
STOPS_AFTER_S = 9.0
"""A server that could not say that it lives for so long stops its work: before others take it to be dead."""
LOOKS_EVERY_S = 0.5
MOST_TRIES = 3
"""A job that so many servers died of is not begun again."""


class SharedQueue(JobQueue):
    """As `JobQueue`, with all that it knows in a database that other servers change as well."""

    def __init__(
        self, folder: Path, engine: Engine, begin: Callable[[Path], Work] = WorkProcess, lost_s: float = LOST_S
    ) -> None:
        """Take over jobs that a server alone has kept in the folder.

        Args:
            folder: of all jobs, the same for all servers.
            engine: of the database.
            begin: makes the process that does a job, from the job's folder.
            lost_s: when a server is taken to be dead.
        """
        self.files, self.listeners, self._begin = JobFiles(folder), Listeners(), begin
        self._table = JobTable(engine, lost_s, MOST_TRIES)
        self._me, self._patience_s, self._closed = uuid.uuid4().hex, STOPS_AFTER_S / LOST_S * lost_s, Event()
        self._threads: list[Thread] = []
        for job in self.files.read_all().values():
            self._table.add(replace(job, state="interrupted") if job.state == "running" else job)

    def list_jobs(self) -> tuple[Job, ...]:
        """All jobs, the newest first."""
        return tuple(self._table.list_jobs())

    def get(self, job_id: str) -> Job:
        """One job as it is now. Raises UnknownIdError."""
        found = self._table.find(job_id)
        if found is None:
            raise UnknownIdError("job", job_id, [one.id for one in self._table.list_jobs()])
        return found

    def ask_again(self, job_id: str) -> Job:
        """Begin a job once more that did not come to its end. Raises UnknownIdError, and OptionError for others."""
        self.get(job_id)

        def again(job: Job) -> Job | None:
            if job.state not in AGAIN:
                remedy = "wait for it" if job.state not in ENDED else "ask for a new one"
                raise OptionError("job", job_id, f"it is {job.state} and cannot be begun again", remedy)
            return replace(job, state="waiting", begun_s=None, ended_s=None, said=(), problem=None, progress=None)

        found = self._table.change(job_id, None, again, anew=True)
        assert found is not None
        self.listeners.tell()
        return found

    def cancel(self, job_id: str) -> Job:
        """Stop a job, or take it out of the queue; one that has ended stays as it is. Raises UnknownIdError."""

        def cancelled(job: Job) -> Job | None:
            if job.state in ENDED:
                return None
            return replace(job, state="cancelled", ended_s=time.time(), progress=None)

        self.get(job_id)
        found = self._table.change(job_id, None, cancelled)
        self.listeners.tell()
        return found or self.get(job_id)

    def remove(self, job_id: str) -> None:
        """Throw away a job and all it made; one that has not ended is cancelled first. Raises UnknownIdError."""
        job = self.cancel(job_id)
        while self._table.is_held(job_id):
            time.sleep(LOOKS_EVERY_S / 5)
        self._table.remove(job_id)
        self.files.remove(job)
        self.listeners.tell()

    def start(self) -> None:
        """Begin to take jobs, and to look at what other servers do, in threads."""
        self._closed.clear()
        work, watch = Thread(target=self._take_on, daemon=True), Thread(target=self._look_on, daemon=True)
        self._threads = [work, watch]
        for thread in self._threads:
            thread.start()

    def is_working(self) -> bool:
        """Whether jobs are taken."""
        return bool(self._threads) and all(thread.is_alive() for thread in self._threads)

    def close(self) -> None:
        """Stop, and give back what is under way: another server begins it anew."""
        self._closed.set()
        for thread in self._threads:
            thread.join()

    def _queue(self, job: Job) -> Job:
        self.files.write(job)  # from which its process reads what to do
        self._table.add(job)
        self.listeners.tell()
        return job

    def _take_on(self) -> None:
        while not self._closed.is_set():
            try:
                taken = self._table.take(self._me, lambda job: replace(job, state="running", begun_s=time.time()))
                if taken is not None:
                    self._do(*taken)
                    continue
            except DBAPIError as error:
                sys.stderr.write(f"jobs wait: the database does not answer ({str(error.orig).partition(chr(10))[0]})\n")
            self._closed.wait(LOOKS_EVERY_S)

    def _look_on(self) -> None:
        """Wake pages when somebody else has changed something."""
        seen = (-1, -1)
        while not self._closed.wait(LOOKS_EVERY_S):
            try:
                now = self._table.stamp()
            except DBAPIError:
                continue
            if now != seen:
                seen = now
                self.listeners.tell()

    def _do(self, job: Job, tries: int) -> None:
        if self._table.is_worn_out(tries):
            self._change(job.id, lambda one: self._end(one, "failed", problem=failure_of(
                f"{tries} servers ended while they did it: look at their logs, then begin it again")))  # fmt: skip
            return
        self.files.clear(job.id)
        try:
            work = self._begin(self.files.folder_of(job.id))
        except OSError as error:
            detail = f"no process could be begun for it: {error.strerror or error}"
            self._change(job.id, lambda one: self._end(one, "failed", problem=failure_of(detail)))
            return
        done = Event()
        beating = Thread(target=self._beat, args=(job.id, work, done), daemon=True)
        beating.start()
        for message in work.messages():
            self._tell_of(job.id, message)
        code = work.wait()
        done.set()
        beating.join()
        self._finish(job.id, code)

    def _beat(self, job_id: str, work: Work, done: Event) -> None:
        """Say that we live; stop the work when it is no longer ours, when we end, or when nobody can hear us."""
        heard = time.monotonic()
        while not done.wait(LOOKS_EVERY_S):
            asked = time.monotonic()
            try:
                mine, heard = self._table.beat(job_id, self._me), asked
            except DBAPIError:
                mine = asked - heard < self._patience_s
            if not mine or self._closed.is_set():
                work.stop()
                return

    def _tell_of(self, job_id: str, message: Mapping[str, Any]) -> None:
        """Take what the process tells: progress, a line, or its end."""
        if "stage" in message:
            told = Progress(str(message["stage"]), int(message["done"]), int(message["total"]), time.time())

            def further(job: Job) -> Job:
                same = job.progress is not None and job.progress.stage == told.stage
                begun_s = job.progress.begun_s if same and job.progress is not None else told.begun_s
                return replace(job, progress=replace(told, begun_s=begun_s))

            self._change(job_id, further)
        elif "say" in message:
            self._change(job_id, lambda job: job.saying(str(message["say"])))
        elif "summary" in message:
            self._change(job_id, lambda job: self._end(job, "done", summary=message["summary"]))
        elif "problem" in message:
            self._change(job_id, lambda job: self._end(job, "failed", problem=message["problem"]))

    def _finish(self, job_id: str, code: int) -> None:
        """The process is gone: without a word of its own that is a failure, unless we are told to end."""

        def ended(job: Job) -> Job | None:
            if job.state != "running":
                return None
            if self._closed.is_set():
                return replace(job, state="waiting", begun_s=None, progress=None)
            words = last_words(self.files.folder_of(job_id), code)
            return self._end(job, "failed", problem=failure_of(words))

        job = self._change(job_id, ended, anew=self._closed.is_set())
        self._try(lambda: self._table.let_go(job_id, self._me))
        if job is not None and job.state in ENDED:
            self.files.write(job)

    def _change(self, job_id: str, how: Callable[[Job], Job | None], *, anew: bool = False) -> Job | None:
        """Change a job that is ours and runs still; `anew`: give it back."""

        def change(job: Job) -> Job | None:
            return None if job.state != "running" else how(job)

        job = self._try(lambda: self._table.change(job_id, self._me, change, anew=anew))
        self.listeners.tell()
        return job

    def _try(self, what: Callable[[], T]) -> T | None:
        """Ask the database until it answers; None when it has not for so long that the job is no longer ours."""
        begun = time.monotonic()
        while time.monotonic() - begun < self._patience_s:
            try:
                return what()
            except DBAPIError:
                time.sleep(LOOKS_EVERY_S)
        return None
