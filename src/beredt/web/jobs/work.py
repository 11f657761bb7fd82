"""The process of a job: `python -m beredt.web.jobs.work FOLDER` does what the folder's `job.json` asks for."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread
from typing import Any, BinaryIO

from beredt.errors import BeredtError
from beredt.web.jobs.job_files import JOB_FILE

POLITE = 5
"""Added to the niceness: whoever looks at a page goes first."""

GREAT_TABLES = ("log_import", "log_report", "log_forecast")
"""Kinds of jobs that work on logs of millions of missions."""


class Teller:
    """Tells the server how far the work has come, one JSON object a line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._lock = stream, Lock()

    def progress(self, stage: str, done: int, total: int) -> None:
        """A stage has come so far."""
        self.tell({"stage": stage, "done": done, "total": total})

    def say(self, line: str) -> None:
        """Say something worth reading."""
        self.tell({"say": line})

    def tell(self, message: dict[str, Any]) -> None:
        """Send one message."""
        with self._lock:
            self._stream.write(json.dumps(message).encode() + b"\n")
            self._stream.flush()


def main(arguments: list[str]) -> int:
    """Do a job and tell what came of it; 0 when it was done."""
    folder = Path(arguments[0])
    teller = Teller(_own_stream())
    Thread(target=_end_with_server, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(POLITE)
    try:
        job = json.loads((folder / JOB_FILE).read_text(encoding="utf-8"))
        teller.tell({"summary": _do(job["kind"], folder, job["options"], teller)})
    except BeredtError as error:
        from beredt.web.errors import problem_of

        teller.tell({"problem": problem_of(error).model_dump()})
        return 1
    except Exception as error:
        traceback.print_exc()
        from beredt.web.errors import fault_problem

        teller.tell({"problem": fault_problem(error, "while doing the job").model_dump()})
        return 1
    return 0


def _do(kind: str, folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    if kind in GREAT_TABLES:
        from beredt.missions.kept_memory import keep_memory

        keep_memory()  # before polars is imported
    from beredt.simulation.kernel_cache import prepare_kernel_cache

    prepare_kernel_cache()
    return works()[kind](folder, options, teller)


def works() -> dict[str, Callable[[Path, dict[str, Any], Teller], dict[str, Any]]]:
    """What each kind of job does. Another kind is another line here."""
    from beredt.web.jobs.dimension_study import dimension_job
    from beredt.web.jobs.log_forecast import LOG_FORECAST, forecast_job
    from beredt.web.jobs.log_import import LOG_IMPORT, import_job
    from beredt.web.jobs.log_report import LOG_REPORT, report_job
    from beredt.web.jobs.log_review import LOG_REVIEW, review_job
    from beredt.web.jobs.major_study import major_job
    from beredt.web.jobs.roster_study import roster_job
    from beredt.web.jobs.site_study import site_job
    from beredt.web.jobs.standby_study import policies_job, tasks_job
    from beredt.web.jobs.study_run import run_job

    return {
        "site": site_job,
        "dimension": dimension_job,
        "roster": roster_job,
        "major": major_job,
        "tasks": tasks_job,
        "policies": policies_job,
        "run": run_job,
        LOG_IMPORT: import_job,
        LOG_REPORT: report_job,
        LOG_REVIEW: review_job,
        LOG_FORECAST: forecast_job,
    }


def _own_stream() -> BinaryIO:
    """The standard output, kept for messages alone: what else is printed goes to the log."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own


def _end_with_server() -> None:
    """Wait until the server is gone, which closes the standard input, and end with all that was started here."""
    while os.read(sys.stdin.fileno(), 1024):  # not through a buffer, whose lock would be in the way at the end
        pass
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        import signal

        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
