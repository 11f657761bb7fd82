"""Servers that are killed in the middle of whatever they do: nothing that was acknowledged is ever lost."""

from __future__ import annotations

import http.client
import os
import random
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from beredt.errors import LiveStoreError
from beredt.live.feed.send import post, send_feed
from beredt.live.feed.simulated_day import Timed
from beredt.live.live import Live
from beredt.live.picture.restore import restore
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.live.webhooks.place import Places
from tests.live.feeds import BEGIN, KNOWN, UNITS, at, opened, position, random_feed, status
from tests.live.naive_picture import naive_picture, plain
from tests.live.serving import Forker, Servers, servers
from tests.live.test_webhooks import check_places
from tests.tiny_study import write_tiny_study
from tests.web.postgres import running_postgres

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="servers are forked")


def killed_again_and_again(made: Servers, feed: list[dict[str, Any]], kills: int, seed: int) -> set[str]:
    """Send a feed to servers that die at random; ids of what was acknowledged. What was not is sent again."""
    draw = random.Random(seed)
    acknowledged: set[str] = set()
    batches = [feed[begin : begin + 20] for begin in range(0, len(feed), 20)]
    waiting, died = list(batches), 0
    made.start()
    while waiting:
        if died < kills:
            died += 1
            threading.Timer(draw.uniform(0.0, 0.06), made.kill).start()
            dies = True
        else:
            dies = False
        try:
            while waiting:
                receipt = made.post(waiting[0])
                assert receipt["taken"] + receipt["doubled"] == len(waiting[0])
                acknowledged |= {event["id"] for event in waiting.pop(0)}
                if dies:  # go on until it is dead: what is acknowledged is sent again
                    waiting += [draw.choice(batches)] if draw.random() < 0.8 else []
        except (OSError, http.client.HTTPException):
            made.start()
            continue
        if dies:
            time.sleep(0.1)
            made.start()
    return acknowledged


def check_nothing_lost(made: Servers, folder: Path, database: str | None, kills: int, seed: int, events: int) -> None:
    feed = random_feed(seed, events)
    acknowledged = killed_again_and_again(made, feed, kills, seed)
    told = made.get("picture")
    made.kill()
    log = EventLog(lambda: open_live_database(folder, database), "tiny")
    there = [(entry.source, entry.event_id) for entry in log.entries() if entry.source]
    assert len(there) == len(set(there)) == events
    assert {event_id for _, event_id in there} == acknowledged == {event["id"] for event in feed}
    known = KNOWN.__class__(**{**{name: getattr(KNOWN, name) for name in KNOWN.__dataclass_fields__},
                               "limits": KNOWN.limits.model_copy(update={"horizon_s": 1e9})})  # fmt: skip
    picture = restore(log, known, None).picture
    assert restore(log, known, folder / "live" / "tiny.snapshot").picture == picture
    log.close()
    assert plain(picture) == naive_picture(feed)
    assert told["number"] <= picture.number
    undisturbed = naive_picture(feed)
    for unit in told["units"]["features"]:
        status = undisturbed["units"].get(unit["id"], {}).get("status", {"status": "unknown"})
        assert unit["properties"]["status"] == status["status"]


def test_ten_kills(forker: Forker, tmp_path: Path) -> None:
    study = write_tiny_study(tmp_path / "tiny")
    with servers(forker, tmp_path / "data", study) as made:
        check_nothing_lost(made, tmp_path / "data", None, kills=10, seed=1, events=600)


def test_ten_kills_on_postgres(forker: Forker) -> None:
    with tempfile.TemporaryDirectory(prefix="beredt-pg-") as name, running_postgres(Path(name) / "pg") as url:
        folder = Path(name)
        study = write_tiny_study(folder / "tiny")
        with servers(forker, folder / "data", study, url) as made:
            check_nothing_lost(made, folder / "data", url, kills=10, seed=2, events=600)
        check_that_it_goes_on(url, folder)
        check_that_forgetting_leaves_the_picture(url, folder)
        engine = open_live_database(folder, url)
        check_places(Places(engine, "tiny", "one"), Places(engine, "tiny", "other"))
        engine.dispose()


def check_that_it_goes_on(url: str, folder: Path) -> None:
    """The database throws everybody out: what is sent then is refused, and what is sent after that is taken."""
    live = Live(
        EventLog(lambda: open_live_database(folder, url), "other"), KNOWN, None, lambda: BEGIN.timestamp() + 1e4
    )
    feed = random_feed(3, 60)
    try:
        assert live.take(feed[:20]).result().taken == 20
        other = open_live_database(folder, url)
        with other.begin() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
            )
        other.dispose()
        assert isinstance(live.take(feed[20:40]).exception(), LiveStoreError)
        assert live.take(feed[20:40]).result().taken == 20
        assert live.take(feed).result().taken == 20
        assert plain(live.picture) == naive_picture(feed)
    finally:
        live.close()


def test_what_is_forgotten_by_rule_is_not_in_the_way_of_the_next_start(tmp_path: Path) -> None:
    check_that_forgetting_leaves_the_picture(None, tmp_path)


def check_that_forgetting_leaves_the_picture(url: str | None, folder: Path) -> None:
    """Old entries are emptied; what was said again since, the numbers, and whether advice is on are as before."""

    def begin(days: float, snapshot: Path | None = None) -> Live:
        log = EventLog(lambda: open_live_database(folder, url), "forgetful")
        return Live(log, KNOWN, snapshot, lambda: BEGIN.timestamp() + 86_400 * days)

    live = begin(0.1)
    live.note("switch", "", {"on": True, "by": "ada"})
    live.take(random_feed(4, 80)).result()
    live.take([closed(f"i{number}", number) for number in range(40)]).result()
    live.close()
    live = begin(4, folder / "forgetful.snapshot")
    words = {unit: ("free", "to_scene", "at_station")[at % 3] for at, unit in enumerate(UNITS)}
    day_s = 4 * 86_400 - 60
    live.take([status(1_000 + at, unit, word, day_s + at) for at, (unit, word) in enumerate(words.items())]).result()
    live.take([position(2_000 + at, unit, 59.9, 10.6, day_s + at) for at, unit in enumerate(words)]).result()
    live.take([opened(3_000, "now", "A", 59.9, 10.6, day_s)]).result()
    before, number = shown(live), live.picture.number
    assert len(before["incidents"]) == 1
    assert live.log.forget(round((BEGIN.timestamp() + 2 * 86_400) * 1000)) == 120  # not the switch
    assert live.log.forget(round((BEGIN.timestamp() + 2 * 86_400) * 1000)) == 0
    live.close()
    for snapshot in (folder / "forgetful.snapshot", None):
        again = begin(4, snapshot)
        assert (shown(again), again.picture.number, again.picture.advice_on) == (before, number, True)
        if snapshot is None:
            assert {name: one.events for name, one in again.picture.sources.items()} == {"cad": 6, "avl": 5}
        assert {one.subject for one in again.log.entries() if one.kind == "forgotten"} == {""}
        again.close()


def closed(incident: str, number: int) -> dict[str, Any]:
    head = {"id": f"c{number}", "source": "cad", "time": at(7_000 + number)}
    return {**head, "kind": "incident_closed", "incident": incident}


def shown(live: Live) -> dict[str, Any]:
    """What of a picture a desk is told of units and open incidents."""
    told = plain(live.picture)
    incidents = {name: one for name, one in told["incidents"].items() if one.get("state") != "closed"}
    units = {name: {key: one[key] for key in ("status", "position")} for name, one in told["units"].items()}
    return {"units": units, "incidents": incidents}


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_two_hundred_kills(forker: Forker, tmp_path: Path, seed: int) -> None:
    study = write_tiny_study(tmp_path / "tiny")
    with servers(forker, tmp_path / "data", study) as made:
        check_nothing_lost(made, tmp_path / "data", None, kills=20, seed=100 + seed, events=2_000)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_two_hundred_kills_on_postgres(forker: Forker, seed: int) -> None:
    with tempfile.TemporaryDirectory(prefix="beredt-pg-") as name, running_postgres(Path(name) / "pg") as url:
        study = write_tiny_study(Path(name) / "tiny")
        with servers(forker, Path(name) / "data", study, url) as made:
            check_nothing_lost(made, Path(name) / "data", url, kills=20, seed=200 + seed, events=2_000)


def test_a_feed_is_sent_until_it_is_acknowledged(forker: Forker, tmp_path: Path) -> None:
    study = write_tiny_study(tmp_path / "tiny")
    day = [Timed(float(n), {"kind": "unit_status", "unit": "e-1", "status": "free"}) for n in range(250)]
    told: list[int] = []
    with servers(forker, tmp_path / "data", study) as made:
        made.start()
        sent = send_feed(day, made.url, 1e6, None, lambda number, _: told.append(number), lambda _: None)
        assert (sent, told) == (250, [100, 200, 250])
        assert made.get("picture")["number"] == 250
        made.kill()
        with pytest.raises(LiveStoreError, match="does not take events"):
            post(made.url, [], None, lambda _: None)
