"""The rules that centres have for a crisis, ready for the kernel."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.world import F8, I1, NO_END, Crises
from beredt.model.crisis_rule import HOLD
from beredt.model.service import Service

BORDER_POLICIES = ("seamless", "own_first", "own_only")
NEVER_FREE = -1
NEVER_ENDS = 2**30
"""Of a centre without a rule, which has no crisis."""
MINUTE_S = 60.0


def pack_crises(service: Service, policy: I1, margin_s: F8, ask_s: F8) -> Crises | None:
    """What holds at each centre in a crisis; None where none has rules for one.

    Args:
        service: today's, or an alternative's.
        policy: [C, C, 3] as always.
        margin_s: [C, C, 3].
        ask_s: [C, C, 3].
    """
    if not service.crisis_rules:
        return None
    number = {row.id: place for place, row in enumerate(service.centres)}
    count = len(number)
    begins, waiting = np.full(count, NEVER_FREE, np.int32), np.full(count, NO_END, np.int32)
    ends, least_s = np.full(count, NEVER_ENDS, np.int32), np.full(count, MINUTE_S)
    reserve = np.array([row.reserve_units for row in service.centres], np.int32)
    lends, tasks, standby = (np.ones(count, np.int8) for _ in range(3))
    policy, margin_s, ask_s = policy.copy(), margin_s.copy(), ask_s.copy()
    for rule in service.crisis_rules:
        c = number[rule.centre]
        begins[c] = NEVER_FREE if rule.begins_free is None else rule.begins_free
        waiting[c] = NO_END if rule.begins_waiting is None else rule.begins_waiting
        ends[c], least_s[c] = rule.ends_free, rule.least_min * MINUTE_S
        lends[c], tasks[c], standby[c] = rule.lends, rule.tasks, rule.standby
        if rule.ordinary == HOLD:
            reserve[c] = NO_END
        if rule.policy is not None:
            policy[c], margin_s[c], ask_s[c] = BORDER_POLICIES.index(rule.policy), rule.margin_s, rule.ask_s
            policy[c, c], margin_s[c, c], ask_s[c, c] = 0, 0.0, 0.0
    return Crises(begins, waiting, ends, least_s, policy, margin_s, ask_s, reserve, lends, tasks, standby)
