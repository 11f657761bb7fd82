"""Where mission logs lie in the data folder of a server."""

from __future__ import annotations

from pathlib import Path

from beredt.web.logs.shelf import LogShelf

LOGS, INCOMING = "logs", "incoming"
"""Folder of all mission logs, and the one in which people lay files and stores beside the server."""


def open_shelf(data_folder: Path) -> LogShelf:
    """The mission logs of a data folder."""
    return LogShelf(data_folder / LOGS, data_folder / INCOMING)


def shelf_of_job(job_folder: Path) -> LogShelf:
    """The mission logs of the data folder in which a job lies."""
    return open_shelf(job_folder.parent.parent)
