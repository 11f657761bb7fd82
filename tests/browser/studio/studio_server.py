"""A real server of Studio in a thread of its own, that can be stopped and started again at the same address."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread

import uvicorn

from beredt.web.app import create_app
from beredt.web.parts import make_parts
from beredt.web.settings import ServeSettings

PATIENCE_S = 60


@dataclass
class StudioServer:
    """Serves studies with everything a user's server has: the guard, the policy, the built screen.

    With a `certificate` and its key it speaks TLS, and asks for the accounts of its data folder.
    """

    studies: tuple[str, ...]
    data_folder: Path
    screen: Path
    port: int = 0
    certificate: tuple[Path, Path] | None = None
    _server: uvicorn.Server | None = field(default=None, init=False)
    _thread: Thread | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """Address without a slash at its end."""
        return f"{'https' if self.certificate else 'http'}://localhost:{self.port}"

    def start(self) -> None:
        """Listen at the port of the last time, at the first time at any that is free."""
        if self.port == 0:
            self.port = free_port()
        url = self.url if self.certificate else None  # an address with TLS lets others in, by accounts
        app = create_app(
            replace(make_parts(ServeSettings(self.studies, self.data_folder, url=url)), screen=self.screen)
        )
        certificate, key = self.certificate or (None, None)
        config = uvicorn.Config(
            app,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
        listening = socket.create_server(("127.0.0.1", self.port))
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [listening]}, name="studio", daemon=True)
        self._thread.start()
        begun = time.monotonic()
        while not self._server.started:
            assert time.monotonic() - begun < PATIENCE_S, "the server did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop listening, and end what is under way."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(PATIENCE_S)
            assert not self._thread.is_alive()
        self._server = self._thread = None


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as asked:
        return int(asked.getsockname()[1])
