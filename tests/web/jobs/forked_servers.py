"""Servers that share a queue, each a process that can be killed: one that has imported everything forks them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
LOST_S = 2.0

WORK = """
import json, os, sys, threading, time
def end():
    os.read(0, 1)
    os._exit(1)
threading.Thread(target=end, daemon=True).start()
folder, server = sys.argv[1:]
def note(what):
    with open(folder + "/ran.txt", "a") as file:
        file.write(json.dumps([what, int(server), time.time()]) + "\\n")
note("begin")
print(json.dumps({"stage": "s", "done": 0, "total": 1}), flush=True)
seconds = json.load(open(folder + "/job.json"))["options"]["seconds"]
end_at = time.time() + seconds
while time.time() < end_at:
    time.sleep(0.02)
    note("lives")
print(json.dumps({"summary": {"by": int(server)}}), flush=True)
"""


class SmallWork:
    """A job that only takes its time; it ends with its server, as a real one does."""

    def __init__(self, folder: Path) -> None:
        (folder / "log.txt").touch()
        command = [sys.executable, "-S", "-c", WORK, str(folder), str(os.getpid())]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def messages(self) -> Iterator[Mapping[str, Any]]:
        """What it tells."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            yield json.loads(line)

    def wait(self) -> int:
        """Its exit code."""
        return self._process.wait()

    def stop(self) -> None:
        """Stop it."""
        self._process.kill()


class Forked:
    """Servers by their process ids."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process, self._begun = process, list[int]()

    def start(self, folder: Path, address: str) -> int:
        """Begin another server over a folder of jobs and a database."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(folder), address]) + "\n")
        self._process.stdin.flush()
        self._begun.append(int(self._process.stdout.readline()))
        return self._begun[-1]

    def kill(self) -> None:
        """End all that live."""
        for one in self._begun:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self._begun.clear()


@contextmanager
def forked_servers() -> Iterator[Forked]:
    """Makes servers; those that live at the end are killed."""
    command = [sys.executable, "-c", "from tests.web.jobs.forked_servers import main; main()"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as process:
        try:
            made = Forked(process)
            yield made
        finally:
            made.kill()
            assert process.stdin is not None
            process.stdin.close()
            process.wait(30)


def serve(folder: Path, address: str) -> None:
    """A server that does jobs until it is told to stop."""
    from beredt.web.jobs.job_table import open_job_database
    from beredt.web.jobs.shared_queue import SharedQueue

    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    queue = SharedQueue(folder / "jobs", open_job_database(folder, address), SmallWork, LOST_S)
    queue.start()
    stopped.wait()
    queue.close()


def main() -> None:
    """Fork a server for every line that is read."""
    import beredt.web.jobs.shared_queue  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            folder, address = json.loads(line)
            serve(Path(folder), address)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
