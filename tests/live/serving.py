"""A live server in a process of its own, begun in no time: a process that has imported everything forks it.

Killed as often as one likes. The forked server reads no study and starts no thread before the fork.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

Forker = subprocess.Popen[str]
"""A process that forks servers."""

ROOT = Path(__file__).resolve().parents[2]


class Servers:
    """Servers over one log, one after the other, forked by a process that has imported everything."""

    def __init__(self, process: Forker, folder: Path, study: Path, database: str | None) -> None:
        self._process = process
        self._asked = json.dumps([str(folder), str(study), database])
        self.pid, self.url = 0, ""

    def start(self) -> None:
        """Begin another server, and wait until it answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{self._asked}\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        self.pid, self.url = told["pid"], told["url"]
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                self.get("picture")
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """End it at once, whatever it does."""
        os.kill(self.pid, signal.SIGKILL)

    def post(self, events: list[Any]) -> dict[str, Any]:
        """Send a batch."""
        body = json.dumps({"events": events}).encode()
        headers = {"content-type": "application/json"}
        asked = urllib.request.Request(f"{self.url}/api/live/events", body, headers)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def get(self, what: str) -> dict[str, Any]:
        """Ask for something."""
        with urllib.request.urlopen(f"{self.url}/api/live/{what}", timeout=20) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def end(self) -> None:
        """End the last one, if it has not been killed."""
        if self.pid:
            with suppress(ProcessLookupError):
                self.kill()


@contextmanager
def forking() -> Iterator[Forker]:
    """A process that forks servers: to import everything takes seconds, and is done once for all tests."""
    command = [sys.executable, "-c", "from tests.live.serving import main; main()"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(30)


@contextmanager
def servers(process: Forker, folder: Path, study: Path, database: str | None = None) -> Iterator[Servers]:
    """Servers of a study whose log lies in a folder, or in a PostgreSQL."""
    made = Servers(process, folder, study, database)
    try:
        yield made
    finally:
        made.end()


def main() -> None:
    """The process that forks servers: one for every line that it reads, until there are no more."""
    from beredt.simulation.kernel_cache import prepare_kernel_cache

    prepare_kernel_cache()
    import uvicorn

    from beredt.live.limits import LiveLimits
    from beredt.model.read import read_study
    from beredt.web.live import app, parts
    from beredt.web.settings import ServeSettings

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for servers that were killed
    studies: dict[str, Any] = {}
    for line in sys.stdin:
        where, study_folder, database = json.loads(line)
        folder = Path(where)
        limits, webhooks = folder / "limits.toml", folder / "webhooks.toml"
        if not limits.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            limits.write_text(f"late_s = {LiveLimits().late_s}\nhorizon_s = 1e9\n")
        if study_folder not in studies:
            studies[study_folder], _ = read_study(Path(study_folder))
        study = studies[study_folder]
        assert study is not None
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        child = os.fork()
        if child == 0:
            settings = ServeSettings((study_folder,), folder, port=port, open_browser=False, database=database)
            files = parts.LiveFiles(limits, webhooks=webhooks if webhooks.is_file() else None)
            made = parts.make_live_parts(settings, study, study.service, files)
            config = uvicorn.Config(app.create_live_app(made), port=port, log_level="critical", access_log=False)
            uvicorn.Server(config).run()
            os._exit(0)
        sys.stdout.write(json.dumps({"pid": child, "url": f"http://127.0.0.1:{port}"}) + "\n")
        sys.stdout.flush()
