"""How the web server itself says what it has to say: as it always does, or as lines of the log of requests."""

from __future__ import annotations

import copy
import logging
from typing import Any

from beredt.web.watch.request_log import RequestLog


class LinesOfLog(logging.Handler):
    """Writes a record as a line of JSON. Of a fault only its name: where it happened is in a line of its own."""

    def __init__(self, log: RequestLog) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        self._log.say(
            record.levelname.lower(), "server", logger=record.name, said=record.getMessage().partition("\n")[0]
        )


def uvicorn_log(log: RequestLog | None) -> dict[str, Any]:
    """The `log_config` of uvicorn."""
    from uvicorn.config import LOGGING_CONFIG

    config: dict[str, Any] = copy.deepcopy(LOGGING_CONFIG)
    if log is not None:
        handler = {"()": LinesOfLog, "log": log}
        config["handlers"] = {"default": handler, "access": handler}
    return config
