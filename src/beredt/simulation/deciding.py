"""What happens to an incident: a unit is sent, another centre is asked, or it waits."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.border import whom_to_ask
from beredt.dispatch.compiled import leaf, part, whole
from beredt.dispatch.cutoff import should_wait
from beredt.dispatch.nearest import expected_s, is_held, least_missed, nearest_divertible, nearest_free
from beredt.dispatch.queues import join_queue
from beredt.dispatch.records import Demand, Land
from beredt.simulation.agenda import WAITED, put_on_agenda
from beredt.simulation.missions import AFTER_ASKING, AT_ONCE, Order, no_order
from beredt.simulation.reserves import hold_back
from beredt.simulation.state import State


@leaf
def decide(w: Land, s: State, inc: Demand, i: int, answered: int, t: float) -> Order:
    """Choose a unit for incident i, ask a neighbour for one, or let it wait.

    Args:
        w: the alternative.
        s: the state.
        inc: the incidents.
        i: the incident.
        answered: centre that was asked and answers now, -1 for none.
        t: now, s.
    """
    p = s.picture
    c, k = inc.incidents[i].centre, inc.incidents[i].urgency
    rules = whole(s.ruled[c])
    want = whole(s.marks[i].want)
    row = (c * 3 + k) * w.may.shape[0] + want
    if answered < 0 and is_held(w, p, c, rules, k):
        s.marks[i].held = 1
        hold_back(s, c)
        join_queue(s.queues, row, i)
        return no_order()
    prices = w.policies.price_s
    unit, own_s = -1, np.inf
    if w.policies.least_loss[k] and np.isfinite(inc.incidents[i].due_t):
        unit, own_s = least_missed(w, p, s.left_now, inc, i, rules, answered, want, t)
    if unit < 0:
        unit, own_s = nearest_free(w, p, s.moving, inc, i, rules, answered, want, True, t)
    own_expected_s = own_s
    if unit >= 0 and prices[k, unit] != 0.0:  # not the difference: rounding would make others come first
        own_expected_s = expected_s(w, p, unit, inc, i, t)
    taken, taken_s = nearest_divertible(w, p, s.on_the_way, inc, i, rules, answered, want, t, own_s)
    if taken >= 0 and (taken_s < own_s or (taken_s == own_s and taken < unit)):
        unit, own_s, own_expected_s = taken, taken_s, taken_s - w.divert_margin_s - prices[k, taken]
    if answered < 0:
        neighbour, neighbour_s = whom_to_ask(w, p, s.stints, s.ruled, inc, i, want, t)
        if neighbour >= 0 and (unit < 0 or neighbour_s < own_s):
            s.marks[i].asked = neighbour
            put_on_agenda(s.agenda, t + w.borders[rules, neighbour, k].ask_s, i, neighbour)
            return no_order()
    if unit < 0:
        s.marks[i].queued = 1
        join_queue(s.queues, row, i)
        return no_order()
    cutoff_s, wait_s = w.policies.cutoff_s[k], w.policies.cutoff_wait_s[k]
    if answered < 0 and should_wait(own_expected_s, inc.incidents[i].ready_t, t, cutoff_s, wait_s):
        _wait_for_nearer(s, i, inc.incidents[i].ready_t + wait_s)
        return no_order()
    cause = AT_ONCE if answered < 0 else AFTER_ASKING
    return Order(whole(unit), whole(i), whole(answered), cause, own_expected_s, 0.0, False, -1, 0.0, False)


@leaf
def _wait_for_nearer(s: State, i: int, until_t: float) -> None:
    s.marks[i].queued = s.marks[i].waits = 1
    s.waiting[0] += 1
    s.waiting[s.waiting[0]] = i
    put_on_agenda(s.agenda, until_t, i, WAITED)


@part
def stop_waiting(s: State, i: int) -> bool:
    """Incident i waits no longer for a nearer unit; False when it did not."""
    if not s.marks[i].waits:
        return False
    s.marks[i].waits = 0
    n = s.waiting[0]
    at = 1
    while s.waiting[at] != i:
        at += 1
    for j in range(at, n):
        s.waiting[j] = s.waiting[j + 1]
    s.waiting[0] = n - 1
    return True
