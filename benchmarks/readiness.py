"""Readiness told 30 and 60 minutes ahead against what came, on a simulated week whose feed is all that is known.

At every tenth minute each area is told the chance that a unit reaches it in time later on. When that moment has come,
the picture says whether one does. No times are measured.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from beredt.cli.checked_study import load_checked_study
from beredt.live.events.read_event import Sent, read_event
from beredt.live.events.words import BUSY_STATUSES
from beredt.live.feed.simulated_day import Timed, as_event, simulated_day
from beredt.live.ground.ground import Ground, make_ground
from beredt.live.known import LOCAL, Known, known_of
from beredt.live.limits import LiveLimits
from beredt.live.picture.duty import Duty
from beredt.live.picture.fold import fold
from beredt.live.picture.picture import Picture
from beredt.live.picture.view import View, view_of
from beredt.live.readiness.mission_end import STAGES, mission_end
from beredt.live.readiness.readiness import readiness_of
from beredt.live.store.entry import Entry
from beredt.simulation.playback.record_playback import record_playback
from beredt.simulation.study_roads import load_or_build_roads

STEP_MIN = 10
HORIZONS_MIN = (30, 60)
EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
"""Chances are put together between these."""
DRAWS, SEED = 2_000, 1
ACUTE = 0

F8 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean with its 95 % interval: days are drawn anew."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Areas and moments whose chance lay between two edges, weighed by expected calls: what was told and what came."""

    minutes: int
    above: float
    share: float
    told: float
    came: Figure


@dataclass(frozen=True, slots=True)
class Judged:
    """One horizon: the mean of what was told and of what came, and Brier scores beside `it stays as it is now`."""

    minutes: int
    told: float
    came: float
    as_now: float
    brier: float
    brier_as_now: float
    brier_difference: Figure
    units_told: int
    units_free: Figure


@dataclass(frozen=True, slots=True)
class Ends:
    """Ends of missions that were told, by stage: how many came before, and by how many minutes they missed."""

    stage: str
    told: int
    before: Figure
    median_min: float
    q10_min: float
    q90_min: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All of it."""

    study: str
    days: int
    moments: int
    judged: tuple[Judged, ...]
    bins: tuple[Bin, ...]
    ends: tuple[Ends, ...]


@dataclass(slots=True)
class _Seen:
    """What was known and told at one moment: [A] each but for names."""

    day: int
    reached: F8
    calls: F8
    free: frozenset[str]
    chance: dict[int, F8]
    expected: dict[int, frozenset[str]]
    ends: list[tuple[str, str, float]]  # unit, stage, told end (s)


def main() -> None:
    """Measure and print; options from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks readiness", description=__doc__)
    parser.add_argument("--study", default="asker-baerum", help="name or folder [asker-baerum]")
    parser.add_argument("--begin", default="2026-03-02", help="first day, in the simulated year [2026-03-02]")
    parser.add_argument("--days", type=int, default=7, help="how many [7]")
    parser.add_argument("--replication", type=int, default=0, help="which simulated year [0]")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    measured = measure(options.study, options.begin, options.days, options.replication)
    print(json.dumps(asdict(measured), indent=2) if options.json else as_text(measured))


def measure(study_name: str, begin: str, days: int, replication: int = 0) -> Measured:
    """Simulate a stretch, tell what it will be like, and hold that against what came.

    Args:
        study_name: a study with rates.
        begin: the first day.
        days: at least 2: intervals are over days.
        replication: which simulated year.
    """
    study = load_checked_study(study_name)
    roads = load_or_build_roads(study, services=[study.service])
    playback = record_playback(
        study, alternative=None, replication=replication, begin=begin, days=days, progress=lambda *_: None, roads=roads
    )
    ground, known = make_ground(study, study.service, roads), known_of(study, study.service, LiveLimits())
    start = playback.start.replace(tzinfo=LOCAL)
    begin_ms = round(start.timestamp() * 1000)
    seen, frees = watch(ground, known, [*simulated_day(playback)], begin_ms, days)
    judged = tuple(judge(minutes, seen) for minutes in HORIZONS_MIN)
    bins = tuple(one for minutes in HORIZONS_MIN for one in bins_of(minutes, seen))
    return Measured(study.settings.study.id, days, len(seen), judged, bins, ends_of(seen, frees))


def watch(
    ground: Ground, known: Known, feed: Sequence[Timed], begin_ms: int, days: int
) -> tuple[list[_Seen], dict[str, list[float]]]:
    """Look at the picture at every tenth minute, and tell; also when units said that they are not busy any more (s)."""
    picture, duty, number, seen = Picture(), Duty(ground.service), 0, list[_Seen]()
    busy, frees = set[str](), dict[str, list[float]]()
    begin = timedelta(milliseconds=begin_ms)
    for at_s in range(0, days * 86_400, STEP_MIN * 60):
        while number < len(feed) and feed[number].after_s <= at_s:
            timed, number = feed[number], number + 1
            entry = _entry(timed, number, begin_ms)
            fold(picture, entry, known)
            if entry.kind == "unit_status":
                is_busy = entry.body["status"] in BUSY_STATUSES
                if entry.subject in busy and not is_busy:
                    frees.setdefault(entry.subject, []).append(timed.after_s)
                (busy.add if is_busy else busy.discard)(entry.subject)
        view = view_of(picture, known, duty, round(begin.total_seconds() * 1000) + at_s * 1000)
        if at_s >= 3_600:  # what was under way at the beginning is over
            seen.append(_look(ground, duty, picture, view, at_s))
    return seen, frees


def _entry(timed: Timed, number: int, begin_ms: int) -> Entry:
    from datetime import UTC, datetime

    sent = read_event(as_event(timed, number, datetime.fromtimestamp(begin_ms / 1000, UTC)))
    assert isinstance(sent, Sent)
    return Entry(number, sent.source, sent.id, "", sent.time_ms, sent.time_ms, sent.sequence, sent.kind, sent.subject,
                 sent.body, "")  # fmt: skip


def _look(ground: Ground, duty: Duty, picture: Picture, view: View, at_s: int) -> _Seen:
    now = readiness_of(ground, view, picture.units, duty, ACUTE, 0)
    later = {minutes: readiness_of(ground, view, picture.units, duty, ACUTE, minutes) for minutes in HORIZONS_MIN}
    incidents = {one.id: one for one in view.incidents}
    ends = []
    for unit in view.units:
        end = mission_end(ground, unit, incidents.get(unit.incident or ""), view.at_ms)
        if end is not None:
            ends.append((unit.id, unit.status, at_s + (end.at_ms - view.at_ms) / 1000))
    return _Seen(
        day=at_s // 86_400,
        reached=(now.within > 0).astype(np.float64),
        calls=np.where(np.isfinite(ground.target_s[:, ACUTE]), now.calls, 0.0),
        free=frozenset(now.units),
        chance={minutes: one.chances for minutes, one in later.items()},
        expected={minutes: frozenset(one.units) for minutes, one in later.items()},
        ends=ends,
    )


def pairs_of(minutes: int, seen: Sequence[_Seen]) -> list[tuple[_Seen, _Seen]]:
    """Moments at which something was told, and the moments that it was told of."""
    steps = minutes // STEP_MIN
    return list(zip(seen, seen[steps:], strict=False))


def judge(minutes: int, seen: Sequence[_Seen]) -> Judged:
    """One horizon."""
    pairs = pairs_of(minutes, seen)
    days = np.array([told.day for told, _ in pairs])
    weight = np.array([came.calls.sum() for _, came in pairs])

    def mean(of: list[float]) -> float:
        return float(np.average(of, weights=weight))

    def calls(values: F8, came: _Seen) -> float:
        return float(np.average(values, weights=came.calls))

    brier = [calls((told.chance[minutes] - came.reached) ** 2, came) for told, came in pairs]
    as_now = [calls((told.reached - came.reached) ** 2, came) for told, came in pairs]
    told_units = [(unit in came.free, told.day) for told, came in pairs for unit in sorted(told.expected[minutes])]
    free, of_day = np.array([one for one, _ in told_units], np.float64), np.array([day for _, day in told_units])
    return Judged(
        minutes=minutes,
        told=mean([calls(told.chance[minutes], came) for told, came in pairs]),
        came=mean([calls(came.reached, came) for _, came in pairs]),
        as_now=mean([calls(told.reached, came) for told, came in pairs]),
        brier=mean(brier),
        brier_as_now=mean(as_now),
        brier_difference=by_days(np.array(brier) - np.array(as_now), weight, days),
        units_told=len(told_units),
        units_free=by_days(free, np.ones(len(free)), of_day),
    )


def bins_of(minutes: int, seen: Sequence[_Seen]) -> list[Bin]:
    """How often what was told with a chance came true."""
    pairs = pairs_of(minutes, seen)
    chance = np.concatenate([told.chance[minutes] for told, _ in pairs])
    came = np.concatenate([later.reached for _, later in pairs])
    weight = np.concatenate([later.calls for _, later in pairs])
    days = np.repeat([told.day for told, _ in pairs], [len(later.reached) for _, later in pairs])
    place = np.clip(np.searchsorted(EDGES, chance, side="right") - 1, 0, len(EDGES) - 1)
    found = []
    for at, edge in enumerate(EDGES):
        mine = (place == at) & (weight > 0.0)
        if mine.any():
            share = float(weight[mine].sum() / weight.sum())
            told = float(np.average(chance[mine], weights=weight[mine]))
            found.append(Bin(minutes, edge, share, told, by_days(came[mine], weight[mine], days[mine])))
    return found


def ends_of(seen: Sequence[_Seen], frees: dict[str, list[float]]) -> tuple[Ends, ...]:
    """Ends of missions that were told against those that came."""
    rows = []
    for at, one in enumerate(seen):
        now_s = 3_600 + at * STEP_MIN * 60
        for unit, stage, told_s in one.ends:
            after = [came_s for came_s in frees.get(unit, []) if came_s > now_s]
            if after:
                rows.append((stage, one.day, (after[0] - told_s) / 60))
    found = []
    for stage in STAGES:
        mine = np.array([(day, error) for name, day, error in rows if name == stage])
        if len(mine):
            before = by_days((mine[:, 1] <= 0).astype(np.float64), np.ones(len(mine)), mine[:, 0])
            q10, median, q90 = (float(one) for one in np.quantile(mine[:, 1], (0.1, 0.5, 0.9)))
            found.append(Ends(stage, len(mine), before, median, q10, q90))
    return tuple(found)


def by_days(values: F8, weight: F8, days: NDArray[np.generic]) -> Figure:
    """The weighted mean Σ w·x / Σ w, with days as they are drawn anew."""
    _, place = np.unique(days, return_inverse=True)
    whole, total = np.bincount(place, weights=weight), np.bincount(place, weights=weight * values)
    drawn = np.random.default_rng(SEED).integers(0, len(whole), (DRAWS, len(whole)))
    means = total[drawn].sum(axis=1) / whole[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return Figure(float(total.sum() / whole.sum()), float(low), float(high))


def as_text(measured: Measured) -> str:
    """Tables in Markdown."""
    lines = [f"{measured.study}, {measured.days} days, {measured.moments} moments", ""]
    lines += ["| ahead | told | came | as now | Brier | as now | difference | told units free |", "|---" * 8 + "|"]
    for one in measured.judged:
        lines.append(
            f"| {one.minutes} min | {one.told:.3f} | {one.came:.3f} | {one.as_now:.3f} | {one.brier:.4f} | "
            f"{one.brier_as_now:.4f} | {_told(one.brier_difference, 4)} | {_told(one.units_free, 3)} |"
        )
    lines += ["", "| ahead | chance from | share of calls | told | came |", "|---" * 5 + "|"]
    lines += [
        f"| {one.minutes} min | {one.above:g} | {one.share:.3f} | {one.told:.3f} | {_told(one.came, 3)} |"
        for one in measured.bins
    ]
    lines += ["", "| stage | told | came before | median | 10 % | 90 % |", "|---" * 6 + "|"]
    lines += [
        f"| {one.stage} | {one.told} | {_told(one.before, 2)} | {one.median_min:+.1f} | {one.q10_min:+.1f} | "
        f"{one.q90_min:+.1f} |"
        for one in measured.ends
    ]
    return "\n".join(lines)


def _told(figure: Figure, digits: int) -> str:
    return f"{figure.value:.{digits}f} ({figure.low:.{digits}f} to {figure.high:.{digits}f})"


if __name__ == "__main__":
    main()
