"""An address of its own for whoever watches a server: health with reasons, and metrics. No proxy leads to it.

It has no accounts, since what is told there is about nobody; so it listens to this machine only, unless another address
is named, and answers nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from beredt.errors import OptionError
from beredt.web.listening import listen
from beredt.web.settings import LOCALHOST
from beredt.web.watch.health_routes import LIVE, READY
from beredt.web.watch.metrics import FORM
from beredt.web.watch.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

METRICS = "/metrics"
HIGHEST_PORT = 65_535


def watch_app(watch: Watch) -> Starlette:
    """What is told at the address."""

    def get_live(request: Request) -> Response:
        del request
        return JSONResponse({"live": True})

    def get_ready(request: Request) -> Response:
        del request
        found = watch.health.look()
        ready = watch.health.is_ready(found)
        parts = {name: one._asdict() for name, one in found.items()}
        return JSONResponse({"ready": ready, "parts": parts}, 200 if ready else 503)

    def get_metrics(request: Request) -> Response:
        del request
        return Response(watch.metrics.text(), media_type=FORM)

    return Starlette(routes=[Route(LIVE, get_live), Route(READY, get_ready), Route(METRICS, get_metrics)])


@contextmanager
def watched(address: str | None, watch: Watch, tell: Callable[[str], None] | None = None) -> Iterator[None]:
    """Listen at `[HOST:]PORT` for as long as a server runs; at None nobody does.

    Raises:
        OptionError: that is no address.
        ServeError: it cannot be taken.
    """
    if address is None:
        yield
        return
    import uvicorn

    host, port = read_address(address)
    with listen(host, port) as listening:
        config = uvicorn.Config(watch_app(watch), log_level="warning", access_log=False, server_header=False)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, args=([listening],), name="watched", daemon=True)
        thread.start()
        if tell is not None:
            tell(f"{host}:{listening.getsockname()[1]}")
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()
            watch.health.close()


def read_address(text: str) -> tuple[str, int]:
    """Host and port of `[HOST:]PORT`. Raises OptionError."""
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or int(port) > HIGHEST_PORT:
        raise OptionError("--watch", text, "that is no address", "write it as 9770, or as 10.0.0.5:9770")
    return host.strip("[]") or LOCALHOST, int(port)
