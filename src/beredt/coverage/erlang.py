"""How often all units are busy and how long people wait: the exact formulas for one group of equal units.

Calls come at random (a Poisson process), a unit is with one of them at a time, and travel does not depend on which unit
goes. The load is in erlangs: calls per second times seconds per mission, which is the number of units at work on
average if nobody ever waits or is turned away. What happens to those who find all units busy parts the formulas:

| who finds all units busy | formula | durations of missions |
|---|---|---|
| is served by somebody else | Erlang B | any distribution, only the mean counts [1] |
| waits, earliest call first | Erlang C | exponential |
| waits, but hangs up after a while | Erlang A, in `impatient.py` | exponential, patience too |
| waits, the most urgent first | Cobham, Kella and Yechiali | exponential, one mean for all |
| nobody ever does: units without end | Poisson, M/G/∞ | any distribution, only the mean counts |

1. B. A. Sevast'yanov, *An ergodic theorem for Markov processes and its application to telephone systems with refusals*,
   Theory of Probability and Its Applications 2 (1957) 104–112.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.errors import OutOfRangeError

F8 = NDArray[np.float64]


def erlang_b(units: int, load: float) -> float:
    """Share of calls that find all units busy, when those are lost to this group.

    B(n, a) = (aⁿ/n!) / Σ_{k ≤ n} aᵏ/k!, by the recursion 1/B(n, a) = 1 + (n/a) / B(n − 1, a), which neither overflows
    nor cancels. A. K. Erlang, *Solution of some problems in the theory of probabilities of significance in automatic
    telephone exchanges*, The Post Office Electrical Engineers' Journal 10 (1917) 189–197.

    Args:
        units: 0 or more.
        load: erlangs, 0 or more; may be more than there are units.

    Raises:
        OutOfRangeError: an argument is outside its range.
    """
    check_units(units, least=0)
    check_load(load)
    if load == 0.0:
        return 0.0 if units else 1.0
    inverse = 1.0
    for n in range(1, units + 1):
        inverse = 1.0 + inverse * n / load
    return 1.0 / inverse


def erlang_c(units: int, load: float) -> float:
    """Share of calls that must wait, when nobody is lost.

    C(n, a) = n·B / (n − a·(1 − B)) with B = B(n, a). Source as :func:`erlang_b`.

    Args:
        units: 1 or more.
        load: erlangs, 0 or more and below `units`: otherwise the queue grows for ever.

    Raises:
        OutOfRangeError: an argument is outside its range.
    """
    check_units(units, least=1)
    check_stable(units, load)
    lost = erlang_b(units, load)
    return units * lost / (units - load * (1.0 - lost))


def wait_mean_s(units: int, load: float, mission_s: float) -> float:
    """Mean wait of all calls, those that need not wait included: C(n, a)·s / (n − a).

    Args:
        units: 1 or more.
        load: erlangs, 0 or more and below `units`.
        mission_s: mean duration of a mission, above 0; durations are exponential.

    Raises:
        OutOfRangeError: an argument is outside its range.
    """
    check_mission(mission_s)
    return erlang_c(units, load) * mission_s / (units - load)


def longer_wait_share(units: int, load: float, mission_s: float, wait_s: float) -> float:
    """Share of calls that wait longer than `wait_s`, earliest call first: C(n, a)·exp(−(n − a)·t/s).

    Args:
        units: 1 or more.
        load: erlangs, 0 or more and below `units`.
        mission_s: mean duration of a mission, above 0; durations are exponential.
        wait_s: 0 or more.

    Raises:
        OutOfRangeError: an argument is outside its range.
    """
    check_mission(mission_s)
    if not 0.0 <= wait_s < math.inf:
        raise OutOfRangeError("wait_s", wait_s, "give seconds of waiting, 0 or more")
    return erlang_c(units, load) * math.exp(-(units - load) * wait_s / mission_s)


def priority_waits_s(units: int, loads: Sequence[float], mission_s: float) -> F8:
    """Mean wait by urgency, when a unit that becomes free takes the most urgent call and no mission is broken off.

    W_k = C(n, a)·s / (n·(1 − σ_{k−1})·(1 − σ_k)), where a is the sum of all loads and σ_k that of the k + 1 most urgent
    classes, divided by n. With one class this is :func:`wait_mean_s`. A. Cobham, *Priority assignment in waiting line
    problems*, Operations Research 2 (1954) 70–76; O. Kella and U. Yechiali, *Waiting times in the non-preemptive
    priority M/M/c queue*, Communications in Statistics: Stochastic Models 1 (1985) 257–262.

    Args:
        units: 1 or more.
        loads: [K] erlangs of each class, the most urgent first; each 0 or more, the sum below `units`.
        mission_s: mean duration of a mission of any class, above 0; durations are exponential.

    Returns:
        [K] seconds.

    Raises:
        OutOfRangeError: an argument is outside its range.
    """
    check_mission(mission_s)
    for load in loads:
        check_load(load)
    upto = np.concatenate([[0.0], np.cumsum(np.asarray(loads, np.float64))]) / units
    waiting = erlang_c(units, float(sum(loads)))
    return np.asarray(waiting * mission_s / units / ((1.0 - upto[:-1]) * (1.0 - upto[1:])))


def busy_share(load: float, most: int) -> F8:
    """Share of time in which exactly 0, 1, …, `most` units are at work, when there are always enough.

    The number at work in M/G/∞ is Poisson with the load as its mean, whatever the durations. L. Takács, *Introduction
    to the Theory of Queues* (1962), chapter 3. Formed from logarithms, so that nothing overflows.

    Args:
        load: erlangs, 0 or more.
        most: 0 or more.

    Returns:
        [most + 1]

    Raises:
        OutOfRangeError: an argument is outside its range.
    """
    check_load(load)
    if most < 0:
        raise OutOfRangeError("most", most, "give a number of units, 0 or more")
    if load == 0.0:
        return np.asarray(np.eye(1, most + 1)[0])
    return np.array([math.exp(n * math.log(load) - load - math.lgamma(n + 1)) for n in range(most + 1)])


def check_units(units: int, least: int) -> None:
    """Refuse fewer units than a formula knows."""
    if units < least:
        raise OutOfRangeError("units", units, f"give a number of units, {least} or more")


def check_load(load: float) -> None:
    """Refuse a load that is negative, endless or no number."""
    if not 0.0 <= load < math.inf:
        raise OutOfRangeError("load", load, "give erlangs (calls per second times seconds per mission), 0 or more")


def check_stable(units: int, load: float) -> None:
    """Refuse a load that the units cannot carry."""
    check_load(load)
    if load >= units:
        remedy = f"from {units} erlangs on a queue for {units} units grows for ever: give less load or more units"
        raise OutOfRangeError("load", load, remedy)


def check_mission(mission_s: float) -> None:
    """Refuse a mean duration that is none."""
    if not 0.0 < mission_s < math.inf:
        raise OutOfRangeError("mission_s", mission_s, "give the mean duration of a mission in seconds, above 0")
