"""A station dragged in Studio: seconds over HTTP until the first answer and until that of all replications.

A server is started as anybody would start it, on a copy of the bundled study. When it has simulated today, a station
is put somewhere it has never been, the year is asked for as a page asks, and the clock runs from the question until an
answer is read. Then two pages ask at once, then one page asks again before it is answered.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.machine import Machine, this_machine
from benchmarks.process_tree import memory_bytes

PROGRAM = Path(sys.executable).with_name("beredt")
STUDY, STATION = "asker-baerum", "baerum"
AROUND = (59.90, 10.53)
"""Where the station is dragged about, degrees."""

FAR = (0.03, 0.06)
"""How far at most, degrees north and east."""

PATIENCE_S = 600.0
CLOCK_TICK_S = 1.0 / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 0.01
AGAIN_AFTER_S = 0.3
"""After so long the hurried page asks again: in the middle of the first replications."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, and the headers with which a page of it asks."""

    process: subprocess.Popen[str]
    host: str
    port: int
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one question: seconds until the first and the last answer, and core seconds of all processes."""

    first_s: float
    last_s: float
    core_s: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All questions; `ready_s` until today was simulated, `memory_bytes` of all processes at the end."""

    machine: Machine
    ready_s: float
    alone: tuple[Asked, ...]
    together: tuple[Asked, ...]
    again: tuple[Asked, ...]
    memory_bytes: int


def main() -> None:
    """Measure and print; options from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks studio", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="how often the station is dragged [10]")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    measured = measure(options.rounds)
    print(json.dumps(asdict(measured), indent=2)) if options.json else show(measured)


def measure(rounds: int) -> Measured:
    """Ask so often of every kind.

    Args:
        rounds: at least 1.
    """
    places = np.random.default_rng(7).uniform(-1.0, 1.0, (rounds * 6, 2)) * FAR + AROUND
    spots = iter(places.round(6).tolist())
    with _server() as server:
        began = time.perf_counter()
        _ask(server, "ready", 0, None)
        while _is_busy(server.process):
            time.sleep(0.2)
        ready_s = time.perf_counter() - began
        alone = tuple(_ask(server, "alone", number, next(spots)) for number in range(rounds))
        together = tuple(one for number in range(rounds) for one in _two(server, number, spots))
        again = tuple(_hurried(server, 2 * number, spots) for number in range(rounds))
        return Measured(this_machine(), ready_s, alone, together, again, memory_bytes(server.process.pid))


@contextmanager
def _server() -> Iterator[Server]:
    """A server on a port of its own, and the folder it works in, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as data:
        command = [str(PROGRAM), "serve", STUDY, "--no-open", "--port", "0", "--data", data, "--json"]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            url = urlsplit(_first_json(process.stdout)["url"])
            yield _as_page(process, str(url.hostname), int(url.port or 80))
        finally:
            process.terminate()
            process.wait(30)


def _as_page(process: subprocess.Popen[str], host: str, port: int) -> Server:
    """Look at the studies, as a page does first, and take the cookies and the token that changes are sent with."""
    connection = HTTPConnection(host, port, timeout=PATIENCE_S)
    connection.request("GET", "/api/studies")
    response = connection.getresponse()
    response.read()
    cookies = [value.partition(";")[0] for name, value in response.getheaders() if name.lower() == "set-cookie"]
    connection.close()
    token = next((value for name, _, value in (one.partition("=") for one in cookies) if "csrf" in name), "")
    origin = f"http://{host}:{port}"
    headers = {"cookie": "; ".join(cookies), "x-beredt-csrf": token, "origin": origin}
    return Server(process, host, port, headers | {"content-type": "application/json"})


def _first_json(lines: Any) -> dict[str, Any]:
    """The JSON document that the server prints before it serves."""
    text = ""
    for line in lines:
        text += line
        try:
            found: dict[str, Any] = json.loads(text)
        except ValueError:
            continue
        return found
    sys.exit(f"the server ended before it said where it is: {text or 'it said nothing'}")


def _ask(server: Server, page: str, ticket: int, spot: list[float] | None) -> Asked:
    """Ask and read all answers; today where there is no spot."""
    edits = [] if spot is None else [{"edit": "move_station", "station": STATION, "lat": spot[0], "lon": spot[1]}]
    question = {"page": page, "ticket": ticket, "of": [{"id": "drag", "edits": edits}], "lang": "nb"}
    core_before_s, began = _core_s(server.process), time.perf_counter()
    connection = HTTPConnection(server.host, server.port, timeout=PATIENCE_S)
    connection.request("POST", f"/api/studies/{STUDY}/answers", json.dumps(question), server.headers)
    response = connection.getresponse()
    if response.status != 200:
        sys.exit(f"the server answered {response.status}: {response.read().decode()}")
    answers: list[float | None] = []
    for line in response:
        if line == b"event: answer\n":
            answers.append(None)
        elif line.startswith(b"data: ") and answers and answers[-1] is None:
            json.loads(line[len(b"data: ") :])
            answers[-1] = time.perf_counter() - began
    connection.close()
    told = [one for one in answers if one is not None]
    if not told:
        return Asked(float("nan"), float("nan"), float("nan"))
    return Asked(told[0], told[-1], _core_s(server.process) - core_before_s)


def _two(server: Server, number: int, spots: Iterator[list[float]]) -> list[Asked]:
    """Two pages that ask at the same moment; core seconds are those of both."""
    places = {page: next(spots) for page in ("one", "other")}
    with ThreadPoolExecutor(len(places)) as pages:
        asked = [pages.submit(_ask, server, page, number, spot) for page, spot in places.items()]
        return [one.result() for one in asked]


def _hurried(server: Server, ticket: int, spots: Iterator[list[float]]) -> Asked:
    """A page that asks, and again while it is simulated: what the later question takes."""
    older = threading.Thread(target=_ask, args=(server, "hurried", ticket, next(spots)))
    older.start()
    time.sleep(AGAIN_AFTER_S)
    asked = _ask(server, "hurried", ticket + 1, next(spots))
    older.join()
    return asked


def _is_busy(process: subprocess.Popen[str]) -> bool:
    """Whether the server or its workers compute anything."""
    before = _core_s(process)
    time.sleep(1.0)
    return _core_s(process) - before > 0.3


def _core_s(process: subprocess.Popen[str]) -> float:
    """Core seconds of a process and its children so far, as Linux tells; nan elsewhere."""
    try:
        tasks = list(Path(f"/proc/{process.pid}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
        return sum(_ticks(one) for one in [str(process.pid), *children]) * CLOCK_TICK_S
    except OSError:
        return float("nan")


def _ticks(process: str) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def show(measured: Measured) -> None:
    """Print a table."""
    table = Table(title=f"A station of {STUDY} dragged in Studio, seconds over HTTP")
    table.add_column("what is asked")
    for column in ("first answer, median", "worst", "20 replications, median", "worst", "core seconds, median"):
        table.add_column(column, justify="right")
    for name, found in (
        ("one page", measured.alone),
        ("each of two pages at once", measured.together),
        (f"asked again after {AGAIN_AFTER_S} s", measured.again),
    ):
        first, last = [one.first_s for one in found], [one.last_s for one in found]
        core = statistics.median(one.core_s for one in found)
        columns = [statistics.median(first), max(first), statistics.median(last), max(last), core]
        table.add_row(name, *(f"{seconds:.2f}" for seconds in columns))
    console = Console(width=None if Console().is_terminal else 130)
    console.print(table)
    console.print(f"ready after {measured.ready_s:.1f} s; {measured.memory_bytes / 1e9:.2f} GB in all processes")
    console.print(measured.machine.as_text(), highlight=False)


if __name__ == "__main__":
    main()
