"""What the server is told at its start."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

LOCALHOST = "127.0.0.1"
DEFAULT_PORT = 8770


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """What to serve, and where.

    `studies` are folders or names of bundled studies; `data_folder` holds copies of bundled studies, runs and jobs.
    `port` 0 takes any that is free. `open_browser` shows the first page when the server listens.

    Others than the person at this machine are let in when `host` is not this machine seen from itself, or when `url`,
    the address that people type, is given: then there are accounts, and TLS (`https`). It is spoken by a proxy at the
    address `proxy`, which is believed when it tells who calls and how, or by the server itself with a `certificate` and
    its `key`.

    `database` is the address of a PostgreSQL for accounts, the log and risk workshops, as SQLAlchemy writes it; None
    for files in the data folder.

    `watch` is the address, [HOST:]PORT, at which health and metrics are told; None for nowhere. `log` writes one line
    of JSON for every request to stderr.

    `oidc` is a file that says at which provider people of an organisation log in; `client_ca` one of certificates by
    which callers must be vouched for before anything of them is read (mutual TLS), beside the server's own.

    `division` is a file that says which organisation opens which study; None where all see everything.
    """

    studies: tuple[str, ...]
    data_folder: Path
    host: str = LOCALHOST
    port: int = DEFAULT_PORT
    open_browser: bool = True
    url: str | None = None
    proxy: str = LOCALHOST
    certificate: Path | None = None
    key: Path | None = None
    database: str | None = field(default=None, repr=False)  # it may hold a password
    watch: str | None = None
    log: bool = False
    oidc: Path | None = None
    client_ca: Path | None = None
    division: Path | None = None

    @property
    def is_shared(self) -> bool:
        """Whether others than the person at this machine are let in."""
        return not self.is_local or self.url is not None

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether a host, a name or an address, is this machine seen from itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def default_data_folder() -> Path:
    """Where Studio keeps what it makes: `beredt` in the user's own data folder."""
    from platformdirs import user_data_path

    return user_data_path("beredt", appauthor=False)
