"""A lock between the processes of one machine, given up by a process that dies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold a lock on a file for the length of a `with` block; others wait.

    The file stays; only the hold on it counts. Where the system has no such locks (Windows), nobody waits: all then
    do the same work at once, which costs time only.

    Args:
        path: of the lock file, made if need be; its folder exists.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
