"""A publisher on this machine: answers in the forms of the real ones, and fails in the ways they do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it came in."""

    method: str
    path: str
    headers: Message
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. `cut_after` bytes the connection is closed; before every block `slow_s` pass."""

    content: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    slow_s: float = 0.0
    ranges: bool = False


Play = Callable[[Heard], Answer]


@dataclass(slots=True)
class Publisher:
    """Plays `answers` by path; a list is played one after the other, its last one for ever."""

    url: str = ""
    answers: dict[str, Answer | list[Answer] | Play] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def answer(self, heard: Heard) -> Answer:
        """What is played for a request."""
        with self._lock:
            self.heard.append(heard)
            play = self.answers.get(heard.path, self.answers.get(heard.path.split("?")[0], Answer(status=404)))
            if isinstance(play, list):
                return play.pop(0) if len(play) > 1 else play[0]
        return play if isinstance(play, Answer) else play(heard)


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A publisher that listens for as long as the block lasts."""
    publisher = Publisher()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._reply("GET")

        def do_POST(self) -> None:
            self._reply("POST")

        def log_message(self, *_: Any) -> None:
            """Quiet."""

        def _reply(self, method: str) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            _send(self, publisher.answer(Heard(method, self.path, self.headers, body)))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    publisher.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    begin, status, content = 0, answer.status, answer.content
    asked = handler.headers.get("Range", "")
    version = answer.headers.get("ETag") or answer.headers.get("Last-Modified")
    same = handler.headers.get("If-Range") in {None, version}
    if answer.ranges and asked and same and status == 200:
        begin, status = int(asked.removeprefix("bytes=").rstrip("-")), 206
    handler.send_response(status)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if status == 206:
        handler.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
    handler.send_header("Content-Length", str(len(content) - begin))
    handler.end_headers()
    sent = content[begin:] if answer.cut_after is None else content[begin : begin + answer.cut_after]
    time.sleep(answer.slow_s)
    try:
        handler.wfile.write(sent)
        handler.wfile.flush()
    except OSError:  # whoever asked has gone
        pass
    if answer.cut_after is not None:
        handler.close_connection = True
