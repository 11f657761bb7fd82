"""One target's thread: it sends what its organisation sees, in order, again and again until it is taken."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

from beredt.errors import LiveStoreError
from beredt.live.live import Live
from beredt.live.sharing.sight import Sight
from beredt.live.webhooks.delivery import Poster
from beredt.live.webhooks.outbox import Batch, Outbox
from beredt.live.webhooks.place import Places
from beredt.live.webhooks.target import Target

LOOKS_EVERY_S = 0.5
"""How often it looks whether it is to end, and at most how often a place is noted: the log's own writer comes first."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long it waits before it tries again, and after how long another server takes over; all in seconds.

    After the n-th failure in a row it waits for `first_s`·2ⁿ⁻¹, `most_s` at most, times a number that is drawn between
    a half and one: so targets that failed together do not come back together.
    """

    first_s: float = 1.0
    most_s: float = 300.0
    takes_over_after_s: float = 15.0

    def pause_s(self, failures: int, draw: random.Random) -> float:
        """The wait after so many failures in a row, from 1."""
        return min(self.most_s, self.first_s * 2.0 ** min(failures - 1, 60)) * draw.uniform(0.5, 1.0)


@dataclass(frozen=True, slots=True)
class CourierState:
    """How a target is.

    `holds` says whether this server sends to it. `told` are the events that it has, `failures` how often in a row it
    did not take a delivery and `why` the last time, `oldest_ms` when the server had what waits longest, None for
    nothing.
    """

    holds: bool = False
    told: int = 0
    failures: int = 0
    why: str = ""
    oldest_ms: int | None = None


class Courier:
    """Sends to one target, in a thread of its own."""

    def __init__(
        self,
        live: Live,
        places: Places,
        make_sight: Callable[[], Sight],
        make_poster: Callable[[], Poster],
        target: Target,
        pace: Pace,
    ) -> None:
        """Nothing is sent before `start`.

        Args:
            live: whose log is told.
            places: where it notes how far it has come.
            make_sight: a sight of the target's organisation on which nothing has been laid.
            make_poster: what posts to the target.
            target: which.
            pace: how fast.
        """
        self.target, self.state = target, CourierState()
        self._live, self._places, self._pace = live, places, pace
        self._make_sight, self._make_poster = make_sight, make_poster
        self._outbox: Outbox | None = None
        self._noted_s = self._held_s = 0.0
        self._draw, self._ended = random.Random(), Event()
        self._thread = Thread(target=self._run, name=f"webhook-{target.name}", daemon=True)

    def start(self) -> None:
        """Begin; a target that is new is told what comes from now on. Raises LiveStoreError."""
        self._places.begin(self.target.name, self._live.picture.number)
        self._thread.start()

    def end(self) -> None:
        """Have it end soon."""
        self._ended.set()

    def join(self, seconds: float) -> None:
        """Wait for its end; a target that is just being waited for is left behind."""
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def is_alive(self) -> bool:
        """Whether its thread is there."""
        return self._thread.is_alive()

    def _run(self) -> None:
        with self._make_poster() as poster:
            while not self._ended.is_set():
                why = ""
                try:
                    self._send_while_held(poster)
                except LiveStoreError as error:
                    why = str(error)
                except Exception as error:  # whatever it is, the next try begins from what is on the disk
                    why = f"a fault of Beredt ({type(error).__name__})"
                    self._outbox = None
                self.state = CourierState(why=why, told=self.state.told)
                self._ended.wait(LOOKS_EVERY_S)
            try:
                self._places.let_go(self.target.name)
            except LiveStoreError:
                return  # it is let go of by itself, after a while

    def _send_while_held(self, poster: Poster) -> None:
        """Send for as long as no other server does."""
        now_s = self._live.clock()
        place = self._places.hold(self.target.name, _ms(now_s), self._until_ms(now_s))
        if place is None:
            self._outbox = None
            return
        self._noted_s = self._held_s = now_s
        if self._outbox is None or self._outbox.place != place:
            sight = self._make_sight()
            ends = self._has_to_end(place.told)
            self._outbox = Outbox(self._live.log, sight, self.target, place, ends, self._live.snapshot)
        outbox = self._outbox
        while not self._ended.is_set():
            batch = outbox.find_batch(self._live.picture.number)
            self._tell(outbox)
            if batch is not None and not self._deliver(poster, outbox, batch):
                return
            if not self._note(outbox):
                return
            if batch is None:
                self._wait_for_more(outbox)
        self._places.move(self.target.name, outbox.place, _ms(self._live.clock()))

    def _has_to_end(self, told: int) -> Callable[[], bool]:
        """Looks, while the log is gone through, whether it is to end; holds the target meanwhile."""
        self.state = CourierState(holds=True, told=told)

        def look() -> bool:
            now_s = self._live.clock()
            if now_s - self._held_s > self._pace.takes_over_after_s / 3:
                self._held_s = now_s
                self._places.hold(self.target.name, _ms(now_s), self._until_ms(now_s))
            return self._ended.is_set()

        return look

    def _deliver(self, poster: Poster, outbox: Outbox, batch: Batch) -> bool:
        """Post a batch until it is taken; False where it is to end, or another server sends by now."""
        failures = 0
        while not self._ended.is_set():
            answered = poster.post(batch)
            if answered.taken:
                outbox.take(batch)
                self._tell(outbox)
                return True
            failures += 1
            self._tell(outbox, failures, answered.why)
            again_s = self._live.clock() + self._pace.pause_s(failures, self._draw)
            while (left_s := again_s - self._live.clock()) > 0 and not self._ended.wait(min(left_s, LOOKS_EVERY_S)):
                if not self._note(outbox):
                    return False
            if not self._note(outbox):
                return False
        return False

    def _note(self, outbox: Outbox) -> bool:
        """Note how far it has come, now and then; False where another server sends by now."""
        now_s = self._live.clock()
        if now_s - self._noted_s < min(LOOKS_EVERY_S, self._pace.takes_over_after_s / 3):
            return True
        self._noted_s = now_s
        return self._places.move(self.target.name, outbox.place, self._until_ms(now_s))

    def _wait_for_more(self, outbox: Outbox) -> None:
        with self._live.changes:
            self._live.changes.wait_for(
                lambda: self._live.picture.number > outbox.read or self._ended.is_set(), LOOKS_EVERY_S
            )

    def _until_ms(self, now_s: float) -> int:
        return _ms(now_s + self._pace.takes_over_after_s)

    def _tell(self, outbox: Outbox, failures: int = 0, why: str = "") -> None:
        self.state = CourierState(True, outbox.place.told, failures, why, outbox.oldest_ms)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
