"""Servers that share a queue, each a process that can be killed: one that has imported everything forks them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
        self._process = process

    def start(self) -> int:
        """Begin another server."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("start\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def forked_servers(folder: Path, address: str) -> Iterator[Forked]:
    """Servers over one database and one folder of jobs; those that live at the end are killed."""
    command = [sys.executable, "-c", "from tests.web.jobs.forked_servers import main; main()", str(folder), address]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as process:
        try:
            yield Forked(process)
        finally:
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
    """Fork a server for every line that is read; end them all when there are no more."""
    import beredt.web.jobs.shared_queue  # noqa: F401

    children = []
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(Path(sys.argv[1]), sys.argv[2])
            os._exit(0)
        children.append(child)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
    for child in children:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue
        os.waitpid(child, 0)
