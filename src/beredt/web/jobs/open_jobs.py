"""The queue of a server: its own in its data folder, or one that it shares with others over a PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.job_table import open_job_database
from beredt.web.jobs.shared_queue import SharedQueue

JOBS = "jobs"
"""Folder of all jobs in the data folder."""


def open_jobs(data_folder: Path, address: str | None) -> JobQueue:
    """The queue of a data folder; with an address, of all servers over that PostgreSQL and that folder.

    Raises OptionError when the PostgreSQL cannot be used.
    """
    folder = data_folder / JOBS
    return JobQueue(folder) if address is None else SharedQueue(folder, open_job_database(data_folder, address))
