"""Events at the pace of a whole region over HTTP: all are there, in their order; how fast, only `./dev soak` asks."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.live_http import MOST_UNITS, drive, events_of, server, write_study
from beredt.live.picture.restore import restore
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.model.read import load_study
from tests.live.feeds import KNOWN, UNITS
from tests.live.naive_picture import naive_picture, plain
from tests.live.serving import Forker, servers
from tests.tiny_study import write_tiny_study

SEEN_S = 0.25
"""From the moment at which an event is sent until a page has it: 99 of 100 in no more."""
PER_S = 1_000.0
MINUTE_S = 60.0


def kept(sent: list[dict[str, Any]]) -> Callable[[int, int, datetime], list[dict[str, Any]]]:
    """Positions and statuses of the tiny study's units, which are kept as they are made."""
    draw = random.Random(31)

    def make(first: int, count: int, now: datetime) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for number in range(first, first + count):
            head = {"id": f"e{number}", "source": "cad", "time": now.isoformat(), "sequence": number}
            place = {"lat": round(draw.uniform(59.82, 59.93), 5), "lon": round(draw.uniform(10.45, 10.70), 5)}
            what: dict[str, Any] = {"kind": "unit_position"}
            if draw.random() < 0.25:
                what = {"kind": "unit_status", "status": draw.choice(("at_station", "to_scene", "free"))}
            found.append({**head, "unit": UNITS[number % 5], "position": place, **what})
        sent.extend(found)
        return found

    return make


@pytest.mark.skipif(not hasattr(os, "fork"), reason="servers are forked")
def test_a_thousand_events_a_second_are_all_there_in_their_order(
    forker: Forker, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """A minute of it."""
    sent: list[dict[str, Any]] = []
    with servers(forker, tmp_path / "data", write_tiny_study(tmp_path / "tiny")) as made:
        made.start()
        driven = drive(made.url, kept(sent), MINUTE_S, PER_S, senders=1)
        made.kill()
    record_property("seen_p99_s", driven.seen_p99_s)
    log = EventLog(lambda: open_live_database(tmp_path / "data"), "tiny")
    assert [entry.event_id for entry in log.entries()] == [f"e{number}" for number in range(60_000)]
    assert plain(restore(log, KNOWN, None).picture) == naive_picture(sent)
    log.close()


@pytest.mark.soak
@pytest.mark.parametrize("minutes", [1, 10])
def test_a_thousand_events_a_second_are_seen_in_a_quarter_of_a_second(tmp_path: Path, minutes: int) -> None:
    study = load_study(write_study(tmp_path / "study", MOST_UNITS))
    with server(tmp_path / "study", tmp_path / "data") as (url, _, _):
        driven = drive(url, events_of(study), MINUTE_S * minutes, PER_S)
    print(driven)
    log = EventLog(lambda: open_live_database(tmp_path / "data"), study.settings.study.id)
    assert len({entry.event_id for entry in log.entries()}) == log.last_number() == 60_000 * minutes
    log.close()
    assert driven.reached_per_s > 0.99 * PER_S
    assert driven.seen_p99_s < SEEN_S
