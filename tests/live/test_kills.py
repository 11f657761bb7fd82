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

from beredt.live.picture.restore import restore
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from tests.live.feeds import KNOWN, random_feed
from tests.live.naive_picture import naive_picture, plain
from tests.live.serving import Servers, servers
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
    picture = restore(log, known, None)
    log.close()
    assert plain(picture) == naive_picture(feed)
    assert told["number"] <= picture.number
    undisturbed = naive_picture(feed)
    for unit in told["units"]["features"]:
        status = undisturbed["units"].get(unit["id"], {}).get("status", {"status": "unknown"})
        assert unit["properties"]["status"] == status["status"]


def test_ten_kills(tmp_path: Path) -> None:
    study = write_tiny_study(tmp_path / "tiny")
    with servers(tmp_path / "data", study) as made:
        check_nothing_lost(made, tmp_path / "data", None, kills=10, seed=1, events=600)


def test_ten_kills_on_postgres() -> None:
    with tempfile.TemporaryDirectory(prefix="beredt-pg-") as name, running_postgres(Path(name) / "pg") as url:
        folder = Path(name)
        study = write_tiny_study(folder / "tiny")
        with servers(folder / "data", study, url) as made:
            check_nothing_lost(made, folder / "data", url, kills=10, seed=2, events=600)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_two_hundred_kills(tmp_path: Path, seed: int) -> None:
    study = write_tiny_study(tmp_path / "tiny")
    with servers(tmp_path / "data", study) as made:
        check_nothing_lost(made, tmp_path / "data", None, kills=20, seed=100 + seed, events=2_000)
