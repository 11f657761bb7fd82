"""When a centre's reserve is whole again: what waited for it is looked at anew."""

from __future__ import annotations

from beredt.dispatch.compiled import leaf, part, whole
from beredt.dispatch.nearest import free_units
from beredt.dispatch.queues import leave_queue
from beredt.dispatch.records import Land
from beredt.dispatch.world import ORDINARY, OWN_FIRST, OWN_ONLY
from beredt.simulation.agenda import PLAIN, note_for_later
from beredt.simulation.state import HOLDING_BACK, State


@leaf
def keeps_reserves(w: Land) -> bool:
    """Whether any centre ever has a reserve."""
    for r in range(w.rulings.size):
        if w.rulings[r].reserve > 0:
            return True
    return False


@leaf
def hold_back(s: State, c: int) -> None:
    """An ordinary incident waits for the reserve of centre c."""
    s.at[HOLDING_BACK] += 1 - s.holds_back[c]
    s.holds_back[c] = 1


@leaf
def _serves_queue_of(w: Land, s: State, owner: int, c: int) -> bool:
    """Whether units of a centre take ordinary incidents out of the queues of centre c."""
    if c == owner:
        return True
    policy = w.borders[s.ruled[c], owner, ORDINARY].policy
    return policy != OWN_ONLY and (policy != OWN_FIRST or w.rulings[s.ruled[owner]].lends)


@leaf
def _decide_anew(w: Land, s: State, owner: int, t: float) -> None:
    """All ordinary incidents that units of a centre may take get a new decision, in order of the call."""
    wants, q = w.may.shape[0], s.queues
    while True:
        first = -1
        for c in range(s.holds_back.size):
            if not _serves_queue_of(w, s, owner, c):
                continue
            for row in range((c * 3 + ORDINARY) * wants, (c + 1) * 3 * wants):
                if q.length[row] > 0 and (first < 0 or q.waiting[row, 0] < q.waiting[first, 0]):
                    first = row
        if first < 0:
            return
        note_for_later(s.agenda, t, whole(leave_queue(q, whole(first))), whole(PLAIN), whole(-1))


@part
def look_for_reserves(w: Land, s: State, t: float) -> None:
    """After an event: centres that held back and have more free units than their reserve do so no more."""
    for c in range(s.holds_back.size):
        if s.holds_back[c] and free_units(w, s.picture, c) > w.rulings[s.ruled[c]].reserve:
            s.holds_back[c] = 0
            s.at[HOLDING_BACK] -= 1
            _decide_anew(w, s, c, t)
