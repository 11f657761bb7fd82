"""A past stretch, event by event, through the picture and the advice of the live room.

Advice about an incident is asked in the picture as it was when somebody was sent, of the days as they went: a unit that
would have been sent by the advice is still free afterwards, and the one that was sent is not. What that would have
changed for later incidents is not reckoned; simulation does that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from beredt.dispatch.cover import Cover
from beredt.live.advice.move_advice import MoveAdvice, advise_moves, cover_of
from beredt.live.advice.send_advice import weigh_sending
from beredt.live.events.words import BUSY_STATUSES, FREE_STATUSES
from beredt.live.ground.ground import Ground
from beredt.live.ground.where import AT_STATION
from beredt.live.known import Known
from beredt.live.picture.duty import Duty
from beredt.live.picture.fold import fold
from beredt.live.picture.picture import Picture
from beredt.live.picture.view import View, view_of
from beredt.live.replay.beside import NOT_KNOWN, Beside, Replayed, hold_beside
from beredt.live.replay.past import Happened, Past
from beredt.live.store.entry import Entry

Wait = Callable[[int], None]
"""Told of the moment (ms) that is replayed next; it may take its time."""


def replay(past: Past, ground: Ground, known: Known, wait: Wait) -> tuple[Replayed, Mapping[str, int]]:
    """Run a past through picture and advice; what was found, and incidents that could not be asked about, by reason.

    Args:
        past: events and decisions.
        ground: the study.
        known: its names, and limits of the picture.
        wait: told before every decision.
    """
    run = _Run(past, iter(past.entries), ground, known, Picture(), Duty(ground.service), cover_of(ground))
    found, left_out, moves = list[Beside](), Counter(past.left_out), list[MoveAdvice]()
    for happened in past.happened:
        moves += run.fold_until(happened.before)
        wait(happened.decided_ms)
        beside = run.ask(happened)
        if beside is None:
            left_out[NOT_KNOWN] += 1
        else:
            found.append(beside)
    moves += run.fold_until(None)
    return Replayed(tuple(found), tuple(moves)), dict(left_out)


@dataclass(slots=True)
class _Run:
    """A replay under way."""

    past: Past
    entries: Iterator[Entry]
    ground: Ground
    known: Known
    picture: Picture
    duty: Duty
    cover: Cover

    def fold_until(self, last: int | None) -> list[MoveAdvice]:
        """Lay entries up to a number on the picture; moves that are advised at the moments when units become free."""
        found = list[MoveAdvice]()
        while last is None or self.picture.number < last:
            entry = next(self.entries, None)
            if entry is None:
                break
            was_busy = self._is(entry, BUSY_STATUSES)
            fold(self.picture, entry, self.known)
            in_stretch = self.past.stretch.begin_ms <= entry.time_ms < self.past.stretch.end_ms
            if was_busy and in_stretch and self._is(entry, FREE_STATUSES):
                told = advise_moves(self.ground, self.cover, self.view(entry.time_ms)[0], {})
                found += [one for one in told if one.unit == entry.subject]
        return found

    def ask(self, happened: Happened) -> Beside | None:
        """The advice about an incident beside what was done; None where the picture does not know it."""
        view, reckoned = self.view(happened.decided_ms)
        incident = next((one for one in view.incidents if one.id == happened.incident), None)
        if incident is None or incident.urgency is None or incident.lat is None or incident.outside_region:
            return None
        said = weigh_sending(self.ground, view, incident)
        return hold_beside(self.ground, view, incident, said, happened, reckoned)

    def view(self, at_ms: int) -> tuple[View, frozenset[str]]:
        """The picture at a moment, with units on the road where they are reckoned to be."""
        view, places = view_of(self.picture, self.known, self.duty, at_ms), self.past.places_at(at_ms)
        waits = {one.id for one in view.units if one.id in self.past.elsewhere and one.status == AT_STATION}
        reckoned = frozenset(waits | places.keys())
        if not places:
            return view, reckoned
        units = tuple(
            replace(one, lat=places[one.id][0], lon=places[one.id][1], position_ms=at_ms, position_stale=False,
                    outside_region=not self.known.is_inside(*places[one.id]))
            if one.id in places else one
            for one in view.units
        )  # fmt: skip
        return replace(view, units=units), reckoned

    def _is(self, entry: Entry, words: frozenset[str]) -> bool:
        """Whether the unit that an entry is about does one of some things, as far as the picture knows."""
        if entry.kind != "unit_status":
            return False
        data = self.picture.units.get(entry.subject, {})
        return "status" in data and data["status"].value["status"] in words
