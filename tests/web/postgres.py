"""A PostgreSQL server of one's own in a folder, for the tests that ask a real one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PLACES = "/usr/lib/postgresql/*/bin"
"""Where Debian keeps the programs of a server, which are not on the path."""
USER = "postgres"


def programs() -> Path:
    """The folder of the newest server's programs; skips the test where there is none."""
    found = sorted(Path("/").glob(f"{PLACES[1:]}/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        pytest.skip("no PostgreSQL on this machine (Debian: apt-get install postgresql)")
    return Path(on_path).parent


def as_user(command: list[str]) -> list[str]:
    """A server refuses to run as root: there it runs as the user that Debian's package makes."""
    if os.geteuid() != 0:
        return command
    if shutil.which("runuser") is None:
        pytest.skip("a PostgreSQL server does not run as root, and there is no runuser to change that")
    return ["runuser", "-u", USER, "--", *command]


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """A server that listens at a socket in its folder only; gives the address as SQLAlchemy writes it."""
    pytest.importorskip("psycopg", reason="no psycopg in this environment")
    data = folder / "data"
    programs()
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        for path in (folder, *folder.parents):  # the server's user has to get there
            if path.owner() == "root" and path not in (Path("/"), Path("/tmp")):
                path.chmod(path.stat().st_mode | 0o011)
        shutil.chown(folder, USER)

    made = ["--pgdata", str(data), "--username", "beredt", "--auth", "trust", "--encoding", "UTF8", "--no-sync"]
    _run("initdb", *made)
    start_postgres(folder)
    try:
        yield f"postgresql+psycopg://beredt@/postgres?host={folder}"
    finally:
        stop_postgres(folder)


def start_postgres(folder: Path) -> None:
    """Begin the server of a folder again."""
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    log = str(folder / "log")
    _run("pg_ctl", "--pgdata", str(folder / "data"), "--log", log, "--options", options, "--wait", "start")


def stop_postgres(folder: Path) -> None:
    """End the server of a folder at once, as if its machine had died."""
    _run("pg_ctl", "--pgdata", str(folder / "data"), "--mode", "immediate", "--wait", "stop")


def _run(name: str, *arguments: str) -> None:
    command = as_user([str(programs() / name), *arguments])
    subprocess.run(command, check=True, capture_output=True, cwd="/", env={**os.environ, "LC_ALL": "C"})
