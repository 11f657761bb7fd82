"""Erlang A: how many calls are answered in time, and how many hang up, when people wait only so long.

Calls come at random λ a second, `units` operators take 1/μ seconds each on average, and whoever waits hangs up after a
patience that is exponential with mean 1/θ: the queue M/M/n + M of C. Palm, *Research on telephone traffic carried by
full availability groups*, Tele 1 (1957). It is never too full: from where Erlang C has no answer, people hang up.

With n = `units`, a = λ/μ, c = n·μ/θ and η = λ/θ the offered wait V, what a call with endless patience would wait, has
the density

    v(x) = p · exp(η·(1 − e^{−θx}) − n·μ·x) / J,    J = A/(n·μ),    A = 1 + Σ_{j ≥ 1} η^j / ((c + 1)···(c + j))

above zero, where p = A·B / (1 + (A − 1)·B) is the share that must wait and B = B(n, a) Erlang's loss formula [1].

1. O. Garnett, A. Mandelbaum and M. Reiman, *Designing a call center with impatient customers*, Manufacturing & Service
   Operations Management 4 (2002) 208–227.
"""

from __future__ import annotations

import math

import numpy as np

from beredt.coverage.erlang import check_load, check_mission, check_units, erlang_b
from beredt.errors import OutOfRangeError

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(32)
_SMALL = 1e-17


def impatient_wait_share(units: int, load: float, call_s: float, patience_s: float) -> float:
    """Share of calls that must wait, those that hang up while they do included: p above.

    Args:
        units: operators, 1 or more.
        load: erlangs, 0 or more; may be more than there are operators.
        call_s: mean seconds an operator is taken by a call, above 0; exponential.
        patience_s: mean seconds that somebody waits before hanging up, above 0; exponential.

    Raises:
        OutOfRangeError: an argument is outside its range.
    """
    _check(units, load, call_s, patience_s)
    lost = erlang_b(units, load)
    inverse = 1.0 / _palm(units, load, call_s, patience_s)
    return lost / (inverse + lost * (1.0 - inverse))


def hang_up_share(units: int, load: float, call_s: float, patience_s: float) -> float:
    """Share of calls that hang up before they are answered: p · (1/(ρ·A) + 1 − 1/ρ), with ρ = a/n [1].

    Arguments and errors as :func:`impatient_wait_share`.
    """
    waiting = impatient_wait_share(units, load, call_s, patience_s)
    if waiting == 0.0:
        return 0.0
    use = load / units
    return max(0.0, waiting * (1.0 / (use * _palm(units, load, call_s, patience_s)) + 1.0 - 1.0 / use))


def impatient_wait_mean_s(units: int, load: float, call_s: float, patience_s: float) -> float:
    """Mean wait of all calls until they are answered or hang up: patience times the share that hangs up.

    Arguments and errors as :func:`impatient_wait_share`.
    """
    return patience_s * hang_up_share(units, load, call_s, patience_s)


def answered_share(units: int, load: float, call_s: float, patience_s: float, within_s: float) -> float:
    """Share of all calls that are answered within some seconds; who hangs up first is not answered.

        1 − p + ∫_0^t e^{−θx}·v(x) dx

    The integral is a Gauss–Legendre sum over pieces in which the integrand hardly bends.

    Args:
        units: operators, 1 or more.
        load: erlangs, 0 or more.
        call_s: mean seconds an operator is taken by a call, above 0; exponential.
        patience_s: mean patience, above 0; exponential.
        within_s: 0 or more.

    Raises:
        OutOfRangeError: an argument is outside its range.
    """
    waiting = impatient_wait_share(units, load, call_s, patience_s)
    if not 0.0 <= within_s < math.inf:
        raise OutOfRangeError("within_s", within_s, "give seconds of waiting, 0 or more")
    if waiting == 0.0 or within_s == 0.0:
        return 1.0 - waiting
    rate = units / call_s
    height = waiting * rate / _palm(units, load, call_s, patience_s)
    pieces = max(1, math.ceil(within_s * (rate + load / call_s + 1.0 / patience_s)))
    ends = np.linspace(0.0, within_s, pieces + 1)
    half = within_s / pieces / 2.0
    x = (ends[:-1, np.newaxis] + half) + half * _NODES
    arrived = -load / call_s * patience_s * np.expm1(-x / patience_s)
    served = half * float((np.exp(arrived - rate * x - x / patience_s) * _WEIGHTS).sum())
    return min(1.0, 1.0 - waiting + height * served)


def _palm(units: int, load: float, call_s: float, patience_s: float) -> float:
    """A of the text above: a sum of positive terms, so that nothing cancels; inf where a float cannot hold it."""
    eta, c = load / call_s * patience_s, units / call_s * patience_s
    total, term, j = 1.0, 1.0, 0
    while term > _SMALL * total or eta >= c + j:
        j += 1
        term *= eta / (c + j)
        total += term
        if total == math.inf:
            break
    return total


def _check(units: int, load: float, call_s: float, patience_s: float) -> None:
    check_units(units, least=1)
    check_load(load)
    check_mission(call_s)
    if not 0.0 < patience_s < math.inf:
        raise OutOfRangeError("patience_s", patience_s, "give the mean patience in seconds, above 0")
