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
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class Servers:
    """Servers over one log, one after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.pid, self.url = 0, ""

    def start(self) -> None:
        """Begin another server, and wait until it answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("start\n")
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


@contextmanager
def servers(folder: Path, study: Path, database: str | None = None) -> Iterator[Servers]:
    """Servers of a study whose log lies in a folder, or in a PostgreSQL."""
    command = [sys.executable, "-c", "from tests.live.serving import main; main()", str(folder), str(study)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, database or ""],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    ) as process:
        try:
            yield Servers(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(30)


def main() -> None:
    """The process that forks servers: one for every line that it reads, until there are no more."""
    from beredt.simulation.kernel_cache import prepare_kernel_cache

    prepare_kernel_cache()
    import uvicorn

    from beredt.live.limits import LiveLimits
    from beredt.model.read import read_study
    from beredt.web.live import app, parts
    from beredt.web.settings import ServeSettings

    folder, study_folder, database = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] or None
    study, _ = read_study(study_folder)
    assert study is not None
    limits = folder / "limits.toml"
    folder.mkdir(parents=True, exist_ok=True)
    limits.write_text(f"late_s = {LiveLimits().late_s}\nhorizon_s = 1e9\n")
    children = []
    for _ in sys.stdin:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        child = os.fork()
        if child == 0:
            settings = ServeSettings((str(study_folder),), folder, port=port, open_browser=False, database=database)
            made = parts.make_live_parts(settings, study, study.service, parts.LiveFiles(limits))
            config = uvicorn.Config(app.create_live_app(made), port=port, log_level="critical", access_log=False)
            uvicorn.Server(config).run()
            os._exit(0)
        children.append(child)
        sys.stdout.write(json.dumps({"pid": child, "url": f"http://127.0.0.1:{port}"}) + "\n")
        sys.stdout.flush()
    for child in children:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue
        os.waitpid(child, 0)
