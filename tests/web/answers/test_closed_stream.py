"""A page that is gone: a real server notices, and stops what nobody waits for any more."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import uvicorn

from beredt.web.answers.engine import Engine
from beredt.web.app import create_app
from beredt.web.library import open_library
from beredt.web.parts import Parts
from tests.tiny_study import write_tiny_study

PATIENCE_S = 240.0


@contextmanager
def serving(parts: Parts) -> Iterator[int]:
    """A server in a thread, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(parts), log_level="warning", timeout_graceful_shutdown=1))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(30)


def test_closing_the_stream_stops_the_work(tmp_path: Path) -> None:
    engine = Engine(1)
    parts = Parts(
        open_library([str(write_tiny_study(tmp_path / "tiny"))], tmp_path / "data"),
        engine=engine,
        screen=tmp_path / "no-screen",
    )
    edits = [{"edit": "move_station", "station": "st-west", "lat": 59.905, "lon": 10.53}]
    question = {"page": "p", "ticket": 1, "of": [{"id": "draft", "edits": edits}], "replications": 200}
    with serving(parts) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        headers = {"content-type": "application/json"}
        connection.request("POST", "/api/studies/tiny/answers", json.dumps(question), headers)
        response = connection.getresponse()
        lines = iter(response.readline, b"")
        assert any(line == b"event: answer\n" for line in lines)
        connection.sock.close() if connection.sock else None
        response.close()
        until = time.monotonic() + PATIENCE_S
        while engine.stage().name != "idle" and time.monotonic() < until:
            time.sleep(0.02)
        kept = len(engine._kept._tallies)
        time.sleep(0.5)
        assert len(engine._kept._tallies) == kept < 400
