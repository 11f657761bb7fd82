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
    bin_folder, data = programs(), folder / "data"
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        for path in (folder, *folder.parents):  # the server's user has to get there
            if path.owner() == "root" and path not in (Path("/"), Path("/tmp")):
                path.chmod(path.stat().st_mode | 0o011)
        shutil.chown(folder, USER)

    def run(name: str, *arguments: str) -> None:
        command = as_user([str(bin_folder / name), *arguments])
        subprocess.run(command, check=True, capture_output=True, cwd="/", env={**os.environ, "LC_ALL": "C"})

    run("initdb", "--pgdata", str(data), "--username", "beredt", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "--pgdata", str(data), "--log", str(folder / "log"), "--options", options, "--wait", "start")
    try:
        yield f"postgresql+psycopg://beredt@/postgres?host={folder}"
    finally:
        run("pg_ctl", "--pgdata", str(data), "--mode", "immediate", "--wait", "stop")
