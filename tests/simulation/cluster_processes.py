"""A real Dask cluster on this machine: a scheduler and workers, each a process of its own from Dask's command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import beredt
from tests.conftest import ROOT

SAME_MODULES = (ROOT, Path(beredt.__file__).parent.parent)
"""Where a worker finds what this process finds."""

DASK = str(Path(sys.executable).with_name("dask"))
PATIENCE_S = 60.0


def wait_until(happened: Callable[[], bool], what: str) -> None:
    """Wait for something, at most a minute."""
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.02)


@contextmanager
def process(log: Path, *words: str, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process for the length of a `with` block, killed after it; what it says goes to a file."""
    with log.open("wb") as file:
        started = subprocess.Popen(
            [DASK, *words], cwd=log.parent, env=os.environ | environment, stdout=file, stderr=file
        )
        try:
            yield started
        finally:
            started.kill()
            started.wait()


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """A scheduler that has no Beredt; gives its address."""
    hidden = folder / "without" / "beredt"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError('there is no Beredt here')\n")
    told = folder / "scheduler.json"
    words = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)]
    environment = {"PYTHONPATH": str(hidden.parent)}
    with process(folder / "scheduler.log", "scheduler", *words, environment=environment) as started:

        def has_begun() -> bool:
            assert started.poll() is None, (folder / "scheduler.log").read_text()
            return told.exists() and told.stat().st_size > 0

        wait_until(has_begun, "the start of the scheduler")
        yield str(json.loads(told.read_text())["address"])


@contextmanager
def worker(
    address: str,
    log: Path,
    *options: str,
    path: tuple[Path, ...] = SAME_MODULES,
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with one thread, without the nanny that would start it again; `path` is where it finds modules."""
    found = {"PYTHONPATH": os.pathsep.join(map(str, path))}
    words = [address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(log.parent)]
    words += ["--death-timeout", "30", *options]  # leave when the scheduler has: a test run may be broken off
    with process(log, "worker", *words, environment=found | dict(environment or {})) as started:
        yield started
