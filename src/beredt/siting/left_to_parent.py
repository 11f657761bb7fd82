"""Ctrl-C in a worker process: left to the process that began it, which asks for a stop in its own way."""

from __future__ import annotations

import multiprocessing
import signal
import threading


def leave_stopping_to_parent() -> None:
    """In a worker process, ignore Ctrl-C from now on; elsewhere do nothing.

    A terminal sends Ctrl-C to all processes at once. A worker that dies of it in the middle of an answer takes the
    locks of its pool with it, and the others wait for ever.
    """
    if multiprocessing.parent_process() is not None and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
