"""Work on the store of a log, asked for with the study as it is saved now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.study_run import lay_study
from beredt.web.library import Library
from beredt.web.logs.shelf import LogShelf
from beredt.web.routes.job_answers import JobOut, job_out

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def ask_of_log(
    kind: str,
    study: str,
    log: str,
    question: BaseModel,
    library: Library,
    shelf: LogShelf,
    queue: JobQueue,
    beside: Mapping[str, Any] = _NOTHING,
    lay: Callable[[Path], None] = lambda _folder: None,
) -> JobOut:
    """Put a job into the queue that knows the version of the store it is asked of.

    Args:
        kind: Of the job.
        study: Id of the study.
        log: Id of the log.
        question: What is asked; its fields are options of the job.
        library: Of studies.
        shelf: Of logs.
        queue: Of jobs.
        beside: More options of the job.
        lay: Lays what else it needs into the job's folder, beside the study.

    Raises:
        UnknownIdError: No such study, or no such log of it.
        OptionError: The log is not imported yet.
    """
    opened = library.get(study)
    read = opened.get_study()
    own = shelf.folder_of(shelf.get(study, log))
    own.get_store()
    options = {"study": study, "log": log, "version": own.version, **question.model_dump(), **beside}

    def lay_all(folder: Path) -> None:
        lay_study(opened.folder, folder)
        lay(folder)

    return job_out(queue.ask(kind, study, read.fingerprint, options, lay_all), queue)
