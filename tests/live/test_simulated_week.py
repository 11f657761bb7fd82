"""A simulated week as a feed: at every incident the advice is what the simulation then did, and so says a replay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast

import pytest

from beredt.live.advice.send_advice import advise_sending
from beredt.live.events.read_event import Sent, read_event
from beredt.live.feed.simulated_day import as_event, simulated_day
from beredt.live.ground.ground import Ground, make_ground
from beredt.live.known import LOCAL, Known, known_of
from beredt.live.limits import LiveLimits
from beredt.live.picture.duty import Duty
from beredt.live.picture.fold import fold
from beredt.live.picture.picture import Picture
from beredt.live.picture.view import view_of
from beredt.live.replay.cause import ON_A_MISSION
from beredt.live.replay.from_log import past_of_log
from beredt.live.replay.past import Stretch
from beredt.live.replay.replay import replay
from beredt.live.store.entry import Entry
from beredt.live.store.event_log import EventLog
from beredt.model.read import read_study
from beredt.simulation.playback.playback import TICKS_PER_SECOND, Playback
from beredt.simulation.playback.record_playback import record_playback
from beredt.simulation.study_roads import load_or_build_roads
from tests.tiny_study import write_tiny_study


class Week:
    """Six days of the tiny study, and the log of a server that they were sent to."""

    def __init__(self, ground: Ground, playback: Playback) -> None:
        self.ground, self.playback = ground, playback
        self.known: Known = known_of(ground.study, ground.service, LiveLimits())
        self.begin = playback.start.replace(tzinfo=LOCAL)
        self.log = [self._entry(number, timed) for number, timed in enumerate(simulated_day(playback), start=1)]

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """As `EventLog.entries`."""
        return iter(self.log[after:until])

    def _entry(self, number: int, timed: Any) -> Entry:
        sent = read_event(as_event(timed, number, self.begin))
        assert isinstance(sent, Sent)
        return Entry(number, sent.source, sent.id, "", sent.time_ms, sent.time_ms, sent.sequence, sent.kind,
                     sent.subject, sent.body, sent.digest)  # fmt: skip


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    study, _ = read_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))
    assert study is not None
    roads = load_or_build_roads(study, services=[study.service])
    playback = record_playback(
        study, alternative=None, replication=0, begin="2026-01-05", days=6, progress=lambda *_: None, roads=roads
    )
    return Week(make_ground(study, study.service, roads), playback)


def test_the_advice_is_what_the_simulation_did(week: Week) -> None:
    """Units on the road are known by a position every quarter of a minute, and by where they drive."""
    ground, duty, picture = week.ground, Duty(week.ground.service), Picture()
    rows, number = week.playback.incidents, 0
    same = waited = 0
    for row in rows.ready.argsort(kind="stable").tolist():
        ready_s = int(rows.ready[row]) / TICKS_PER_SECOND
        at_ms = round((week.begin + timedelta(seconds=ready_s)).timestamp() * 1000)
        while number < len(week.log) and week.log[number].time_ms < at_ms:
            fold(picture, week.log[number], week.known)
            number += 1
        if ready_s < 3_600 or not rows.units[row]:
            continue
        view = view_of(picture, week.known, duty, at_ms)
        incident = next(one for one in view.incidents if one.id == f"sim-{rows.number[row]}")
        said = advise_sending(ground, view, incident)
        if rows.held[row]:
            assert (said.deed, said.reason) == ("wait", "reserve")
            waited += 1
        elif not rows.queued[row]:
            assert said.unit == week.playback.units[rows.units[row][0]].id
            same += 1
    assert waited > 0
    assert same > 30


def test_a_replay_agrees_with_a_dispatcher_who_is_the_rule(week: Week) -> None:
    """But where a unit was sent on from one mission to the next: nobody told when it would be free."""
    stretch = Stretch(date(2026, 1, 5), 6)
    past = past_of_log(cast(EventLog, week), "a week", week.ground, stretch)
    found, left_out = replay(past, week.ground, week.known, lambda at_ms: None)
    assert len(found.incidents) > 35
    assert set(left_out) <= {"begun_before_the_log"}
    assert {one.cause for one in found.incidents if not one.agreed} <= {ON_A_MISSION}


def test_a_feed_that_was_sent_weeks_later_is_the_same_past(week: Week) -> None:
    """What a server was told afterwards, as when a line was down over midnight, still happened in these days."""
    stretch = Stretch(date(2026, 1, 6), 2)
    past = past_of_log(cast(EventLog, week), "a week", week.ground, stretch)
    told = week.log
    week.log = [entry._replace(received_ms=entry.received_ms + 40 * 86_400_000) for entry in told]
    try:
        late = past_of_log(cast(EventLog, week), "a week", week.ground, stretch)
        assert late.happened == past.happened
        assert replay(late, week.ground, week.known, lambda at_ms: None)[0].incidents
    finally:
        week.log = told
