"""The ground goes away below a real server: no room on its disk, no database. What it acknowledged is there later."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import tempfile
import urllib.error
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from beredt.live.picture.restore import restore
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from tests.live.feeds import KNOWN, random_feed
from tests.live.naive_picture import naive_picture, plain
from tests.live.serving import Forker, Servers, servers
from tests.tiny_study import write_tiny_study
from tests.web.postgres import running_postgres, start_postgres, stop_postgres

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="servers are forked")

UNAVAILABLE = 503
WIDE = KNOWN.__class__(**{**{name: getattr(KNOWN, name) for name in KNOWN.__dataclass_fields__},
                          "limits": KNOWN.limits.model_copy(update={"horizon_s": 1e9})})  # fmt: skip


def offer(made: Servers, feed: list[dict[str, Any]], size: int = 20) -> tuple[set[str], int]:
    """Send a feed once: ids that were acknowledged, and batches of which the server said that it cannot take them."""
    acknowledged, refused = set[str](), 0
    for begin in range(0, len(feed), size):
        batch = feed[begin : begin + size]
        try:
            receipt = made.post(batch)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code != UNAVAILABLE:
                raise
            refused += 1
        else:
            assert receipt["taken"] + receipt["doubled"] == len(batch)
            acknowledged |= {event["id"] for event in batch}
    return acknowledged, refused


def lose_and_find(
    made: Servers, feed: list[dict[str, Any]], lose: Callable[[], None], find: Callable[[], None], rounds: int
) -> set[str]:
    """Send a feed while the ground goes away and comes back; ids of what was acknowledged, in the end of all."""
    acknowledged: set[str] = set()
    step = len(feed) // rounds
    for begin in range(0, step * rounds, step):
        half = begin + step // 2
        acknowledged |= offer(made, feed[begin:half])[0]
        lose()
        told, refused = offer(made, feed[half : begin + step])
        acknowledged |= told
        assert refused
        assert made.get("picture")["number"] >= 0  # what is known is still shown
        find()
    told, refused = offer(made, feed)
    assert refused == 0
    return acknowledged | told


def check_the_log(folder: Path, database: str | None, feed: list[dict[str, Any]], acknowledged: set[str]) -> None:
    log = EventLog(lambda: open_live_database(folder, database), "tiny")
    there = [entry.event_id for entry in log.entries() if entry.source]
    assert len(there) == len(set(there)) == len(feed)
    assert set(there) == acknowledged == {event["id"] for event in feed}
    assert plain(restore(log, WIDE, None).picture) == naive_picture(feed)
    log.close()


def test_a_server_without_room_on_its_disk_refuses_and_goes_on(forker: Forker, tmp_path: Path) -> None:
    """The system lets its files grow no more, and then it does again."""
    study, data, feed = write_tiny_study(tmp_path / "tiny"), tmp_path / "data", random_feed(21, 800)
    with servers(forker, data, study) as made:
        made.start()

        def lose() -> None:
            size = max(path.stat().st_size for path in data.glob("live.sqlite*"))
            _let_grow(made.pid, size + 8_192)

        acknowledged = lose_and_find(made, feed, lose, lambda: _let_grow(made.pid, resource.RLIM_INFINITY), 2)
        made.kill()
    check_the_log(data, None, feed, acknowledged)


def _let_grow(pid: int, size: int) -> None:
    most = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, most))


def test_a_server_whose_database_dies_goes_on_when_it_is_back(forker: Forker) -> None:
    with tempfile.TemporaryDirectory(prefix="beredt-pg-") as name:
        folder, feed = Path(name), random_feed(22, 400)
        with running_postgres(folder / "pg") as url:
            study = write_tiny_study(folder / "tiny")
            with servers(forker, folder / "data", study, url) as made:
                made.start()
                stop, start = (lambda: stop_postgres(folder / "pg")), (lambda: start_postgres(folder / "pg"))
                acknowledged = lose_and_find(made, feed, stop, start, 1)
                made.kill()
            check_the_log(folder / "data", url, feed, acknowledged)


@pytest.mark.soak
def test_a_disk_that_is_full_again_and_again_under_a_server_that_is_killed(forker: Forker) -> None:
    """A file system of two megabytes, filled by somebody else while events come, and servers that die on it."""
    draw, feed = random.Random(23), random_feed(23, 4_000)
    with tempfile.TemporaryDirectory(prefix="beredt-disk-") as name:
        disk = Path(name) / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], check=False)
        if mounted.returncode:
            pytest.skip("nobody but root mounts a file system")
        try:
            study, stuffing = write_tiny_study(Path(name) / "tiny"), disk / "stuffing"
            with servers(forker, disk / "data", study) as made:
                made.start()
                acknowledged: set[str] = set()
                for round_ in range(20):
                    part = feed[round_ * 200 : (round_ + 1) * 200]
                    acknowledged |= offer(made, part[:60])[0]
                    _fill(stuffing)
                    acknowledged |= offer(made, part)[0]
                    if draw.random() < 0.5:
                        made.kill()
                        stuffing.unlink()
                        made.start()
                    else:
                        stuffing.unlink()
                told, refused = offer(made, feed)
                assert refused == 0
                made.kill()
            check_the_log(disk / "data", None, feed, acknowledged | told)
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=True)


def _fill(path: Path) -> None:
    """Take all the room that there is."""
    with path.open("wb", buffering=0) as file:
        for size in (65_536, 512):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


@pytest.mark.soak
def test_a_database_that_dies_ten_times(forker: Forker) -> None:
    with tempfile.TemporaryDirectory(prefix="beredt-pg-") as name:
        folder, feed = Path(name), random_feed(24, 4_000)
        with running_postgres(folder / "pg") as url:
            study = write_tiny_study(folder / "tiny")
            with servers(forker, folder / "data", study, url) as made:
                made.start()
                stop, start = (lambda: stop_postgres(folder / "pg")), (lambda: start_postgres(folder / "pg"))
                acknowledged = lose_and_find(made, feed, stop, start, 10)
                made.kill()
            check_the_log(folder / "data", url, feed, acknowledged)
