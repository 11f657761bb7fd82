"""Places at which no patient is treated before units that are needed there have come.

When the kernel sends a unit it knows how long it will be at the scene; here that depends on when others come. So the
run is made again: first with every such place closed, so that units that come to its patients stay, and those that are
waited for, too: none of them is gone, or comes a second time as another, before the last is there. Until the first
place opens, when all that it waits for are there, nothing in that run depends on how long they would stay; so that
moment is right, and in the next run the stay of all of them begins with it, or with their coming if that is later. With
places that wait one after another this takes one run more for each; all draws stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.decision.major_incident.follow import Followed
from beredt.decision.major_incident.inject import Injected
from beredt.decision.major_incident.major_incident import Event
from beredt.decision.major_incident.transport_plan import Load
from beredt.dispatch.roads import Records
from beredt.dispatch.world import F8, I8, PRIMARY, Incidents


class Waited(NamedTuple):
    """A run in which every place opened when it did, the incidents as they were run, and when each of K places opened:
    s, −∞ where nobody is waited for, ∞ where it did not within the run.
    """

    followed: Followed
    injected: Injected
    open_s: F8


def run_with_waits(event: Event, injected: Injected, end_s: float, run: Callable[[Incidents], Followed]) -> Waited:
    """Run until no further place opens.

    Args:
        event: the event.
        injected: its incidents among others, as they would be if nobody waited.
        end_s: of the run.
        run: runs incidents to that end.
    """
    open_s = np.array([np.inf if event.waits(number) else -np.inf for number in range(len(event.incidents))])
    delay_s = np.zeros(len(injected.asked))
    place = np.array([one.incident for one in injected.asked], np.int64)
    stays = _stays(event, injected.asked)
    while True:
        delay_s[stays & (open_s[place] == np.inf)] = end_s  # beyond the run, whenever its unit comes
        waiting = _delayed(injected, delay_s)
        followed = run(waiting.incidents)
        came_s = arrivals_s(followed.missions, waiting)
        found_s = _openings(event, injected.asked, came_s, end_s)
        found_s[open_s < np.inf] = np.inf
        if not len(found_s) or found_s.min() == np.inf:
            return Waited(followed, waiting, open_s)
        first = int(found_s.argmin())
        open_s[first] = found_s[first]
        here = stays & (place == first)
        delay_s[here] = np.maximum(0.0, open_s[first] - came_s[here])


def arrivals_s(missions: Records, injected: Injected) -> F8:
    """When the first unit came to each of what is asked for, s, [J]; infinite where none has been sent."""
    number = np.full(len(injected.incidents.call_t), -1, np.int64)
    number[injected.row] = np.arange(len(injected.row))
    kept = missions[(missions["role"] == PRIMARY) & (missions["diverted"] == 0) & (number[missions["incident"]] >= 0)]
    came_s = np.full(len(injected.asked), np.inf)
    came_s[number[kept["incident"]]] = kept["scene_t"]
    return came_s


def _stays(event: Event, asked: Sequence[Load]) -> NDArray[np.bool_]:
    """Whether each waits at its place until that opens, [J]: who treats patients, and who is waited for."""
    return np.array([one.needed < 0 or event.needed[one.needed].waited for one in asked], np.bool_)


def _delayed(injected: Injected, delay_s: F8) -> Injected:
    incidents = injected.incidents
    on_scene_s = incidents.on_scene_s.copy()
    on_scene_s[injected.row] += delay_s
    return injected._replace(incidents=incidents._replace(on_scene_s=on_scene_s))


def _openings(event: Event, asked: Sequence[Load], came_s: F8, end_s: float) -> F8:
    """When the last of those that each place waits for came, s, [K]; infinite where not within the run."""
    waited = np.array([one.needed >= 0 and event.needed[one.needed].waited for one in asked], np.bool_)
    place: I8 = np.array([one.incident for one in asked], np.int64)
    found_s = np.full(len(event.incidents), np.inf)
    for number in range(len(event.incidents)):
        here = came_s[waited & (place == number)]
        if here.size and here.max() <= end_s:
            found_s[number] = here.max()
    return found_s
