"""Work on the store of a log, asked for with the study as it is saved now."""

from __future__ import annotations

from pydantic import BaseModel

from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.study_run import lay_study
from beredt.web.library import Library
from beredt.web.logs.shelf import LogShelf
from beredt.web.routes.job_answers import JobOut, job_out


def ask_of_log(
    kind: str, study: str, log: str, question: BaseModel, library: Library, shelf: LogShelf, queue: JobQueue
) -> JobOut:
    """Put a job into the queue that knows the version of the store it is asked of.

    Raises:
        UnknownIdError: No such study, or no such log of it.
        OptionError: The log is not imported yet.
    """
    opened = library.get(study)
    read = opened.get_study()
    own = shelf.folder_of(shelf.get(study, log))
    own.get_store()
    options = {"study": study, "log": log, "version": own.version, **question.model_dump()}
    job = queue.ask(kind, study, read.fingerprint, options, lambda folder: lay_study(opened.folder, folder))
    return job_out(job, queue)
