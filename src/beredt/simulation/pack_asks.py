"""What the incidents of a replication ask for: one replication of `Asks` for the kernel.

Nothing is drawn in vain, and nothing depends on anything but the incident and the ask: an ask has draws of its own, so
that another one beside it changes none of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.demand.generate import GeneratedCalls
from beredt.demand.philox import uniform_rows
from beredt.demand.purposes import Weather, block_of
from beredt.demand.special import ndtri
from beredt.dispatch.plain_asks import plain_asks
from beredt.dispatch.world import F8, I4, I8, Asks, Incidents
from beredt.simulation.ask_rules import AskRules, AskTable

B = NDArray[np.bool_]

DAY_S = 86_400
WANTED_WORD, STAY_WORD = 0, 1
NO_FLIGHT_WORD = 0
OF_ASKS = ("incident", "want", "when", "after_s", "stay_s", "release_s", "escorts", "meets")
"""Columns of `Asks` with a row for every ask."""


def pack_asks(
    rules: AskRules | None,
    calls: GeneratedCalls,
    area: I4,
    transfer: B,
    incidents: Incidents,
    responder_release_s: float,
) -> Asks:
    """What each incident asks for.

    Args:
        rules: of the service; None for a second unit and a responder alone.
        calls: the replication.
        area: [n] of each scene.
        transfer: [n] the patient starts at a hospital.
        incidents: the same replication, packed but for its asks.
        responder_release_s: how long a responder stays after the first unit has come.
    """
    plain = plain_asks(incidents, responder_release_s)
    if rules is None:
        return plain
    down, asking = grounded(rules, calls.call_t, area, _weather(rules, calls)), _Asking(rules, calls, area, transfer)
    main, alone = asking.first_taken(rules.main), asking.first_taken(rules.alone)
    return _joined(rules, calls, asking, down, plain)._replace(
        first_want=rules.first_want[main, alone, down],
        carrier_want=rules.carrier_want[main, down],
        assess_s=np.append(0.0, rules.alone.after_s)[alone],
        load_s=np.append(0.0, rules.alone.stay_s)[alone],
        lone_release_s=np.append(0.0, np.where(np.isinf(rules.alone.release_s), 0.0, rules.alone.release_s))[alone],
    )


def _joined(rules: AskRules, calls: GeneratedCalls, asking: _Asking, down: I8, plain: Asks) -> Asks:
    """Asks for one unit more: the plain ones of an incident first, then those of the table in its order."""
    table = rules.more
    parts = [tuple(getattr(plain, name) for name in OF_ASKS)]
    for row in range(len(table.share)):
        at = np.flatnonzero(asking.is_asked(table, row))
        one = np.ones(len(at))
        stay_s = _stay_s(table, row, calls, at)
        parts.append(
            (
                at.astype(np.int32),
                rules.more_want[row, down[at]],
                np.full(len(at), table.when[row], np.int8),
                one * table.after_s[row],
                stay_s,
                one * table.release_s[row],
                np.full(len(at), table.escorts[row], np.int8),
                np.full(len(at), table.meets[row], np.int8),
            )
        )
    columns = [np.concatenate([part[column] for part in parts]) for column in range(len(OF_ASKS))]
    order = np.argsort(columns[0], kind="stable")
    return plain._replace(**{name: column[order] for name, column in zip(OF_ASKS, columns, strict=True)})


class _Asking:
    """Which incidents ask for what a row says; their kinds are drawn only where a row asks for one."""

    def __init__(self, rules: AskRules, calls: GeneratedCalls, area: I4, transfer: B) -> None:
        self._rules, self._calls, self._area, self._transfer = rules, calls, area, transfer

    def first_taken(self, table: AskTable) -> I8:
        """Of asks of which an incident takes one at most: its number from 1 on, the first of the table; 0 for none."""
        taken = np.zeros(len(self._calls.k), np.int64)
        for row in range(len(table.share)):
            free = taken == 0
            taken[free & self.is_asked(table, row)] = row + 1
        return taken

    def is_asked(self, table: AskTable, row: int) -> B:
        """Whether each incident asks for what a row says."""
        calls, hours = self._calls, (int(table.start_s[row]), int(table.end_s[row]))
        asked = table.urgency[row][calls.urgency] & table.area[row][self._area]
        asked &= _in_hours(calls.call_t, table.days[row], *hours, self._rules.first_weekday)
        if not table.kind[row].all():
            asked &= table.kind[row][self._rules.kinds.of(calls, self._transfer)]
        at = np.flatnonzero(asked)
        asked[at] = _draws(table, row, calls, at)[WANTED_WORD] < table.share[row]
        return asked


def _stay_s(table: AskTable, row: int, calls: GeneratedCalls, at: I8) -> F8:
    """Seconds at the scene of the unit that a row asks for, in whole milliseconds."""
    score = ndtri(_draws(table, row, calls, at)[STAY_WORD])
    stay_s = table.stay_s[row] * np.exp(table.stay_sigma[row] * score)
    whole: F8 = np.rint(stay_s * 1000.0) / 1000.0
    return whole


def _draws(table: AskTable, row: int, calls: GeneratedCalls, at: I8) -> F8:
    block = int(table.block[row])
    return uniform_rows(
        calls.seed, calls.replication, calls.stratum[at], calls.k[at].astype(np.int64), range(block, block + 1)
    )


def _in_hours(call_t: F8, days: B, start_s: int, end_s: int, first_weekday: int = 0) -> B:
    """Whether hours that begin on some days of the week are running at the call."""
    day = np.floor_divide(call_t, DAY_S).astype(np.int64)
    second = call_t - day * DAY_S
    today = (first_weekday + day) % 7
    if start_s <= end_s:
        inside: B = days[today] & (second >= start_s) & (second < end_s)
        return inside
    over: B = (days[today] & (second >= start_s)) | (days[(today - 1) % 7] & (second < end_s))
    return over


def _weather(rules: AskRules, calls: GeneratedCalls) -> F8:
    """A draw for every incident, below 1; nothing is drawn where every kind always flies."""
    if not len(rules.no_flight_share):
        return np.zeros(len(calls.k))
    block = block_of(Weather.NO_FLIGHT)
    return uniform_rows(calls.seed, calls.replication, calls.stratum, calls.k.astype(np.int64), block)[NO_FLIGHT_WORD]


def grounded(rules: AskRules, call_t: F8, area: I4, draw: F8) -> I8:
    """Which kinds cannot come to each of n incidents, as the number of a subset: bit j for kind j.

    Args:
        rules: of the service.
        call_t: [n] of each incident, s.
        area: [n] of its scene.
        draw: [n] from 0 to below 1: a kind stays down in weather drawn below its share.
    """
    number = np.zeros(len(call_t), np.int64)
    every_day = np.ones(7, np.bool_)
    for j, share in enumerate(rules.no_flight_share):
        light = _in_hours(call_t, every_day, int(rules.flight_start_s[j]), int(rules.flight_end_s[j]))
        number |= ((draw < share) | ~light | ~rules.comes_to[j][area]).astype(np.int64) << j
    return number
