"""The process in which a job is done, seen from the server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from beredt.web.jobs.job_files import LOG_FILE

PATIENCE_S = 5.0
"""How long a process that was told to stop may take before it is stopped outright."""


class WorkProcess:
    """A process and all that it starts, which live and die together.

    It tells how far it has come on its standard output, one JSON object a line, and what else it says goes to a file
    in the job's folder. Its standard input stays open as long as the server lives: when it closes, it ends itself.
    """

    def __init__(self, folder: Path) -> None:
        with (folder / LOG_FILE).open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "beredt.web.jobs.work", str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=os.name != "nt",
            )

    def messages(self) -> Iterator[dict[str, Any]]:
        """What it tells, until it ends."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                message = json.loads(line)
            except ValueError:
                continue
            if isinstance(message, dict):
                yield message

    def wait(self) -> int:
        """Its exit code, after its pipes are closed."""
        code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        return code

    def stop(self) -> None:
        """Stop it and all that it has started; at once where asking does not help."""
        if self._process.poll() is not None:
            return
        self._signal(hard=False)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE_S)
        self._signal(hard=True)  # what it started may have outlived it

    def _signal(self, *, hard: bool) -> None:
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(self._process.pid)], capture_output=True, check=False)
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL if hard else signal.SIGTERM)
