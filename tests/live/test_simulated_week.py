"""A simulated week as a feed: at every incident the advice is what the simulation then did."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from beredt.live.advice.send_advice import advise_sending
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
from beredt.simulation.playback.playback import TICKS_PER_SECOND
from beredt.simulation.playback.record_playback import record_playback
from beredt.simulation.study_roads import load_or_build_roads
from tests.tiny_study import write_tiny_study


def test_the_advice_is_what_the_simulation_did(tmp_path: Path) -> None:
    """Units on the road are known by a position every quarter of a minute only: now and then that decides."""
    study, _ = read_study(write_tiny_study(tmp_path))
    assert study is not None
    roads = load_or_build_roads(study, services=[study.service])
    playback = record_playback(
        study, alternative=None, replication=0, begin="2026-01-05", days=6, progress=lambda *_: None, roads=roads
    )
    ground, duty = make_ground(study, study.service, roads), Duty(study.service)
    known, picture, begin = (
        known_of(study, study.service, LiveLimits()),
        Picture(),
        playback.start.replace(tzinfo=LOCAL),
    )
    rows, feed = playback.incidents, list(simulated_day(playback))
    number = same = other = waited = 0
    for row in rows.ready.argsort(kind="stable").tolist():
        ready_s = int(rows.ready[row]) / TICKS_PER_SECOND
        while number < len(feed) and feed[number].after_s < ready_s:
            sent = read_event(as_event(feed[number], number + 1, begin))
            assert isinstance(sent, Sent)
            number += 1
            fold(picture, Entry(number, sent.source, sent.id, "", sent.time_ms, sent.time_ms, sent.sequence, sent.kind,
                                sent.subject, sent.body, sent.digest), known)  # fmt: skip
        if ready_s < 3_600 or not rows.units[row]:
            continue
        at_ms = round((begin + timedelta(seconds=ready_s)).timestamp() * 1000)
        view = view_of(picture, known, duty, at_ms)
        incident = next(one for one in view.incidents if one.id == f"sim-{rows.number[row]}")
        said = advise_sending(ground, view, incident)
        if rows.held[row]:
            assert (said.deed, said.reason) == ("wait", "reserve")
            waited += 1
        elif not rows.queued[row]:
            first = playback.units[rows.units[row][0]].id
            same, other = same + (said.unit == first), other + (said.unit != first)
    assert waited > 0
    assert same > 30
    assert other <= 0.03 * (same + other)
