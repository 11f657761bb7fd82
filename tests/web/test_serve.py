"""The server as a process and on a real socket: what it says at its start, what it refuses, and streams that stream."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.errors import ServeError
from beredt.web.app import create_app
from beredt.web.ending import let_go_at_end
from beredt.web.library import Library
from beredt.web.listening import listen, url_of
from beredt.web.parts import Parts
from beredt.web.settings import is_loopback
from tests.web.test_jobs import END, Played, wait_for

GRACE_S = 20
"""How long a server of these tests waits for requests under way."""


def get_json(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C of another system")
def test_it_says_where_it_is_serves_and_ends(folder: Path, tmp_path: Path) -> None:
    code = "from beredt.cli.app import main; main()"
    command = [
        sys.executable,
        "-c",
        code,
        "serve",
        str(folder),
        "--no-open",
        "--port",
        "0",
        "--data",
        str(tmp_path / "d"),
    ]
    with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = "".join(iter(server.stdout.readline, "}\n")) + "}"
        told = json.loads(said)
        assert told["studies"] == {"tiny": str(folder)}
        try:
            (head,) = get_json(f"{told['url']}api/studies")["studies"]
            assert head["usable"]
            stream = urllib.request.urlopen(f"{told['url']}api/studies/tiny/risk/events", timeout=30)
            assert stream.readline() == b"event: risk\n"
        finally:
            server.send_signal(signal.SIGINT)
        with stream:
            stream.read()  # to its end: a stream that is cut off raises IncompleteRead
        assert server.wait(30) in (0, -signal.SIGINT, 130)


def test_a_port_that_is_taken_is_told_before_anything_else(folder: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"port {port} is taken by another program: give another with --port"):
            listen("127.0.0.1", port)
        arguments = ["serve", str(folder), "--no-open", "--port", str(port), "--data", str(tmp_path / "data")]
        answer = CliRunner().invoke(build_app(), arguments)
        assert answer.exit_code == 1
        assert f"port {port} is taken" in answer.stderr
        assert "Traceback" not in answer.stderr


def test_a_study_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    arguments = ["serve", "asker-barum", "--no-open", "--data", str(tmp_path)]
    answer = CliRunner().invoke(build_app(), arguments)
    assert answer.exit_code == 2
    assert "asker-baerum" in answer.stderr, "the nearest name is told"


def test_a_host_that_is_none() -> None:
    with pytest.raises(ServeError, match="check --host and --port"):
        listen("203.0.113.7", 0)


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("10.0.0.1", False), ("localhost.evil.example", False), ("", False)],
)  # fmt: skip
def test_which_hosts_are_this_machine(host: str, local: bool) -> None:
    assert is_loopback(host) is local


def test_the_address_is_one_to_open() -> None:
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        assert url_of("127.0.0.1", listening) == f"http://127.0.0.1:{port}/"
        assert url_of("0.0.0.0", listening) == f"http://localhost:{port}/"
        assert url_of("::1", listening) == f"http://[::1]:{port}/"


@contextmanager
def running(parts: Parts) -> Iterator[str]:
    """A server on a free port of this process."""
    with listen("127.0.0.1", 0) as listening:
        app = create_app(parts)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=GRACE_S))
        let_go_at_end(app, server)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield url_of("127.0.0.1", listening)
        finally:
            server.should_exit = True
            thread.join()


def test_news_of_a_job_come_as_they_happen(library: Library, tmp_path: Path) -> None:
    played = Played(tmp_path / "jobs")
    with running(Parts(library, screen=tmp_path, jobs=played.queue)) as url:
        job = played.ask()
        with urllib.request.urlopen(f"{url}api/jobs/{job.id}/events", timeout=30) as stream:
            events = (json.loads(line[6:]) for line in stream if line.startswith(b"data: "))
            wait_for(lambda: played.queue.get(job.id).state == "running")
            first = next(events)
            assert first["state"] in ("waiting", "running")
            for done in (1, 2):
                played.tell(stage="Report", done=done, total=2)
                told = next(event for event in events if event["progress"])
                assert told["progress"] == {"stage": {"en": "Writing the report", "nb": "Skriver rapporten",
                                                      "nn": "Skriv rapporten"}, "done": done, "total": 2}  # fmt: skip
            played.tell(summary={})
            played.works[-1].lines.put(END)
            assert [event["state"] for event in events][-1] == "done"
            assert stream.read() == b"", "the stream ends with the job"


def test_who_follows_a_job_is_let_go_when_the_server_ends(library: Library, tmp_path: Path) -> None:
    played = Played(tmp_path / "jobs")
    with ExitStack() as later:
        with running(Parts(library, screen=tmp_path, jobs=played.queue)) as url:
            job = played.ask()
            stream = later.enter_context(urllib.request.urlopen(f"{url}api/jobs/{job.id}/events", timeout=30))
            stream.readline()
            began = time.monotonic()
        assert time.monotonic() - began < GRACE_S / 2, "nobody waited for the grace to pass"
        stream.read()  # to its end: a stream that is cut off raises IncompleteRead


def test_a_page_that_is_closed_does_not_keep_the_server_busy(library: Library, tmp_path: Path) -> None:
    played = Played(tmp_path / "jobs")
    with running(Parts(library, screen=tmp_path, jobs=played.queue)) as url:
        job = played.ask()
        with urllib.request.urlopen(f"{url}api/jobs/{job.id}/events", timeout=30) as stream:
            stream.readline()
        wait_for(lambda: not played.queue.listeners._waiting)
        began = time.monotonic()
        assert get_json(f"{url}api/jobs/{job.id}")["state"] in ("waiting", "running")
        assert time.monotonic() - began < 30
