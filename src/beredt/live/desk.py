"""The desk: readiness and advice on top of the live picture, and what people did with it, in the same log.

Advice is off until somebody switches it on, and every restart finds it as it was left. Each piece goes into the log
before anybody sees it, with who saw it; what was done about it is written down by a person, never assumed.

Compiled rules are imported where they are first needed: a server that starts tells its picture a second sooner.
"""

from __future__ import annotations

import gc
import uuid
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from beredt.errors import AdviceError, BeredtError, UnknownIdError
from beredt.live.outlook import Outlook
from beredt.live.picture.duty import Duty
from beredt.live.picture.fold import ADVICE, DONE, MOVES, SEEN, SWITCH
from beredt.live.picture.picture import Advised
from beredt.live.picture.view import IncidentSeen, UnitSeen, View
from beredt.live.sharing.sight import Seen

if TYPE_CHECKING:
    from beredt.demand.forecast.counts import Counts
    from beredt.dispatch.cover import Cover
    from beredt.live.advice.move_advice import MovesMade
    from beredt.live.ground.ground import Ground
    from beredt.live.readiness.readiness import Readiness
    from beredt.live.readiness.volume import Volume

SAME_FOR_MS = 60_000
"""The same advice about the same thing within a minute is one piece of advice, seen again."""
SHIFT_MS = 12 * 3_600_000
"""Moves of a unit that is in no shift count so long towards its limits; else those since its shift began."""

Deed = Literal["followed", "other", "declined"]


class Given(NamedTuple):
    """A piece of advice with its name in the log."""

    id: str
    advice: dict[str, Any]
    log: Advised


class Arrival(NamedTuple):
    """When a unit is expected at its incident, ms since 1970."""

    unit: str
    incident: str
    at_ms: int


class Desk:
    """Readiness and advice of one live picture. All methods may be called by several threads."""

    def __init__(
        self,
        live: Seen,
        duty: Duty,
        make_ground: Callable[[], Ground],
        count_history: Callable[[], Counts | None] = lambda: None,
    ) -> None:
        """Nothing is made ready before `begin`, or the first question.

        Args:
            live: the picture, whole or as an organisation sees it.
            duty: rosters.
            make_ground: takes seconds, or minutes where kernels have to be compiled.
            count_history: incidents by hour from before the live log, None where nobody has any.
        """
        self._live, self._duty = live, duty
        self._outlook = Outlook(live, count_history)
        self._ground: Ground | None = None
        self._cover: Cover | None = None
        self._error: BeredtError | None = None
        self._made, self._lock = Event(), Lock()
        self._kept: tuple[tuple[int, int], dict[tuple[int, int], Readiness]] = ((-1, -1), {})
        self._make_ground, self._begun = make_ground, False

    def begin(self) -> None:
        """Make the study ready in the background, once."""
        with self._lock:
            if not self._begun:
                self._begun = True
                Thread(target=self._prepare, name="live-ground", daemon=True).start()

    def view(self) -> View:
        """The picture now."""
        with self._live.lock:
            return self._live.view(self._duty, round(self._live.clock() * 1000))

    @property
    def number(self) -> int:
        """The last entry that is in the picture."""
        return self._live.picture.number

    @property
    def advice_on(self) -> bool:
        """Whether advice is given."""
        return self._live.picture.advice_on

    @property
    def units(self) -> frozenset[str]:
        """Units of which anything is seen."""
        return self._live.known.units

    def ground(self, wait_s: float = 0.0) -> Ground:
        """The study made ready. Raises AdviceError while it is not, and what went wrong where it cannot be."""
        self.begin()
        self._made.wait(wait_s)
        return self.get_ground()

    def get_ground(self) -> Ground:
        """The same, without making it ready. Raises as `ground`."""
        if self._error is not None:
            raise self._error
        if self._ground is None:
            raise AdviceError("the study's roads and rules are being made ready: ask again in a moment")
        return self._ground

    def readiness(self, urgency: int) -> tuple[Readiness, ...]:
        """What areas can expect now and later; worked out once for each state of the picture and second.

        Raises AdviceError while the study is not ready.
        """
        from beredt.live.readiness.readiness import HORIZONS_MIN, readiness_of

        ground, view = self.ground(), self.view()
        key, volume = (view.number, view.at_ms // 1000), self.volume()
        with self._live.lock:
            rosters = {unit: dict(data) for unit, data in self._live.picture.units.items()}
        with self._lock:
            if self._kept[0] != key:
                self._kept = key, {}
            kept = self._kept[1]
            for minutes in HORIZONS_MIN:
                if (urgency, minutes) not in kept:
                    kept[urgency, minutes] = readiness_of(ground, view, rosters, self._duty, urgency, minutes, volume)
            return tuple(kept[urgency, minutes] for minutes in HORIZONS_MIN)

    def volume(self) -> Volume:
        """How many incidents the coming hours bring, as far as it is known by now."""
        return self._outlook.volume()

    def arrivals(self) -> list[Arrival]:
        """When units on their way are expected at their incidents. Raises AdviceError while the study is not ready."""
        from beredt.live.readiness.mission_end import arrival_ms

        ground, view = self.ground(), self.view()
        incidents = {one.id: one for one in view.incidents}
        found = [(unit, incidents[unit.incident]) for unit in view.units if unit.incident in incidents]
        expected = [(unit, one, arrival_ms(ground, unit, one, view.at_ms)) for unit, one in found]
        return [Arrival(unit.id, one.id, at_ms) for unit, one, at_ms in expected if at_ms is not None]

    def switch(self, on: bool, by: str) -> None:
        """Switch advice on or off, for everybody. Raises LiveStoreError."""
        self._live.note(SWITCH, "", {"on": on, "by": by}, by=by)

    def advise(self, incident: str, by: str) -> Given:
        """Whom to send to an incident; in the log before it is told.

        Raises:
            AdviceError: advice is off, or not ready.
            UnknownIdError: no such incident is open.
            LiveStoreError: it could not be written down.
        """
        from beredt.live.advice.send_advice import advise_sending

        ground, view = self._on(), self.view()
        asked = _open_incident(view, incident)
        found = advise_sending(ground, view, asked, self._promised(view, asked))
        return self._give(incident, found.as_json(), by)

    def advise_moves(self, by: str) -> Given:
        """Whom to move where; in the log before it is told. Raises as `advise`."""
        from beredt.live.advice.move_advice import advise_moves

        ground, view = self._on(), self.view()
        assert self._cover is not None
        made, promised, rest_s = self._moves(view.at_ms), self._promised(view, None), self._live.known.limits.rest_s
        found = advise_moves(ground, self._cover, view, made, promised.keys(), rest_s)
        told = {"moves": [one.as_json() for one in found], "number": view.number, "at_ms": view.at_ms}
        return self._give(MOVES, told, by)

    def note_done(self, advice: str, deed: Deed, unit: str | None, why: str, by: str) -> None:
        """Write down what a person did about a piece of advice. Raises UnknownIdError and LiveStoreError."""
        with self._live.lock:
            if advice not in self._live.picture.advice:
                raise UnknownIdError("advice", advice, self._live.picture.advice)
        self._live.note(DONE, advice, {"deed": deed, "unit": unit, "why": why, "by": by}, by=by)

    def list_advice(self) -> list[Given]:
        """What was advised lately, the newest first."""
        with self._live.lock:
            return [Given(name, one.body, one) for name, one in reversed(self._live.picture.advice.items())]

    def _on(self) -> Ground:
        if not self.advice_on:
            raise AdviceError("advice is switched off: somebody who answers for it switches it on first")
        return self.ground()

    def _give(self, about: str, body: dict[str, Any], by: str) -> Given:
        name, deeds = self._find_same(about, body), list[tuple[str, str, str, dict[str, Any]]]()
        if name is None:
            name = uuid.uuid4().hex
            deeds.append((ADVICE, name, about, body))
        with self._live.lock:
            log = self._live.picture.advice.get(name)
        if log is None or by not in log.seen_by:
            deeds.append((SEEN, uuid.uuid4().hex, name, {"by": by}))
        if deeds:
            self._live.note_all(deeds, by=by)
        with self._live.lock:
            log = self._live.picture.advice[name]
        return Given(name, body, log)

    def _find_same(self, about: str, body: dict[str, Any]) -> str | None:
        """The same advice of a moment ago, where nothing was done about it."""
        now_ms = round(self._live.clock() * 1000)
        with self._live.lock:
            for name, one in reversed(self._live.picture.advice.items()):
                if one.at_ms < now_ms - SAME_FOR_MS:
                    return None
                if one.about == about and one.done is None and _gist(one.body) == _gist(body):
                    return name
        return None

    def _promised(self, view: View, asked: IncidentSeen | None) -> dict[str, str]:
        from beredt.live.advice.promises import promised_units

        with self._live.lock:
            return promised_units(reversed(self._live.picture.advice.values()), view, asked)

    def _moves(self, now_ms: int) -> dict[str, MovesMade]:
        """How often and how far each unit was moved in its shift, as far as somebody has written it down."""
        from beredt.live.advice.move_advice import NO_MOVES, MovesMade

        found: dict[str, MovesMade] = {}
        with self._live.lock:
            picture = self._live.picture
            for one in sorted(picture.moved.values(), key=lambda one: one.at_ms):
                began_ms = self._duty.shift_began_ms(one.unit, picture.units.get(one.unit, {}), now_ms)
                if one.at_ms >= (now_ms - SHIFT_MS if began_ms is None else began_ms):
                    before = found.get(one.unit, NO_MOVES)
                    found[one.unit] = MovesMade(before.moves + 1, before.km + one.km, one.at_ms, one.to_station)
        return found

    def _prepare(self) -> None:
        try:
            from beredt.live.advice.move_advice import cover_of

            ground = self._make_ground()
            self._cover = cover_of(ground)
            _warm_up(ground, self._cover)
            # What is made stays: to look through all of it for rubbish takes tens of milliseconds, now and then.
            gc.collect()
            gc.freeze()
            self._ground = ground
        except BeredtError as error:
            self._error = error
        except Exception as error:
            self._error = AdviceError(f"a fault of Beredt while making the study ready: {type(error).__name__} {error}")
            raise
        finally:
            self._made.set()


def _open_incident(view: View, incident: str) -> IncidentSeen:
    there = {one.id: one for one in view.incidents if one.state == "open"}
    if incident not in there:
        raise UnknownIdError("open incident", incident, there)
    return there[incident]


def _gist(body: dict[str, Any]) -> Any:
    """What of advice matters: not seconds that change while somebody looks."""
    if "moves" in body:
        return [(one["unit"], one["to_station"]) for one in body["moves"]]
    return body["deed"], body["unit"], body["centre"], body["reason"]


def _warm_up(ground: Ground, cover: Cover) -> None:
    """Have every kernel compiled, or loaded, before somebody waits for it."""
    from beredt.live.advice.move_advice import advise_moves
    from beredt.live.advice.send_advice import advise_sending

    area = ground.service.areas[0]
    incident = IncidentSeen("", "open", "A", area.lat, area.lon, None, 0, (), False, (), 0)
    units = tuple(_at_station(unit.id) for unit in ground.service.units)
    view = View(0, 0, units, (incident,), (), True)
    advise_sending(ground, view, incident)
    advise_moves(ground, cover, view, {})


def _at_station(unit: str) -> UnitSeen:
    nowhere = (None, None, None, None, None)
    return UnitSeen(unit, "at_station", None, 0, *nowhere, True, True, False, False, False, (), 0)
