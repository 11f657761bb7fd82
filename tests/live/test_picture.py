"""The picture: the same whatever the order of arrival, counted rules, snapshots that are used only where they fit."""

from __future__ import annotations

import itertools
import json
import random
from concurrent.futures import wait
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from beredt.errors import LiveStoreError
from beredt.live.events.read_event import Sent, read_event
from beredt.live.live import Live
from beredt.live.picture.duty import Duty
from beredt.live.picture.fold import fold
from beredt.live.picture.kept import kept_number
from beredt.live.picture.picture import Picture
from beredt.live.picture.restore import restore
from beredt.live.picture.snapshot import write_snapshot
from beredt.live.picture.view import View, view_of
from beredt.live.store.entry import Entry
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.model.read import read_study
from tests.live.feeds import BEGIN, KNOWN, UNITS, at, opened, position, random_feed, spoilt, status
from tests.live.naive_picture import naive_picture, plain
from tests.tiny_study import write_tiny_study

NOW = BEGIN.timestamp() + 3_600


def live_in(folder: Path, clock: float = NOW, snapshot: bool = True) -> Live:
    log = EventLog(lambda: open_live_database(folder), "tiny")
    return Live(log, KNOWN, folder / "live.snapshot" if snapshot else None, lambda: clock)


def send(live: Live, feed: list[Any], size: int = 50) -> list[Any]:
    futures = [live.take(feed[begin : begin + size], "test") for begin in range(0, len(feed), size)]
    wait(futures)
    return [future.result() for future in futures]


@settings(max_examples=8)
@given(seed=st.integers(0, 10_000))
def test_a_spoilt_feed_ends_in_the_picture_of_the_undisturbed_one(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    feed = random_feed(seed, 120)
    folder = tmp_path_factory.mktemp("live")
    live = live_in(folder)
    try:
        receipts = send(live, spoilt(feed, seed + 1))
        assert plain(live.picture) == naive_picture(feed)
        assert sum(one.taken for one in receipts) == len(feed)
        before, counted = plain(live.picture), {n: t.counts for n, t in live.picture.sources.items()}
    finally:
        live.close()
    again = live_in(folder)
    try:
        assert plain(again.picture) == before
        assert {n: t.counts for n, t in again.picture.sources.items()} == counted
        doubled = send(again, random.Random(seed).sample(feed, len(feed)))
        assert sum(one.doubled for one in doubled) == len(feed)
        assert plain(again.picture) == before
    finally:
        again.close()


def test_every_rule_is_told_and_counted(tmp_path: Path) -> None:
    live = live_in(tmp_path, BEGIN.timestamp() + 300)
    try:
        feed: list[Any] = [
            opened(1, "i1", "A", 59.900, 10.640, 290),
            status(2, "e-1", "to_scene", 300, incident="i1"),
            status(2, "e-1", "at_scene", 300, incident="i1"),  # another event with the same id
            status(5, "e-1", "lunch", 301),  # two numbers are missing, and nobody knows the word
            status(6, "e-9", "at_station", 300),
            status(7, "e-2", "to_hospital", 300, hospital="hosp-north", incident="i7"),
            status(8, "e-2", "at_station", 340),  # 40 s ahead of the server
            status(9, "e-2", "at_station", 200),  # late, and the newer status stays
            position(1, "w-1", 61.0, 10.6, 300),
            {"id": "m", "kind": "unit_status", "source": "cad"},
        ]
        (receipt,) = send(live, feed)
        assert [(one.at, one.rule) for one in receipt.refused] == [(9, "malformed"), (2, "contradictory")]
        assert "somebody" not in receipt.refused[0].message
        assert [(one.at, one.rule) for one in receipt.noted] == [
            (3, "gap"), (3, "unknown_status"), (4, "unknown_unit"), (5, "unknown_place"), (5, "unknown_incident"),
            (6, "ahead_of_time"), (7, "late"), (7, "out_of_order"), (8, "outside_region"),
        ]  # fmt: skip
        assert (receipt.taken, receipt.doubled) == (8, 0)
        assert live.picture.units["e-1"]["status"].value["status"] == "unknown"
        assert live.picture.units["e-2"]["status"].value["status"] == "to_hospital"
        assert live.picture.units["e-2"]["status"].value["hospital"] is None
        assert live.picture.sources["cad"].counts["contradictory"] == 1
        assert live.picture.sources[""].counts == {"malformed": 1}
    finally:
        live.close()


def test_what_is_older_than_the_horizon_is_set_aside_and_forgotten() -> None:
    picture = Picture()
    day = 86_400_000

    def lay(number: int, kind: str, subject: str, time_ms: int, body: dict[str, Any]) -> tuple[str, ...]:
        entry = Entry(number, "cad", f"n{number}", "", 3 * day, time_ms, None, kind, subject, body, "")
        return fold(picture, entry, KNOWN)

    place = {"position": {"lat": 59.9, "lon": 10.6}}
    lay(1, "incident_opened", "old", 0, {"urgency": "A", **place})
    lay(2, "incident_closed", "old", 1, {})
    lay(3, "incident_opened", "open", 2, {"urgency": "A", **place})
    assert lay(4, "unit_status", "e-1", 2 * day, {"status": "at_station"}) == ("late",)
    assert lay(5, "unit_status", "e-2", day - 1, {"status": "at_station"}) == ("late", "too_late")
    assert "e-2" not in picture.units
    lay(10_000, "unit_status", "e-1", 2 * day + 1, {"status": "at_station"})
    assert set(picture.incidents) == {"open"}


@pytest.mark.parametrize("harm", ["cut", "other byte", "other rules", "other log", "no json", "gone"])
def test_a_snapshot_that_does_not_fit_is_never_used(tmp_path: Path, harm: str) -> None:
    live = live_in(tmp_path)
    send(live, random_feed(5, 300))
    expected = plain(live.picture)
    live.close()
    path = tmp_path / "live.snapshot"
    assert kept_number(path) == 300
    assert {path.stat().st_mode & 0o077, (tmp_path / "live.sqlite").stat().st_mode & 0o077} == {0}
    data = path.read_bytes()
    heading, _, content = data.partition(b"\n")
    if harm == "cut":
        path.write_bytes(data[: len(data) * 2 // 3])
    elif harm == "other byte":
        path.write_bytes(heading + b"\n" + content.replace(b"at_scene", b"at_scent"))
    elif harm == "other rules":
        path.write_bytes(json.dumps(json.loads(heading) | {"rules": "0" * 64}).encode() + b"\n" + content)
    elif harm == "other log":
        path.write_bytes(json.dumps(json.loads(heading) | {"number": 200}).encode() + b"\n" + content)
    elif harm == "no json":
        path.write_bytes(b"\x00\xff")
    else:
        path.unlink()
    again = live_in(tmp_path)
    try:
        assert plain(again.picture) == expected
        assert again.picture.number == 300
    finally:
        again.close()


def test_a_snapshot_of_the_middle_is_gone_on_from(tmp_path: Path) -> None:
    engine = open_live_database(tmp_path)
    live = live_in(tmp_path, snapshot=False)
    send(live, random_feed(6, 200))
    log = EventLog(lambda: engine, "tiny")
    picture = Picture()
    path = tmp_path / "some.snapshot"
    for entry in log.entries(0, 120):
        fold(picture, entry, KNOWN)
    write_snapshot(path, picture, entry, KNOWN)
    restored = restore(log, KNOWN, path)
    assert (restored.picture, restored.laid) == (live.picture, 80)
    assert restored.picture == restore(log, KNOWN, None).picture
    assert restored.last is not None
    assert restored.last.number == 200
    live.close()


def test_moves_that_were_made_are_known_after_a_restart_however_much_was_advised_since(tmp_path: Path) -> None:
    live = live_in(tmp_path)
    move = {"unit": "e-1", "to_station": "st-west", "km": 6.5}
    body = {"moves": [move], "number": 0, "at_ms": 0}
    live.note_all([("advice", "m1", "moves", body), ("advice", "m2", "moves", body)])
    done = {"deed": "followed", "unit": "e-1", "why": "", "by": "ada"}
    live.note("advice_done", "m1", done)
    live.note("advice_done", "m2", done)
    live.note("advice_done", "m2", done | {"deed": "declined", "unit": None})  # a slip of the finger
    live.note_all([("advice", f"a{number}", "moves", {"moves": []}) for number in range(600)])
    live.close()
    assert "m1" not in live.picture.advice
    for path in (tmp_path / "live.snapshot", tmp_path / "nothing"):
        restored = restore(EventLog(lambda: open_live_database(tmp_path), "tiny"), KNOWN, path).picture
        assert restored.moved == {"m1": ("e-1", "st-west", round(NOW * 1000), 6.5)}


def test_incidents_are_counted_in_the_hour_in_which_they_were_opened_first() -> None:
    """By the urgency that they had then, in whatever order it is told."""
    feed = [opened(1, "i1", "A", 59.9, 10.6, 100), opened(2, "i1", "V", 59.9, 10.6, 50),
            opened(3, "i2", "H", 59.9, 10.6, 4_000), status(4, "e-1", "free", 9_000)]  # fmt: skip
    hour = round(BEGIN.timestamp()) // 3_600
    for order in itertools.permutations(feed):
        picture = Picture()
        for number, raw in enumerate(order, start=1):
            sent = read_event(raw)
            assert isinstance(sent, Sent)
            now_ms = round(NOW * 1000) + 7_200_000
            fold(picture, Entry(number, sent.source, sent.id, "", now_ms, sent.time_ms, sent.sequence, sent.kind,
                                sent.subject, sent.body, sent.digest), KNOWN)  # fmt: skip
        assert picture.opened == {hour: [0, 0, 1], hour + 1: [0, 1, 0], hour + 2: [0, 0, 0]}


def test_a_sender_that_goes_away_spoils_nobodys_answer(tmp_path: Path) -> None:
    live = live_in(tmp_path, snapshot=False)
    try:
        gone, stays = live.take(random_feed(10, 20)), live.take(random_feed(11, 20))
        assert not gone.cancel()
        assert stays.result().taken + stays.result().doubled + len(stays.result().refused) == 20
        assert gone.result().taken == 20
    finally:
        live.close()


def test_a_log_with_a_hole_is_told(tmp_path: Path) -> None:
    live = live_in(tmp_path, snapshot=False)
    send(live, random_feed(7, 20))
    live.close()
    engine = open_live_database(tmp_path)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER live_log_no_delete"))
        connection.execute(text("DELETE FROM live_log WHERE number = 7"))
    with pytest.raises(LiveStoreError, match="entry 7 of the log of tiny is missing"):
        live_in(tmp_path)


def test_a_full_disk_refuses_and_goes_on_afterwards(tmp_path: Path) -> None:
    """SQLite itself says that there is no more room, as it does on a full disk."""
    from sqlalchemy import event

    engine = open_live_database(tmp_path)
    room = {"pages": 12}
    event.listen(
        engine, "checkout", lambda raw, *_: raw.cursor().execute(f"PRAGMA max_page_count={room['pages']}").close()
    )
    live = Live(EventLog(lambda: engine, "tiny"), KNOWN, None, lambda: NOW)
    feed = random_feed(8, 400)
    acknowledged, refused = 0, 0
    try:
        for begin in range(0, 400, 20):
            error = (future := live.take(feed[begin : begin + 20])).exception()
            if error is None:
                acknowledged += future.result().taken
            else:
                assert isinstance(error, LiveStoreError)
                assert "full" in str(error)
                refused += 1
        assert refused
        assert acknowledged
        assert live.picture.number == acknowledged
        room["pages"] = 100_000
        receipts = send(live, feed)
        assert sum(one.taken + one.doubled for one in receipts) == 400
        assert sum(one.taken for one in receipts) == 400 - acknowledged
        assert plain(live.picture) == naive_picture(feed)
    finally:
        live.close()


def test_two_servers_over_one_log_see_the_same(tmp_path: Path) -> None:
    one, other = live_in(tmp_path, snapshot=False), live_in(tmp_path, snapshot=False)
    try:
        feed = random_feed(9, 300)
        futures = [(one, other)[n % 2].take(feed[n * 10 : n * 10 + 20]) for n in range(30)]
        assert sum(future.result().taken for future in futures) == 300
        one.catch_up()
        other.catch_up()
        assert one.picture == other.picture
        assert plain(one.picture) == naive_picture(feed)
    finally:
        one.close()
        other.close()


@pytest.fixture(scope="module")
def duty(tmp_path_factory: pytest.TempPathFactory) -> Duty:
    study, _ = read_study(write_tiny_study(tmp_path_factory.mktemp("study")))
    assert study is not None
    return Duty(study.service)


def view_after(folder: Path, duty: Duty, feed: list[Any], seconds: float) -> View:
    live = live_in(folder, BEGIN.timestamp() + 60, snapshot=False)
    try:
        send(live, feed)
        return view_of(live.picture, KNOWN, duty, round((BEGIN.timestamp() + seconds) * 1000))
    finally:
        live.close()


def test_what_is_old_or_does_not_fit_is_shown_so(tmp_path: Path, duty: Duty) -> None:
    feed = [
        opened(1, "i1", "A", 59.900, 10.640, 0),
        status(2, "e-1", "to_scene", 10, incident="i1", position={"lat": 59.9, "lon": 10.65}),
        status(3, "e-2", "at_station", 10),
        status(4, "w-1", "at_scene", 10, incident="i9"),
        status(5, "s-1", "free", 10, incident="i1"),
        {"id": "r", "source": "cad", "time": at(0), "kind": "roster_changed", "unit": "s-1", "day": "2026-01-05",
         "shifts": []},
    ]  # fmt: skip
    soon = {one.id: one for one in view_after(tmp_path / "a", duty, feed, 70).units}
    assert [name for name in UNITS if soon[name].free] == ["e-2", "s-1"]
    assert soon["e-1"].conflicts == ()
    assert soon["w-1"].conflicts == ("incident_unknown",)
    assert soon["s-1"].conflicts == ("free_with_incident", "free_off_duty")
    assert not soon["e-3"].on_duty
    assert soon["e-3"].status == "unknown"
    assert not soon["e-1"].position_stale
    later = view_after(tmp_path / "b", duty, feed, 600)
    stale = {one.id: one for one in later.units}
    assert [one.silent for one in later.sources] == [True]
    assert stale["e-1"].position_stale
    assert not any(one.free for one in later.units)
    assert later.incidents[0].units == ("e-1",)


def test_rosters_are_hours_on_the_clock_on_the_wall(duty: Duty) -> None:
    """e-2 works 08–20 Monday to Friday; the clock goes forward on Sunday 2026-03-29."""
    from datetime import datetime

    from beredt.live.known import LOCAL

    def on(text: str, unit: str = "e-2") -> bool:
        return duty.is_on(unit, {}, round(datetime.fromisoformat(text).replace(tzinfo=LOCAL).timestamp() * 1000))

    assert not on("2026-03-30T07:59")
    assert on("2026-03-30T08:00")
    assert on("2026-03-27T19:59")
    assert not on("2026-03-27T20:00")
    assert on("2026-03-29T03:30", "e-3")  # Saturday 18:00 to 04:00
    assert not on("2026-03-29T04:00", "e-3")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_a_million_events_that_arrive_spoilt(tmp_path: Path, seed: int) -> None:
    """A hundred thousand events at a time, of which a third comes twice and a tenth cannot be read."""
    feed = random_feed(1_000 + seed, 70_000)
    known = replace(KNOWN, limits=KNOWN.limits.model_copy(update={"horizon_s": 1e9}))
    log = EventLog(lambda: open_live_database(tmp_path), "tiny")
    live = Live(log, known, tmp_path / "live.snapshot", lambda: BEGIN.timestamp() + 1e6)
    try:
        receipts = send(live, spoilt(feed, seed, reach=2_000), size=100)
        assert sum(one.taken for one in receipts) == len(feed)
        assert plain(live.picture) == naive_picture(feed)
    finally:
        live.close()
