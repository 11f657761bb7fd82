"""What an organisation sees after a restart: of its snapshot and the rest of the log, the same as of the whole log."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.live import snapshots
from beredt.live.live import Live
from beredt.live.picture.kept import kept_number
from beredt.live.picture.snapshot import picture_to_json
from beredt.live.sharing.agreement import Agreement, Level
from beredt.live.sharing.lens import Lens
from beredt.live.sharing.sight import Sight
from beredt.live.sharing.sight_snapshot import sight_path, take_up, write_sight
from beredt.live.sharing.viewer import Viewer, viewers_of
from beredt.live.store.entry import Entry
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.live.webhooks.outbox import Outbox
from beredt.live.webhooks.place import Place
from beredt.live.webhooks.target import Target
from beredt.model.study import Study
from tests.live.feeds import BEGIN, random_feed
from tests.live.test_sharing import Whole, entry, sight_of, study

__all__ = ["study"]  # the fixture
WEST, EAST = "trust-west", "trust-east"
NOW = BEGIN.timestamp() + 1e4


def viewers(study: Study, level: Level = Level.ROUNDED) -> tuple[Viewer, ...]:
    return viewers_of(study.service, [Agreement(EAST, WEST, level, 5000.0), Agreement(WEST, EAST, level, 900.0)])


def state(sight: Sight) -> str:
    return json.dumps([picture_to_json(sight.picture), sight.lens.to_json()], sort_keys=True)


@given(seed=st.integers(0, 2**32), cut=st.integers(1, 119), level=st.sampled_from(list(Level)))
@settings(max_examples=30, deadline=None)
def test_a_sight_that_was_kept_goes_on_as_if_undisturbed(
    study: Study, tmp_path_factory: pytest.TempPathFactory, seed: int, cut: int, level: Level
) -> None:
    path = tmp_path_factory.getbasetemp() / "one.snapshot"
    log = [entry(number + 1, raw) for number, raw in enumerate(random_feed(seed, 120))]
    for organisation in (WEST, EAST):
        undisturbed, before, after = (sight_of(study, organisation, level) for _ in range(3))
        for one in log:
            undisturbed.lay(one)
        for one in log[:cut]:
            before.lay(one)
        write_sight(path, before, log[cut - 1])
        assert take_up(path, after, log[cut - 1])
        for one in log[cut:]:
            after.lay(one)
        assert state(after) == state(undisturbed)


Opened = Callable[..., Live]


@pytest.fixture
def opened(study: Study, tmp_path: Path) -> Opened:
    def begin(seen: Sequence[Viewer] = (), *, keep: bool = True) -> Live:
        log = EventLog(lambda: open_live_database(tmp_path, None), "tiny")
        snapshot = tmp_path / "live" / "tiny.snapshot" if keep else None
        return Live(log, Whole(study).known, snapshot, lambda: NOW, seen or viewers(study))

    return begin


def laid(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the entries that lenses look at from now on."""
    counted: list[int] = []
    see = Lens.see

    def count(lens: Lens, one: Entry) -> list[Entry]:
        counted.append(one.number)
        return see(lens, one)

    monkeypatch.setattr(Lens, "see", count)
    return counted


def test_a_restart_looks_at_the_newest_entries_only(
    study: Study, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = random_feed(7, 300)
    live = opened()
    live.take(feed[:200]).result(30)
    live.close()
    other = opened(keep=False)  # another server adds to the log
    other.take(feed[200:]).result(30)
    undisturbed = {name: state(sight) for name, sight in other.sights.items()}
    last = other.picture.number
    other.close()
    paths = [sight_path(tmp_path / "live" / "tiny.snapshot", name) for name in (EAST, WEST)]
    assert [kept_number(path) for path in paths] == [200, 200]
    assert all(path.stat().st_mode & 0o77 == 0 for path in paths)
    counted = laid(monkeypatch)
    live = opened()
    assert {name: state(sight) for name, sight in live.sights.items()} == undisturbed
    assert sorted(counted) == sorted(2 * list(range(201, last + 1)))
    live.close()
    assert [kept_number(path) for path in paths] == [last, last]
    # An agreement that was changed: what the west sees is made anew of the whole log.
    counted.clear()
    live = opened(viewers(study, Level.FULL))
    assert sorted(counted) == sorted(2 * list(range(1, last + 1)))
    live.close()


@pytest.mark.parametrize("harm", ["cut", "changed", "of another", "gone"])
def test_a_sight_that_does_not_fit_is_never_used(opened: Opened, tmp_path: Path, harm: str) -> None:
    live = opened()
    live.take(random_feed(3, 100)).result(30)
    right = {name: state(sight) for name, sight in live.sights.items()}
    live.close()
    east, west = (sight_path(tmp_path / "live" / "tiny.snapshot", name) for name in (EAST, WEST))
    content = west.read_bytes()
    if harm == "cut":
        west.write_bytes(content[:-20])
    elif harm == "changed":
        west.write_bytes(content.replace(b'"count":', b'"count":1', 1))
    elif harm == "of another":
        west.write_bytes(east.read_bytes())
    else:
        west.unlink()
    live = opened()
    assert {name: state(sight) for name, sight in live.sights.items()} == right
    live.close()


def test_snapshots_are_written_one_at_a_time(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "SNAPSHOT_EVERY", 50)
    folder, feed = tmp_path / "live", random_feed(5, 120)
    live = opened()
    seen: list[dict[str, int | None]] = [{}]
    for begin in range(0, 120, 10):
        live.take(feed[begin : begin + 10]).result(30)
        live.catch_up()
        seen.append({path.name: kept_number(path) for path in folder.glob("*.snapshot")})
    live.close()
    written = [len(now.items() - before.items()) for before, now in pairwise(seen)]
    assert max(written) <= 2  # one with the batch, and one with the look at the log after it
    assert sum(written) >= len(live.sights) + 1


def told(outbox: Outbox, last: int) -> list[Any]:
    found = []
    while (batch := outbox.find_batch(last)) is not None:
        found += json.loads(batch.body)["events"]
        outbox.take(batch)
    return found


def test_a_webhook_goes_on_from_the_snapshot(
    study: Study, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = random_feed(9, 300)
    live = opened()
    live.take(feed[:200]).result(30)
    live.close()
    live = opened(keep=False)
    live.take(feed[200:]).result(30)
    (west,) = (one for one in viewers(study) if one.organisation == WEST)
    target = Target("one", "https://example.no/x", WEST, frozenset({"unit_status", "unit_position"}), (b"secret",))
    place = Place(230, 17)
    long = Outbox(live.log, Sight(west, live), target, place)
    counted = laid(monkeypatch)
    short = Outbox(live.log, Sight(west, live), target, place, snapshot=tmp_path / "live" / "tiny.snapshot")
    assert counted == list(range(201, 231))
    told_of = told(short, live.picture.number)
    assert told_of
    assert told_of == told(long, live.picture.number)
    live.close()
