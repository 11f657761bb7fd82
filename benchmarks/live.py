"""The live picture in one process: events a second, on the disk, until they are seen; advice; a restart."""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from beredt.live.desk import Desk
from beredt.live.ground.ground import make_ground
from beredt.live.known import known_of
from beredt.live.limits import LiveLimits
from beredt.live.live import Live
from beredt.live.picture.duty import Duty
from beredt.live.picture.restore import restore
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.model.find import find_study_folder
from beredt.model.read import read_study
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.study_roads import load_or_build_roads

MOST_UNITS = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured; seconds of the clock but for `core_s`, of this process."""

    units: int
    events: int
    wanted_per_s: float
    reached_per_s: float
    seen_p50_s: float
    seen_p99_s: float
    seen_most_s: float
    core_s: float
    advice: int
    advice_p50_s: float
    advice_p99_s: float
    readiness_p50_s: float
    log: int
    restart_log_s: float
    restart_log_core_s: float
    restart_snapshot_s: float


def main() -> None:
    """Measure and print; options from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks live", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long events are sent [60]")
    parser.add_argument("--per-second", type=float, default=1000.0, help="events a second [1000]")
    parser.add_argument("--advice", type=int, default=200, help="pieces of advice [200]")
    parser.add_argument("--log", type=int, default=500_000, help="entries of the log that is restarted from [500000]")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    measured = measure(options.seconds, options.per_second, options.advice, options.log)
    if options.json:
        print(json.dumps(asdict(measured), indent=2))
    else:
        for name, value in asdict(measured).items():
            print(f"{name:<22}{value:,.3f}" if isinstance(value, float) else f"{name:<22}{value:,}")


def measure(seconds: float, per_s: float, advice: int, log: int) -> Measured:
    """Measure all.

    Args:
        seconds: how long events are sent.
        per_s: events a second, in batches of at most 100.
        advice: pieces of advice.
        log: entries of the log that is restarted from.
    """
    found, _ = read_study(find_study_folder("asker-baerum"))
    assert found is not None
    study = replace(found, service=with_units(found.service, MOST_UNITS))
    with tempfile.TemporaryDirectory(prefix="beredt-live-") as name:
        folder = Path(name)
        live = _live(study, folder / "feed")
        began = time.process_time()
        seen, reached = send(live, study, seconds, per_s)
        core_s = time.process_time() - began
        asked, looked = ask(live, study, advice)
        live.close()
        restart = restarts(study, folder / "day", log)
    return Measured(
        units=len(study.service.units),
        events=round(seconds * per_s),
        wanted_per_s=per_s,
        reached_per_s=reached,
        seen_p50_s=_quantile(seen, 0.5),
        seen_p99_s=_quantile(seen, 0.99),
        seen_most_s=max(seen),
        core_s=core_s,
        advice=advice,
        advice_p50_s=_quantile(asked, 0.5),
        advice_p99_s=_quantile(asked, 0.99),
        readiness_p50_s=statistics.median(looked),
        log=log,
        restart_log_s=restart[0],
        restart_log_core_s=restart[1],
        restart_snapshot_s=restart[2],
    )


def send(live: Live, study: Study, seconds: float, per_s: float) -> tuple[list[float], float]:
    """Send events at a pace; seconds from sending each batch until it is in the picture, and events a second."""
    size = max(1, min(100, round(per_s / 20)))
    batches, seen = round(seconds * per_s / size), list[float]()
    began = time.monotonic()
    done = threading.Semaphore(0)
    for number in range(batches):
        time.sleep(max(0.0, began + number * size / per_s - time.monotonic()))
        sent = time.monotonic()

        def taken(_: object, sent: float = sent) -> None:
            seen.append(time.monotonic() - sent)  # the picture is changed before the receipt is given
            done.release()

        live.take(events(study, number * size, size, datetime.now().astimezone())).add_done_callback(taken)
    for _ in range(batches):
        done.acquire()
    return seen, batches * size / (time.monotonic() - began)


def ask(live: Live, study: Study, count: int) -> tuple[list[float], list[float]]:
    """Seconds of pieces of advice, each about another picture, and of readiness."""
    service = study.service
    desk = Desk(
        live, Duty(service), lambda: make_ground(study, service, load_or_build_roads(study, services=[service]))
    )
    desk.ground(wait_s=900)
    desk.switch(True, "benchmark")
    now = datetime.now().astimezone().isoformat()
    place = service.areas
    asked, looked = [], []
    for number in range(count):
        area = place[(number * 37) % len(place)]
        opened = {"kind": "incident_opened", "incident": f"b{number}", "urgency": "AHV"[number % 3],
                  "position": {"lat": area.lat, "lon": area.lon}}  # fmt: skip
        live.take([{"id": f"b{number}", "source": "bench", "time": now, **opened}]).result()
        began = time.monotonic()
        desk.advise(f"b{number}", "benchmark")
        asked.append(time.monotonic() - began)
        if number % 20 == 0:
            began = time.monotonic()
            desk.readiness(0)
            looked.append(time.monotonic() - began)
    return asked, looked


def with_units(service: Service, most: int) -> Service:
    """A service with so many units: those of another one again and again, under other ids."""
    units = service.units
    more = [replace(units[n % len(units)], id=f"{units[n % len(units)].id}+{n}") for n in range(len(units), most)]
    return replace(service, units=(*units, *more))


def restarts(study: Study, folder: Path, entries: int) -> tuple[float, float, float]:
    """Seconds, and core seconds, until the picture is there again from the log alone, and seconds from a snapshot."""
    live = _live(study, folder)
    begin = datetime.now().astimezone() - timedelta(hours=20)
    futures = [
        live.take(events(study, number, 100, begin + timedelta(seconds=number / 10)))
        for number in range(0, entries, 100)
    ]
    for future in futures:
        future.result()
    live.close()
    log = EventLog(lambda: open_live_database(folder), study.settings.study.id)
    known = known_of(study, study.service, LiveLimits())
    took = []
    for snapshot in (None, folder / "snapshot"):
        began, began_core = time.monotonic(), time.process_time()
        assert restore(log, known, snapshot).picture.number >= entries
        took += [time.monotonic() - began, time.process_time() - began_core]
    log.close()
    return took[0], took[1], took[2]


def events(study: Study, first: int, count: int, now: datetime) -> list[dict[str, Any]]:
    """Events that follow one another, three positions to a status; generated."""
    units, areas = study.service.units, study.service.areas
    found = []
    for number in range(first, first + count):
        unit, area = units[number % len(units)], areas[(number * 31) % len(areas)]
        head = {"id": f"e{number}", "source": "bench", "time": now.isoformat(), "sequence": number, "unit": unit.id}
        place = {"lat": area.lat, "lon": area.lon}
        if number % 4:
            found.append({**head, "kind": "unit_position", "position": place})
        else:
            word = ("at_station", "to_scene", "at_scene", "free")[number // 4 % 4]
            found.append({**head, "kind": "unit_status", "status": word, "position": place})
    return found


def _live(study: Study, folder: Path) -> Live:
    log = EventLog(lambda: open_live_database(folder), study.settings.study.id)
    return Live(log, known_of(study, study.service, LiveLimits()), folder / "snapshot")


def _quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
