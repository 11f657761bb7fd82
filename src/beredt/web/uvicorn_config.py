"""How uvicorn runs a server: for whom it speaks, and what it believes of whoever calls."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from beredt.web.settings import ServeSettings
from beredt.web.watch.uvicorn_log import uvicorn_log
from beredt.web.watch.watch import Watch

if TYPE_CHECKING:
    from fastapi import FastAPI
    from uvicorn import Config

GRACE_S = 3
"""How long requests under way may take after the server was told to stop."""


def uvicorn_config(app: FastAPI, settings: ServeSettings, watch: Watch) -> Config:
    """The configuration of a server.

    Args:
        app: what answers.
        settings: where it listens, and who speaks TLS.
        watch: says whether lines about requests are written.
    """
    import uvicorn

    return uvicorn.Config(
        app,
        log_level="warning",
        log_config=uvicorn_log(watch.log),
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        # Who calls, and whether over TLS, is believed of the proxy that was named, and of nobody else.
        proxy_headers=settings.is_shared and settings.certificate is None,
        forwarded_allow_ips=settings.proxy,
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.key,
        ssl_ca_certs=None if settings.client_ca is None else str(settings.client_ca),
        ssl_cert_reqs=ssl.CERT_NONE if settings.client_ca is None else ssl.CERT_REQUIRED,
    )
