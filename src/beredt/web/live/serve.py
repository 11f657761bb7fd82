"""Run the live server: read the study and the log, listen, say where."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

from beredt.live.desk import Desk
from beredt.model.edits.service_of import service_of
from beredt.model.study import Study
from beredt.web.ending import let_go_at_end
from beredt.web.listening import listen, url_of
from beredt.web.live.app import create_live_app
from beredt.web.live.parts import LiveFiles, make_live_parts
from beredt.web.settings import ServeSettings
from beredt.web.uvicorn_config import uvicorn_config
from beredt.web.watch.watch_address import watched

if TYPE_CHECKING:
    import uvicorn

LIVE_PORT = 8771
LOOKS_EVERY_S = 0.02


def serve_live(
    settings: ServeSettings, study: Study, alternative: str | None, files: LiveFiles, tell: Callable[[str, int], None]
) -> None:
    """Serve until told to stop.

    Args:
        settings: where.
        study: checked.
        alternative: whose units the feed tells of; None for today's.
        files: limits and adapters.
        tell: told the address and the last entry of the log.

    Raises:
        ServeError: the address cannot be taken, or would let strangers in.
        OptionError: the log cannot be kept where it is to be.
        DefinitionError: a file that cannot be used.
        LiveStoreError: the log cannot be read.
        UnknownIdError: no such alternative.
    """
    import uvicorn

    with listen(settings.host, settings.port) as listening:
        parts = make_live_parts(settings, study, service_of(study, alternative), files)
        tell(settings.url or url_of(settings.host, listening), parts.live.picture.number)
        app = create_live_app(parts)
        server = uvicorn.Server(uvicorn_config(app, settings, parts.watch))
        let_go_at_end(app, server)
        Thread(target=_begin, args=(server, parts.desk), daemon=True).start()
        with watched(settings.watch, parts.watch):
            server.run(sockets=[listening])


def _begin(server: uvicorn.Server, desk: Desk) -> None:
    """Make roads and rules ready once the picture is told: what they import would keep it waiting."""
    while not (server.started or server.should_exit):
        time.sleep(LOOKS_EVERY_S)
    desk.begin()
