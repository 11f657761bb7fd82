"""One line of JSON for every request and fault, for programs that gather logs.

No user, no address, no path but the route's own with {placeholders}, nothing after the question mark: who did what is
in the log of deeds, which has its own rules. `id` is the one that the proxy in front gave, or a new one.
"""

from __future__ import annotations

import json
import re
import sys
import traceback
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TextIO

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def request_id(given: str) -> str:
    """The id of a request: as it was given where it is one, else a new one."""
    return given if _ID.fullmatch(given) else uuid.uuid4().hex


class RequestLog:
    """Lines of JSON on a stream, stderr if none is named."""

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._stream, self._clock = stream, clock

    def request(self, name: str, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered: `seconds` until the answer began."""
        self._write("info", "request", id=name, method=method, route=route, status=status, seconds=round(seconds, 4))

    def fault(self, name: str, route: str, error: BaseException) -> None:
        """A fault of the program, with where it happened; its message could hold what was sent, and is left out."""
        places = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(error.__traceback__)]
        self._write("error", "fault", id=name, route=route, error=type(error).__name__, places=places)

    def say(self, level: str, event: str, **told: Any) -> None:
        """Something else that happened."""
        self._write(level, event, **told)

    def _write(self, level: str, event: str, **told: Any) -> None:
        at = self._clock().isoformat(timespec="milliseconds")
        line = json.dumps({"at": at, "level": level, "event": event, **told}, ensure_ascii=False)
        stream = self._stream or sys.stderr
        stream.write(f"{line}\n")  # one call: lines of several threads are never mixed
        stream.flush()
