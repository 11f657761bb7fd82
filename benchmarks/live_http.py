"""The live picture over HTTP, as a dispatch centre meets it: a real server in a process of its own, fed at a pace.

Batches are sent at their moment whether or not earlier ones have been answered, and a page listens to the stream of
changes. An event is seen when the first change is there whose number reaches that of its receipt.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from socket import SHUT_RDWR
from typing import Any
from urllib.parse import urlsplit

from beredt.model.find import find_study_folder
from beredt.model.read import load_study
from beredt.model.study import Study

PROGRAM = Path(sys.executable).with_name("beredt")
CLOCK_TICK_S = 1.0 / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 0.01
MOST_UNITS = 100
BATCH = 100
SENDERS = 8
PATIENCE_S = 900.0
NUMBER = re.compile(rb'"number":\s*(\d+)')
WORDS = ("mobilising", "to_scene", "at_scene", "free")

Make = Callable[[int, int, datetime], list[dict[str, Any]]]
"""Events from a number on, so many, at a moment."""


@dataclass(frozen=True, slots=True)
class Driven:
    """What came of events that were sent at a pace. Seconds of the clock but for `core_s`, of the server's process."""

    events: int
    wanted_per_s: float
    reached_per_s: float
    answered_p50_s: float
    answered_p99_s: float
    seen_p50_s: float
    seen_p99_s: float
    seen_most_s: float
    core_s: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All of it. `advice_…` over HTTP with the log written; restarts until the picture is answered, with the start of
    the process: from the log alone, and from a snapshot beside it.
    """

    units: int
    driven: Driven
    advice: int
    advice_p50_s: float
    advice_p99_s: float
    advice_most_s: float
    readiness_p50_s: float
    log: int
    start_empty_s: float
    restart_log_s: float
    restart_killed_s: float


def main() -> None:
    """Measure and print; options from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks live-http", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long events are sent [60]")
    parser.add_argument("--per-second", type=float, default=1000.0, help="events a second [1000]")
    parser.add_argument("--advice", type=int, default=300, help="pieces of advice [300]")
    parser.add_argument("--log", type=int, default=500_000, help="entries of the log that is restarted from [500000]")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    measured = asdict(measure(options.seconds, options.per_second, options.advice, options.log))
    if options.json:
        print(json.dumps(measured, indent=2))
        return
    for name, value in ({**measured.pop("driven"), **measured}).items():
        print(f"{name:<22}{value:,.3f}" if isinstance(value, float) else f"{name:<22}{value:,}")


def measure(seconds: float, per_s: float, advice: int, log: int) -> Measured:
    """Measure all.

    Args:
        seconds: how long events are sent.
        per_s: events a second, in batches of at most 100.
        advice: pieces of advice.
        log: entries of the log that is restarted from.
    """
    with tempfile.TemporaryDirectory(prefix="beredt-live-") as name:
        folder = Path(name)
        study = load_study(write_study(folder / "study", MOST_UNITS))
        with server(folder / "study", folder / "feed") as (url, process, _):
            asked, looked = ask(url, study, advice)
            before = core_s(process)
            driven = drive(url, events_of(study), seconds, per_s, core=lambda: core_s(process) - before)
        with server(folder / "study", folder / "day") as (url, _, empty_s):
            fill(url, study, log)
        shutil.rmtree(folder / "day" / "live")
        with server(folder / "study", folder / "day", ends=subprocess.Popen.kill) as (_, _, log_s):
            pass
        with server(folder / "study", folder / "day") as (_, _, killed_s):
            pass
    return Measured(
        units=len(study.service.units),
        driven=driven,
        advice=advice,
        advice_p50_s=quantile(asked, 0.5),
        advice_p99_s=quantile(asked, 0.99),
        advice_most_s=max(asked),
        readiness_p50_s=statistics.median(looked),
        log=log,
        start_empty_s=empty_s,
        restart_log_s=log_s,
        restart_killed_s=killed_s,
    )


def write_study(folder: Path, units: int) -> Path:
    """A copy of the bundled study with so many units: those of it again and again, under other ids."""
    shutil.copytree(find_study_folder("asker-baerum"), folder)
    path = folder / "units.csv"
    with path.open(encoding="utf-8", newline="") as file:
        heading, *rows = list(csv.reader(file))
    more = [[f"{rows[n % len(rows)][0]}-x{n}", *rows[n % len(rows)][1:]] for n in range(len(rows), units)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *rows, *more])
    return folder


@contextmanager
def server(
    study: Path, data: Path, ends: Callable[[subprocess.Popen[str]], None] = subprocess.Popen.terminate
) -> Iterator[tuple[str, subprocess.Popen[str], float]]:
    """`beredt live serve`; its address, process, and the seconds until it told the picture."""
    command = [str(PROGRAM), "live", "serve", str(study), "--data", str(data), "--port", "0", "--json"]
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = ""
            while not told.endswith("}\n"):
                line = process.stdout.readline()
                if not line:
                    raise SystemExit(f"the server ended: {told}")
                told += line
            url = str(json.loads(told)["url"]).rstrip("/")
            get(url, "picture")
            yield url, process, time.monotonic() - began
        finally:
            ends(process)
            process.wait(60)


def get(url: str, what: str) -> Any:
    """Ask for something."""
    with urllib.request.urlopen(f"{url}/api/live/{what}", timeout=60) as answer:
        return json.load(answer)


def drive(
    url: str,
    make: Make,
    seconds: float,
    per_s: float,
    *,
    senders: int = SENDERS,
    core: Callable[[], float] = lambda: 0.0,
) -> Driven:
    """Send events at a pace, each batch at its moment, while a page listens.

    Args:
        url: of the server.
        make: the events.
        seconds: how long.
        per_s: events a second.
        senders: batches that may be under way at once; 1 keeps their order.
        core: core seconds of the server since the beginning.
    """
    size = max(1, min(BATCH, round(per_s / 10)))
    batches = round(seconds * per_s / size)
    with listening(url) as heard, ThreadPoolExecutor(senders) as pool:
        began = time.monotonic()

        def send(batch: int) -> tuple[float, float, int]:
            due = began + batch * size / per_s
            time.sleep(max(0.0, due - time.monotonic()))
            receipt = post(url, make(batch * size, size, datetime.now().astimezone()))
            assert receipt["taken"] == size, receipt
            return due, time.monotonic(), receipt["number"]

        sent = list(pool.map(send, range(batches)))
        last = max(number for *_, number in sent)
        heard.wait_for(last)
    seen = [heard.when(number) - due for due, _, number in sent]
    answered = [at - due for due, at, _ in sent]
    return Driven(
        events=batches * size,
        wanted_per_s=per_s,
        reached_per_s=batches * size / (max(at for _, at, _ in sent) - began),
        answered_p50_s=quantile(answered, 0.5),
        answered_p99_s=quantile(answered, 0.99),
        seen_p50_s=quantile(seen, 0.5),
        seen_p99_s=quantile(seen, 0.99),
        seen_most_s=max(seen),
        core_s=core(),
    )


@dataclass(slots=True)
class Heard:
    """Changes as they came: their numbers, ascending, and when."""

    numbers: list[int] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    come: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, number: int) -> None:
        """Until a change with at least this number is there."""
        with self.come:
            assert self.come.wait_for(lambda: bool(self.numbers) and self.numbers[-1] >= number, timeout=60)

    def when(self, number: int) -> float:
        """When the first change with at least this number came."""
        return self.at[bisect_left(self.numbers, number)]


@contextmanager
def listening(url: str) -> Iterator[Heard]:
    """A page that follows the picture."""
    heard, parts = Heard(), urlsplit(url)
    line = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=60)
    line.request("GET", "/api/live/changes")
    socket = line.sock  # the answer takes it away from the line
    stream = line.getresponse()

    def listen() -> None:
        try:
            while text := stream.readline():
                found = NUMBER.search(text, 0, 100) if text.startswith(b"data:") else None
                if found is not None:
                    with heard.come:
                        heard.numbers.append(int(found[1]))
                        heard.at.append(time.monotonic())
                        heard.come.notify_all()
        except (OSError, ValueError, AttributeError):
            return  # nobody listens any more

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    heard.wait_for(0)
    try:
        yield heard
    finally:
        with suppress(OSError):
            socket.shutdown(SHUT_RDWR)
        thread.join(5)
        line.close()


def post(url: str, events: list[dict[str, Any]]) -> dict[str, Any]:
    """Send a batch; the receipt."""
    body, headers = json.dumps({"events": events}).encode(), {"content-type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{url}/api/live/events", body, headers), timeout=60) as answer:
        receipt: dict[str, Any] = json.load(answer)
        return receipt


def events_of(study: Study) -> Make:
    """Events that follow one another, three positions to a status; generated."""
    units, areas = study.service.units, study.service.areas

    def make(first: int, count: int, now: datetime) -> list[dict[str, Any]]:
        found = []
        for number in range(first, first + count):
            unit, area = units[number % len(units)], areas[(number * 31) % len(areas)]
            head = {"id": f"e{number}", "source": "bench", "time": now.isoformat(), "sequence": number, "unit": unit.id}
            place = {"lat": area.lat, "lon": area.lon}
            if (number + number // len(units)) % 4:
                found.append({**head, "kind": "unit_position", "position": place})
            else:
                word = WORDS[number // len(units) // 4 % 4]
                found.append({**head, "kind": "unit_status", "status": word, "position": place})
        return found

    return make


def fill(url: str, study: Study, entries: int) -> None:
    """A day of events as fast as they are taken, the last one now."""
    make, begin = events_of(study), datetime.now().astimezone() - timedelta(hours=20)
    with ThreadPoolExecutor(4) as pool:
        for _ in pool.map(
            lambda number: post(url, make(number, BATCH, begin + timedelta(hours=20 * number / entries))),
            range(0, entries, BATCH),
        ):
            pass


def ask(url: str, study: Study, count: int) -> tuple[list[float], list[float]]:
    """Seconds of pieces of advice over HTTP, each about another incident and picture, and of readiness."""
    session, areas, units = get_session(url), study.service.areas, study.service.units
    now = datetime.now().astimezone().isoformat()
    standing = [{"id": f"u{number}", "source": "bench", "time": now, "kind": "unit_status", "unit": unit.id,
                 "status": "at_station"} for number, unit in enumerate(units)]  # fmt: skip
    post(url, standing[:BATCH])
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            get(url, "readiness")
            break
        except OSError:
            time.sleep(0.5)  # the study is made ready
    switch = urllib.request.Request(f"{url}/api/live/advice", b'{"on": true}', session, method="PUT")
    with urllib.request.urlopen(switch, timeout=60):
        pass
    asked, looked = [], []
    for number in range(count):
        area = areas[(number * 37) % len(areas)]
        opened = {"kind": "incident_opened", "incident": f"b{number}", "urgency": "AHV"[number % 3],
                  "position": {"lat": area.lat, "lon": area.lon}}  # fmt: skip
        post(url, [{"id": f"b{number}", "source": "bench", "time": now, **opened}])
        began = time.monotonic()
        get(url, f"advice/sending/b{number}")
        asked.append(time.monotonic() - began)
        post(url, [{"id": f"c{number}", "source": "bench", "time": now, "kind": "incident_closed",
                    "incident": f"b{number}"}])  # fmt: skip
        if number % 20 == 0:
            began = time.monotonic()
            get(url, "readiness")
            looked.append(time.monotonic() - began)
    return asked, looked


def get_session(url: str) -> dict[str, str]:
    """Headers of a page that may change something."""
    with urllib.request.urlopen(f"{url}/api/session", timeout=60) as answer:
        token, cookies = json.load(answer)["csrf"], answer.headers.get_all("set-cookie") or []
    jar = "; ".join(one.partition(";")[0] for one in cookies)
    return {"content-type": "application/json", "x-beredt-csrf": token, "cookie": jar}


def core_s(process: subprocess.Popen[str]) -> float:
    """Core seconds of a process so far, 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * CLOCK_TICK_S


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which a share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
