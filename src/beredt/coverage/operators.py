"""The fewest operators who answer a share of the calls in time, by Erlang C and by Erlang A."""

from __future__ import annotations

import math
from typing import NamedTuple

from beredt.coverage.erlang import check_load, check_mission, longer_wait_share
from beredt.coverage.impatient import answered_share
from beredt.errors import OutOfRangeError


class AnswerGoal(NamedTuple):
    """What is promised: this share of calls (0 to below 1) answered within so many seconds (0 or more)."""

    share: float
    within_s: float


NATIONAL_GOAL = AnswerGoal(0.9, 10.0)
"""The national indicator of 113: 90 % answered within 10 seconds."""


def answered_in_time(
    operators: int, load: float, call_s: float, within_s: float, patience_s: float | None = None
) -> float:
    """Share of all calls that are answered in time, 0 where a queue without hanging up grows for ever.

    Args:
        operators: 0 or more.
        load: erlangs, 0 or more.
        call_s: mean seconds an operator is taken by a call, above 0.
        within_s: 0 or more.
        patience_s: mean patience for Erlang A; None for Erlang C, where nobody hangs up.

    Raises:
        OutOfRangeError: an argument is outside its range.
    """
    if operators == 0:
        return 0.0 if load > 0.0 else 1.0
    if patience_s is not None:
        return answered_share(operators, load, call_s, patience_s, within_s)
    if load >= operators:
        return 0.0
    return 1.0 - longer_wait_share(operators, load, call_s, within_s)


def fewest_operators(
    load: float, call_s: float, goal: AnswerGoal = NATIONAL_GOAL, patience_s: float | None = None, least: int = 0
) -> int:
    """The smallest number of operators that keeps the goal; `least` or more. More operators never answer fewer.

    Args:
        load: erlangs, 0 or more.
        call_s: mean seconds an operator is taken by a call, above 0.
        goal: what is promised.
        patience_s: mean patience for Erlang A; None for Erlang C.
        least: 0 or more, whatever the load.

    Raises:
        OutOfRangeError: an argument is outside its range.
    """
    check_load(load)
    check_mission(call_s)
    if not 0.0 <= goal.share < 1.0:
        raise OutOfRangeError("share", goal.share, "give the share of calls to be answered in time, 0 to below 1")
    enough = max(least, math.floor(load) + 1 if patience_s is None and load > 0.0 else 0)
    while answered_in_time(enough, load, call_s, goal.within_s, patience_s) < goal.share:
        enough += 1
    return enough
