"""What is advised about moves is where the simulation's rule `dmexclp` sends a unit that becomes free."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from beredt.live.advice.move_advice import advise_move_of, cover_of
from beredt.live.events.read_event import Sent, read_event
from beredt.live.feed.simulated_day import as_event, simulated_day
from beredt.live.ground.ground import make_ground
from beredt.live.known import LOCAL, known_of
from beredt.live.limits import LiveLimits
from beredt.live.picture.duty import Duty
from beredt.live.picture.fold import fold
from beredt.live.picture.picture import Picture
from beredt.live.picture.view import view_of
from beredt.live.store.entry import Entry
from beredt.model.read import read_study
from beredt.simulation.playback.playback import STATUSES, TICKS_PER_SECOND
from beredt.simulation.playback.record_playback import record_playback
from beredt.simulation.study_roads import load_or_build_roads
from tests.tiny_study import write_tiny_study

MOVING = STATUSES.index("moving")


def test_a_move_that_is_advised_is_the_one_that_the_policy_makes(tmp_path: Path) -> None:
    """At every simulated move while all other free units stand at stations; moves that gain little are not told."""
    study, _ = read_study(write_tiny_study(tmp_path))
    assert study is not None
    service = replace(study.service, relocation=replace(study.service.relocation, rule="dmexclp"))
    study = replace(study, service=service)
    roads = load_or_build_roads(study, services=[service])
    playback = record_playback(
        study, alternative=None, replication=0, begin="2026-01-05", days=6, progress=lambda *_: None, roads=roads
    )
    ground, duty = make_ground(study, service, roads), Duty(service)
    cover, known, picture = cover_of(ground), known_of(study, service, LiveLimits()), Picture()
    begin, feed, number = playback.start.replace(tzinfo=LOCAL), list(simulated_day(playback)), 0
    moves = sorted(
        (int(t), unit.id, int(about))
        for unit in playback.units
        for t, code, about in zip(unit.status.t, unit.status.code, unit.status.about, strict=True)
        if code == MOVING
    )
    same = 0
    for tick, mover, about in moves:
        station = service.stations[about].id
        while number < len(feed) and feed[number].after_s * TICKS_PER_SECOND <= tick:
            sent = read_event(as_event(feed[number], number + 1, begin))
            assert isinstance(sent, Sent)
            number += 1
            fold(picture, Entry(number, sent.source, sent.id, "", sent.time_ms, sent.time_ms, sent.sequence, sent.kind,
                                sent.subject, sent.body, sent.digest), known)  # fmt: skip
        at_ms = round((begin + timedelta(seconds=tick / TICKS_PER_SECOND)).timestamp() * 1000)
        view = view_of(picture, known, duty, at_ms)
        on_the_road = [one for one in view.units if one.free and one.id != mover and one.status != "at_station"]
        found = advise_move_of(ground, cover, view, mover)
        if not on_the_road and found is not None:
            assert found.to_station == station
            same += 1
    assert same > 5
